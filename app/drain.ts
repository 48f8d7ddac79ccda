import type { Server } from 'node:http';
import { Server as NetServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { handBackConnections } from './listen';

/** How often connections that have become idle are closed. */
const sweepMilliseconds = 25;
/**
 * From the last connection that is accepted to the first that is closed, so that a new connection can send its request.
 */
const settleMilliseconds = 100;
/** Most times that the event loop goes round to accept what waits, so that clients who keep coming do not use up the grace. */
const maxRounds = 512;

export interface DrainLimits {
  /** How long to go on accepting connections. */
  readonly lingerSeconds: number;
  /**
   * Limit for all of it, after which what is left is cut. App Service kills the process 5 s after SIGTERM unless
   * WEBSITES_CONTAINER_STOP_TIME_LIMIT says otherwise (at most 120).
   * @see https://learn.microsoft.com/azure/app-service/reference-app-settings
   */
  readonly graceSeconds: number;
}

/**
 * Ends in three steps, so that no client loses a request:
 *
 * 1. For the linger everything is answered as before, with `Connection: close` (the app sets it), so each client that
 *    keeps a connection learns with its next answer that it has to open another one, and health probes see that traffic
 *    should go elsewhere. A server that closed at once would cut requests that are on their way.
 * 2. It stops accepting.
 * 3. Each connection is closed once it is idle, and requests in progress may finish.
 *
 * @returns `drained`, or `cut` when the limit came first
 */
export async function drain(server: Server, { lingerSeconds, graceSeconds }: DrainLimits): Promise<'drained' | 'cut'> {
  const ended = new AbortController();
  const pause = (milliseconds: number) => delay(milliseconds, undefined, { signal: ended.signal });
  const inSteps = async (): Promise<'drained'> => {
    handBackConnections(server);
    await pause(lingerSeconds * 1000);
    await afterAccepting(server);
    // Not the HTTP server's own `close`, which also cuts the idle connections on the spot.
    const closed = new Promise<void>((resolve) => void NetServer.prototype.close.call(server, () => resolve()));
    await pause(settleMilliseconds);
    const sweep = setInterval(() => void afterReading().then(() => server.closeIdleConnections()), sweepMilliseconds);
    ended.signal.addEventListener('abort', () => clearInterval(sweep));
    await closed;
    return 'drained';
  };
  const cut = async (): Promise<'cut'> => {
    await pause(graceSeconds * 1000);
    server.closeAllConnections();
    return 'cut';
  };
  try {
    return await Promise.race([inSteps(), cut()]);
  } finally {
    ended.abort();
  }
}

/** Right after the event loop has read what has arrived: a connection that looks idle then has nothing unread. */
const afterReading = () => new Promise<void>((resolve) => void setImmediate(resolve));

/**
 * Once no connection waits to be accepted: closing would reset each that does, although its client sees it as open. The event
 * loop accepts one each time that it goes round, so many wait after it was busy. Those that come faster than that are left.
 */
async function afterAccepting(server: Server): Promise<void> {
  for (let rounds = 0; rounds < maxRounds; rounds++) {
    let accepted = false;
    const note = () => {
      accepted = true;
    };
    server.once('connection', note);
    await afterReading();
    server.off('connection', note);
    if (!accepted) return;
  }
}
