import type { Server } from 'node:http';

/** How often connections that have become idle are closed. */
const sweepMilliseconds = 25;

/**
 * Stops accepting, lets requests in flight finish, and closes every connection once it is idle.
 *
 * @param graceSeconds limit, after which what is left is cut. App Service kills the process 5 s after SIGTERM unless
 *   WEBSITES_CONTAINER_STOP_TIME_LIMIT says otherwise (at most 120).
 * @returns `drained`, or `cut` when the limit came first
 * @see https://learn.microsoft.com/azure/app-service/reference-app-settings
 */
export async function drain(server: Server, graceSeconds: number): Promise<'drained' | 'cut'> {
  const drained = new Promise<'drained'>((resolve) => server.close(() => resolve('drained')));
  // close() closes the connections that are idle now; one that answers its last request later would stay open.
  const sweep = setInterval(() => server.closeIdleConnections(), sweepMilliseconds);
  let timer: NodeJS.Timeout | undefined;
  const cut = new Promise<'cut'>((resolve) => {
    timer = setTimeout(() => {
      server.closeAllConnections();
      resolve('cut');
    }, graceSeconds * 1000);
  });
  try {
    return await Promise.race([drained, cut]);
  } finally {
    clearInterval(sweep);
    clearTimeout(timer);
  }
}
