import { createClient } from 'redis';
import { listeningClock } from './listeningClock';
import { type Refusal, refusalOf } from './redisErrors';
import type { RedisIdentity } from './redisIdentity';
import { StoreUnavailable } from './store';

/**
 * Longest silence of a connection that a command waits for, on the clock of `listeningClock`: so a process that is busy
 * does not count as a Redis that is dead. A command that met it replaces the connection, which makes the next fail at once.
 */
const silenceMilliseconds = 1000;
/** Longest wait for one command while Redis answers others: it is slow rather than away. */
const slowMilliseconds = 5000;
const connectMilliseconds = 1000;
/** For the answer to the sign-in. Short, so that a Redis that said nothing meanwhile is met again a second after it heals. */
const signInMilliseconds = 1000;
/** For a token from the identity endpoint, which is asked between connecting and signing in. */
const tokenMilliseconds = 10_000;
/** Longest pause between attempts to reconnect, so that carts come back about a second after Redis does. */
const retryMilliseconds = 1000;
/** Azure closes connections that are idle for ten minutes. @see https://learn.microsoft.com/azure/redis/best-practices-connection */
const pingMilliseconds = 60_000;
/** The same kind of error answer is reported this often. */
const reportMilliseconds = 60_000;

interface ConnectionOptions {
  /** A URL that `environmentRules` lets pass. */
  readonly url: string;
  /** undefined: sign in by what the URL says. */
  readonly identity?: RedisIdentity | undefined;
  readonly report: (line: string) => void;
}

type Client = ReturnType<typeof newClient>;

export interface RedisConnection {
  /** Runs one command or transaction. @throws StoreUnavailable after a silence, or at once while Redis is away */
  run<T>(command: (client: Client) => Promise<T>): Promise<T>;
  isReachable(): boolean;
  /** What keeps carts from working now, in words for everybody; empty: nothing does. */
  troubles(): readonly string[];
  close(): void;
}

const newClient = (url: string, credentials: RedisIdentity['credentials'] | undefined) =>
  createClient({
    url,
    ...(credentials && { credentialsProvider: credentials }),
    // While Redis is away a command fails at once instead of queueing for its return. While it is there, nothing counts
    // the commands that wait: a burst is bounded by the time that each may wait.
    disableOfflineQueue: true,
    pingInterval: pingMilliseconds,
    // It would lengthen time limits during maintenance and may move the connection to an address that a private
    // endpoint does not route.
    maintNotifications: 'disabled',
    socket: {
      connectTimeout: connectMilliseconds,
      reconnectStrategy: (retries, cause) =>
        // An attempt that timed out has waited already. Jitter, so that a fleet that lost Redis together does not come
        // back in step.
        cause.message === 'Connection timeout'
          ? 50
          : Math.min(50 * 2 ** retries, retryMilliseconds) * (0.75 + Math.random() / 4),
    },
  });

/**
 * A connection that never keeps a caller waiting. node-redis reconnects when a connection breaks; this adds what it lacks:
 * - its command timeout ends when the command is sent, so the wait for the answer is limited here;
 * - a connection that goes silent without breaking (a zone gone, a host frozen) stays "ready" until TCP gives up, about
 *   15 minutes on Linux, so one that leaves a command unanswered is replaced;
 * - a connection that stays open through a failover leads to what is a replica now, and every write is refused
 *   (`READONLY`), so it is replaced, too.
 *
 * Resolves when the first attempt to connect has succeeded or failed: an app must be able to start before its cache.
 */
export async function connectRedis({ url, identity, report }: ConnectionOptions): Promise<RedisConnection> {
  const address = new URL(url).host;
  const clock = listeningClock();
  const state: { client?: Client; away: boolean; closed: boolean; heardAt: number; swap?: Promise<void> | undefined } =
    {
      away: false,
      closed: false,
      heardAt: 0,
    };
  const refusals = new Map<string, Refusal & { seenAt: number; reportedAt: number }>();
  let replacedAt = Number.NEGATIVE_INFINITY;

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
  const replaceClient = async (endOld: (old: Client) => void) => {
    if (state.client !== undefined) endOld(state.client);
    let endWait = () => {};
    const wait = (milliseconds: number, client: Client, forWhat: string) => {
      endWait();
      endWait = clock.after(milliseconds, () => giveUpOn(client, `no answer to ${forWhat}`));
    };
    const client: Client = newClient(
      url,
      identity && {
        ...identity.credentials,
        async subscribe(listener) {
          const subscribed = await identity.credentials.subscribe(listener);
          wait(signInMilliseconds, client, 'the sign-in');
          return subscribed;
        },
      },
    );
    state.client = client;
    const settled = new Promise<void>((resolve) => {
      client.on('ready', () => {
        endWait();
        state.heardAt = clock.now();
        if (client === state.client) say(false);
        resolve();
      });
      client.on('error', (error: Error) => {
        endWait();
        if (client === state.client) say(true, reasonOf(error));
        resolve();
      });
    });
    client.on('connect', () => {
      if (identity === undefined) wait(signInMilliseconds, client, 'the sign-in');
      else wait(tokenMilliseconds, client, 'the request for a token');
    });
    client.connect().catch(() => {}); // It rejects only when destroyed; failures arrive as `error` and are retried.
    await settled;
  };

  const giveUpOn = (client: Client, why: string) => {
    if (client !== state.client || state.closed) return;
    say(true, why);
    // What else waits for it fails at once, and so does what comes before the next one is ready.
    state.swap = undefined;
    void replaceClient((old) => old.destroy());
  };

  /** Redis answered, and the connection is the wrong one now. What waits for other answers still gets them. */
  const moveFrom = (client: Client) => {
    const now = performance.now();
    if (client !== state.client || state.closed || now - replacedAt < retryMilliseconds) return;
    replacedAt = now;
    const swap = replaceClient((old) => void setTimeout(() => old.destroy(), silenceMilliseconds).unref()).then(() => {
      if (state.swap === swap) state.swap = undefined;
    });
    state.swap = swap;
  };

  const note = (refusal: Refusal, client: Client) => {
    const now = performance.now();
    const { reportedAt = Number.NEGATIVE_INFINITY } = refusals.get(refusal.code) ?? {};
    const isNews = now - reportedAt >= reportMilliseconds;
    refusals.set(refusal.code, { ...refusal, seenAt: now, reportedAt: isNews ? now : reportedAt });
    if (isNews) report(`Redis at ${address} answered ${refusal.code}: ${refusal.meaning}.`);
    if (refusal.code === 'READONLY') moveFrom(client);
  };

  await Promise.race([
    replaceClient(() => {}),
    new Promise((resolve) => setTimeout(resolve, connectMilliseconds + signInMilliseconds).unref()),
  ]);

  return {
    isReachable: () => state.client?.isReady === true,
    troubles: () => {
      if (state.client?.isReady !== true && state.swap === undefined) return ['Redis is away: carts answer 503.'];
      return [...refusals.values()]
        .filter(({ seenAt, heldMilliseconds }) => performance.now() - seenAt < heldMilliseconds)
        .map(({ code, meaning }) => `Redis answers ${code}: ${meaning}.`);
    },
    async run(command) {
      await state.swap;
      const { client } = state;
      if (client === undefined) throw new StoreUnavailable('not connected yet');
      const sentAt = clock.now();
      let endWait = () => {};
      const limit = new Promise<never>((_resolve, reject) => {
        const wait = (milliseconds: number) => {
          endWait = clock.after(milliseconds, () => {
            const silence = clock.now() - Math.max(sentAt, state.heardAt);
            const left = slowMilliseconds - (clock.now() - sentAt);
            if (silence < silenceMilliseconds && left > 0) return wait(Math.min(silenceMilliseconds - silence, left));
            const why = `no answer for ${left > 0 ? silenceMilliseconds : slowMilliseconds} ms`;
            if (silence >= silenceMilliseconds) giveUpOn(client, why);
            reject(new Error(why));
          });
        };
        wait(silenceMilliseconds);
      });
      try {
        const reply = await Promise.race([command(client), limit]);
        state.heardAt = clock.now();
        return reply;
      } catch (error) {
        const refusal = refusalOf(error);
        if (refusal !== undefined) {
          state.heardAt = clock.now();
          note(refusal, client);
        }
        throw new StoreUnavailable(error);
      } finally {
        endWait();
      }
    },
    close() {
      state.closed = true;
      state.client?.destroy();
      identity?.close();
    },
  };
}

/** Some socket errors have an empty message and their reason in `code` only. What Redis refused with comes with the fix. */
const reasonOf = (error: unknown): string => {
  const refusal = refusalOf(error);
  if (refusal !== undefined) return `${refusal.code}: ${refusal.meaning}`;
  const { code, message } = (
    typeof error === 'object' && error !== null ? error : {}
  ) as Partial<NodeJS.ErrnoException>;
  return code || message || String(error);
};
