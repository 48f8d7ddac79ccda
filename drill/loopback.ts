/** Servers of this machine alone: each part of an emulated deployment listens on loopback, at a port that the system chooses. */

import type { Server } from 'node:net';

/** Of the server once it listens. */
export interface Listening {
  readonly port: number;
  /** Accepts nothing more, has `cutAll` end what is open, and resolves when the server has ended. */
  close(): Promise<void>;
}

/**
 * @param cutAll ends every connection that is open
 * @throws if the system gives no port
 */
export function listenOnLoopback(server: Server, cutAll: () => void): Promise<Listening> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve({
        port: typeof address === 'object' && address ? address.port : 0,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            cutAll();
          }),
      });
    });
  });
}
