import { createClient } from 'redis';
import { entraCredentials } from './redisIdentity';
import { StoreUnavailable } from './store';

/**
 * Longest wait for one command. One that got no answer and replaced the connection makes the next fail at once, so a request
 * waits about two seconds at most, unless Redis goes on answering late: a checkout makes up to five commands.
 */
const commandMilliseconds = 1000;
const connectMilliseconds = 1500;
/** From connected to signed in; generous, because fetching a token from the identity endpoint is part of it. */
const signInMilliseconds = 10_000;
/** Longest pause between attempts to reconnect, so that carts come back about a second after Redis does. */
const retryMilliseconds = 1000;
/** Azure closes connections that are idle for ten minutes. @see https://learn.microsoft.com/azure/redis/best-practices-connection */
const pingMilliseconds = 60_000;
/** Commands waiting for an answer at one time, beyond which new ones are refused. */
const maxPendingCommands = 1000;

interface ConnectionOptions {
  readonly url: string;
  readonly identityClientId?: string | undefined;
  readonly report: (line: string) => void;
}

type Client = ReturnType<typeof newClient>;

export interface RedisConnection {
  /** Runs one command or transaction. @throws StoreUnavailable after `commandMilliseconds`, or at once while Redis is away */
  run<T>(command: (client: Client) => Promise<T>): Promise<T>;
  isReachable(): boolean;
  close(): void;
}

type Credentials = Awaited<ReturnType<typeof entraCredentials>>;

const newClient = (url: string, credentials: Credentials | undefined) =>
  createClient({
    url,
    ...(credentials && { credentialsProvider: credentials }),
    // While Redis is away a command fails at once instead of queueing for its return.
    disableOfflineQueue: true,
    commandsQueueMaxLength: maxPendingCommands,
    pingInterval: pingMilliseconds,
    // It would lengthen time limits during maintenance and may move the connection to an address that a private
    // endpoint does not route.
    maintNotifications: 'disabled',
    socket: {
      connectTimeout: connectMilliseconds,
      // Jitter, so that a fleet that lost Redis together does not come back in step.
      reconnectStrategy: (retries) => Math.min(50 * 2 ** retries, retryMilliseconds) * (0.75 + Math.random() / 4),
    },
  });

/**
 * A connection that never keeps a caller waiting. node-redis reconnects when a connection breaks; this adds what it lacks:
 * - its command timeout ends when the command is sent, so the wait for the answer is limited here;
 * - a connection that goes silent without breaking (a zone gone, a host frozen) stays "ready" until TCP gives up, about
 *   15 minutes on Linux, so one that leaves a command unanswered is replaced.
 *
 * Resolves when the first attempt to connect has succeeded or failed: an app must be able to start before its cache.
 */
export async function connectRedis({ url, identityClientId, report }: ConnectionOptions): Promise<RedisConnection> {
  const address = new URL(url).host;
  const state: { client?: Client; away: boolean; closed: boolean; heardAt: number } = {
    away: false,
    closed: false,
    heardAt: 0,
  };

  const say = (away: boolean, why = '') => {
    if (state.away === away) return;
    state.away = away;
    report(
      away
        ? `Redis at ${address} is away (${why}): carts answer 503 until it is back.`
        : `Redis at ${address} is back.`,
    );
  };

  /** Starts a client in the place of the last one. Resolves at its first success or failure. */
  const replaceClient = async () => {
    state.client?.destroy();
    // A provider for each client: once its last client has let go, it never refreshes its token again.
    const client = newClient(
      url,
      identityClientId === undefined ? undefined : await entraCredentials(identityClientId, report),
    );
    if (state.closed) return;
    state.client = client;
    let signIn: NodeJS.Timeout | undefined;
    const settled = new Promise<void>((resolve) => {
      client.on('ready', () => {
        clearTimeout(signIn);
        if (client === state.client) say(false);
        resolve();
      });
      client.on('error', (error: Error) => {
        clearTimeout(signIn);
        if (client === state.client) say(true, reasonOf(error));
        resolve();
      });
    });
    client.on('connect', () => {
      clearTimeout(signIn);
      signIn = setTimeout(() => giveUpOn(client, 'no answer to the sign-in'), signInMilliseconds).unref();
    });
    client.connect().catch(() => {}); // It rejects only when destroyed; failures arrive as `error` and are retried.
    await settled;
  };

  const giveUpOn = (client: Client, why: string) => {
    if (client !== state.client || state.closed) return;
    say(true, why);
    replaceClient().catch((error) => report(`Redis at ${address}: ${reasonOf(error)}`));
  };

  await Promise.race([replaceClient(), new Promise((resolve) => setTimeout(resolve, connectMilliseconds).unref())]);

  return {
    isReachable: () => state.client?.isReady === true,
    async run(command) {
      const { client } = state;
      if (client === undefined) throw new StoreUnavailable('not connected yet');
      const sentAt = performance.now();
      let timer: NodeJS.Timeout | undefined;
      const limit = new Promise<never>((_resolve, reject) => {
        timer = setTimeout(() => {
          if (state.heardAt < sentAt) giveUpOn(client, `no answer for ${commandMilliseconds} ms`);
          reject(new Error(`no answer for ${commandMilliseconds} ms`));
        }, commandMilliseconds);
      });
      try {
        const reply = await Promise.race([command(client), limit]);
        state.heardAt = performance.now();
        return reply;
      } catch (error) {
        throw new StoreUnavailable(error);
      } finally {
        clearTimeout(timer);
      }
    },
    close() {
      state.closed = true;
      state.client?.destroy();
    },
  };
}

/** Some socket errors have an empty message and their reason in `code` only. */
const reasonOf = (error: unknown): string => {
  const { code, message } = (
    typeof error === 'object' && error !== null ? error : {}
  ) as Partial<NodeJS.ErrnoException>;
  return code || message || String(error);
};
