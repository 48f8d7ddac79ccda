import { Agent, createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { Backend } from '../../../drill/frontends/rotation';
import { type Answer, openBrowser, type Reply } from '../../../drill/shoppers/browser';

/** A backend of a front end under test: answers who it is, and remembers what it was asked. */
export interface FakeBackend extends Backend {
  readonly seen: IncomingHttpHeaders[];
  /** What it answers from now on. Default: 200. */
  answerWith(status: () => number): void;
  close(): Promise<void>;
}

export function startBackend(id: string, headers: Readonly<Record<string, string>> = {}): Promise<FakeBackend> {
  const seen: IncomingHttpHeaders[] = [];
  let status = (): number => 200;
  const server: Server = createServer((request, response) => {
    seen.push(request.headers);
    response.writeHead(status(), { 'x-instance-id': id, 'cache-control': 'no-store', ...headers }).end(id);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const close = (): Promise<void> =>
        new Promise((closed) => {
          server.close(() => closed());
          server.closeAllConnections();
        });
      let gone = false;
      const answerWith = (given: () => number): void => {
        status = given;
      };
      const port = typeof address === 'object' && address ? address.port : 0;
      const closing = (): Promise<void> => {
        gone = true;
        return close();
      };
      resolve({ id, key: `process of ${id}`, alive: () => !gone, seen, port, close: closing, answerWith });
    });
  });
}

export const agent = new Agent({ keepAlive: false });

/** A browser at `shop.example` whose address is its own. */
export function visitor(port: number, address = '198.51.100.1') {
  return openBrowser({ to: port, host: 'shop.example', address, agent, signal: new AbortController().signal });
}

export function answered(reply: Reply): Answer {
  if ('noAnswer' in reply) throw new Error(`expected an answer, got: ${reply.noAnswer}`);
  return reply;
}

/** The `Set-Cookie` headers of a plain request, as they are on the wire. */
export async function setCookies(
  port: number,
  headers: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> {
  const { request } = await import('node:http');
  return new Promise((resolve, reject) => {
    request(
      { port, host: '127.0.0.1', agent, path: '/', headers: { host: 'shop.example', ...headers } },
      (response) => {
        response.resume();
        resolve(response.headers['set-cookie'] ?? []);
      },
    )
      .on('error', reject)
      .end();
  });
}
