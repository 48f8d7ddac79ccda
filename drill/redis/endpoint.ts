/**
 * The address that clients keep while servers behind it change: a port of loopback that the system chooses, joined to
 * the Unix socket of the server behind it. With the EnterpriseCluster policy Azure has a proxy in that place, too.
 * @see https://learn.microsoft.com/azure/redis/architecture
 */

import { connect, createServer, type Socket } from 'node:net';
import { type Listening, listenOnLoopback } from '../loopback';

export interface Endpoint extends Listening {
  /** Joins new connections to this server; null: nobody answers. Connections to another server are cut. */
  leadTo(socketPath: string | null): void;
}

/** @param watch sees what a client sends, before the server does; a watcher per connection. Default: - nobody watches. */
export async function openEndpoint(watch?: () => (sent: Buffer) => void): Promise<Endpoint> {
  let target: string | null = null;
  const open = new Set<Socket>();
  const server = createServer((client) => {
    if (target === null) return void client.destroy();
    const upstream = connect(target);
    const cut = (): void => {
      for (const socket of [client, upstream]) {
        socket.destroy();
        open.delete(socket);
      }
    };
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.setNoDelay(true);
      socket.once('error', cut).once('close', cut);
    }
    const seen = watch?.();
    if (seen) client.on('data', seen);
    client.pipe(upstream).pipe(client);
  });
  const leadTo = (socketPath: string | null): void => {
    target = socketPath;
    for (const socket of open) socket.destroy();
  };
  return { ...(await listenOnLoopback(server, () => leadTo(null))), leadTo };
}
