import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BadInput } from './environment';

interface ListenOptions {
  /** 0: any free port. */
  readonly port: number;
  /** Default: every interface. */
  readonly host?: string | undefined;
}

const refusals: Readonly<Record<string, (port: number, host: string) => string>> = {
  EADDRINUSE: (port) =>
    `\`PORT\` must be a free port, got: ${port}, which another process uses. Set PORT to another one, or to 0 for any.`,
  EACCES: (port) => `\`PORT\` must be a port that you may open, got: ${port}. Set PORT to one above 1023.`,
  EADDRNOTAVAIL: (_port, host) =>
    `\`LISTEN_HOST\` must be an address of this machine, got: "${host}". Set it to 127.0.0.1, or leave it unset.`,
  ENOTFOUND: (_port, host) =>
    `\`LISTEN_HOST\` must be an address of this machine, got: "${host}". Set it to 127.0.0.1, or leave it unset.`,
};

/**
 * Listens, and resolves when connections are accepted.
 *
 * @throws BadInput when the port or the host cannot be had
 */
export async function listen(app: RequestListener, { port, host }: ListenOptions): Promise<Server> {
  const server = createServer(app);
  // Longer than the 230 s after which App Service's front end ends an idle connection: the side that sends the requests
  // must be the one to hang up, or a request now and then meets a connection that is just closing and becomes a 502.
  // @see https://learn.microsoft.com/troubleshoot/azure/app-service/web-apps-performance-faqs
  server.keepAliveTimeout = 240_000;
  server.headersTimeout = 10_000;
  // For a whole request, body included; bodies here are a few bytes.
  server.requestTimeout = 15_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const refusal = refusals[error.code ?? ''];
      reject(refusal === undefined ? error : new BadInput(refusal(port, host ?? '')));
    });
    server.listen({ port, host }, resolve);
  });
  return server;
}

/** The port that a listening server got. */
export const portOf = (server: Server): number => (server.address() as AddressInfo).port;
