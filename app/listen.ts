import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BadInput } from './environment';
import { boundPipelines, type OpenResponses, readInSlices } from './pipelines';

interface ListenOptions {
  /** 0: any free port. */
  readonly port: number;
  /** Default: every interface. */
  readonly host?: string | undefined;
}

/** Milliseconds. */
const limits = {
  /** For the headers, from the connection or the end of the last request on; bytes that trickle in do not extend it. */
  headers: 10_000,
  /** For a whole request, body included; bodies here are a few bytes. */
  request: 15_000,
  /** How often both are looked at. Node's 30 s would make 40 of the 10. */
  check: 1_000,
  /**
   * Without a byte in either direction while an answer is due: a client that does not read. Node looks a second time when
   * part of an answer went out since the first, so it may be twice as long. Above the longest wait for a store that is
   * slow, which answers for itself.
   */
  silence: 30_000,
  /**
   * Longer than the 230 s after which App Service's front end ends an idle connection: the side that sends the requests
   * must close first. Otherwise a request sometimes uses a connection that is just closing, and becomes a 502.
   * @see https://learn.microsoft.com/troubleshoot/azure/app-service/web-apps-performance-faqs
   */
  keepAlive: 240_000,
};

/** Connections that may wait to be accepted while the process is busy; Node's 511 would refuse some of a burst. Linux cuts it to `net.core.somaxconn`. */
const backlog = 4096;

const refusals: Readonly<Record<string, (port: number, host: string) => string>> = {
  EADDRINUSE: (port) =>
    `\`PORT\` must be a free port, got: ${port}, which another process uses. Set PORT to another one, or to 0 for any.`,
  EACCES: (port) => `\`PORT\` must be a port that you may open, got: ${port}. Set PORT to one above 1023.`,
  EADDRNOTAVAIL: (_port, host) =>
    `\`LISTEN_HOST\` must be an address of this machine, got: "${host}". Set it to 127.0.0.1, or leave it unset.`,
  ENOTFOUND: (_port, host) =>
    `\`LISTEN_HOST\` must be an address of this machine, got: "${host}". Set it to 127.0.0.1, or leave it unset.`,
};

const openByServer = new WeakMap<Server, OpenResponses>();

/**
 * Listens, and resolves when connections are accepted.
 *
 * @throws BadInput when the port or the host is not available
 */
export async function listen(app: RequestListener, { port, host }: ListenOptions): Promise<Server> {
  const { listener, open } = boundPipelines(app);
  const server = createServer({ connectionsCheckingInterval: limits.check }, listener);
  openByServer.set(server, open);
  readInSlices(server);
  server.headersTimeout = limits.headers;
  server.requestTimeout = limits.request;
  server.timeout = limits.silence;
  server.keepAliveTimeout = limits.keepAlive;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const refusal = refusals[error.code ?? ''];
      reject(refusal === undefined ? error : new BadInput(refusal(port, host ?? '')));
    });
    server.listen({ port, host, backlog }, resolve);
  });
  return server;
}

/** The port that a listening server got. */
export const portOf = (server: Server): number => (server.address() as AddressInfo).port;

/** Makes each answer that is still to come say `Connection: close`. */
export function handBackConnections(server: Server): void {
  for (const response of openByServer.get(server) ?? []) response.shouldKeepAlive = false;
}
