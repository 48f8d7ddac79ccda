import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  /** Parsed; null: it had none. */
  readonly body: unknown;
}

/** A host of pull requests on loopback: an answer is a status, a body, which is written as JSON, and further headers. */
export interface FakeHost {
  readonly url: string;
  readonly received: Received[];
  close(): Promise<void>;
}

export async function fakeHost(
  answer: (request: Received) => readonly [status: number, body: unknown, headers?: Readonly<Record<string, string>>],
): Promise<FakeHost> {
  const received: Received[] = [];
  const server = http.createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const text = Buffer.concat(parts).toString();
      const one: Received = {
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body: text === '' ? null : JSON.parse(text),
      };
      received.push(one);
      const [status, body, headers] = answer(one);
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}
