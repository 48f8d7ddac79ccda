/** The lab's server: one page, its messages as server-sent events, and what the page asks for. Loopback only. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { InputError } from '../../inputError';
import type { Ask } from '../messages';
import { readAsk } from './ask';
import { isSecret, refusal } from './guard';

/** What the server passes requests on to. */
export interface Served {
  /** The page, with its script and style in it. */
  readonly page: string;
  ask(ask: Ask): Promise<void>;
  /** Sends every message until the returned function is called. */
  follow(take: (message: unknown) => void): () => void;
  /** Files that a page may download, by name. */
  readonly downloads: Readonly<
    Record<string, { readonly type: string; readonly make: () => string | Promise<string> }>
  >;
}

export interface LabServer {
  /** As in `http://127.0.0.1:8080`. */
  readonly origin: string;
  /** Answers with these from now on; until then every request gets 503. */
  serve(served: Served): void;
  /** How many pages are open. */
  readonly pages: () => number;
  /** Called whenever a page is opened or closed. */
  onPages(changed: () => void): void;
  close(): Promise<void>;
}

/** A comment now and then keeps a connection that has nothing to say. */
const keepAliveMs = 15_000;
const mostBodyBytes = 4_096;

/** @param port 0: any free one. @throws InputError for a port that cannot be had */
export async function listenOn(port: number, token: string): Promise<LabServer> {
  let served: Served | null = null;
  let changed = (): void => {};
  const open = new Set<ServerResponse>();
  const server = createServer((incoming, outgoing) => {
    void handle(incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(portError(port, error)));
    server.listen(port, '127.0.0.1', () => resolve());
  });
  const address = server.address();
  const host = `127.0.0.1:${typeof address === 'object' && address ? address.port : port}`;

  async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const refused = refusal(incoming, host);
    if (refused !== null) return answer(outgoing, 403, 'text/plain', refused);
    const [, given = '', path = ''] = /^\/([^/?]*)(?:\/([^?]*))?$/.exec(incoming.url ?? '') ?? [];
    if (!isSecret(given, token))
      return answer(outgoing, 404, 'text/plain', 'Open the whole address that the lab has printed.');
    if (served === null) return answer(outgoing, 503, 'text/plain', 'The lab is starting. Load this again.');
    if (incoming.method === 'POST' && path === 'ask') return takeAsk(served, incoming, outgoing);
    if (incoming.method !== 'GET') return answer(outgoing, 405, 'text/plain', 'Only GET, and POST to ask.');
    if (path === 'events') return follow(served, outgoing);
    if (path === '') return answer(outgoing, 200, 'text/html; charset=utf-8', served.page);
    const download = Object.hasOwn(served.downloads, path) ? served.downloads[path] : undefined;
    if (!download) return answer(outgoing, 404, 'text/plain', 'There is nothing at this address.');
    outgoing.setHeader('content-disposition', `attachment; filename="${path}"`);
    answer(outgoing, 200, download.type, await download.make());
  }

  function follow({ follow: messages }: Served, outgoing: ServerResponse): void {
    outgoing.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    const stop = messages((message) => void outgoing.write(`data: ${JSON.stringify(message)}\n\n`));
    const keepAlive = setInterval(() => void outgoing.write(':\n\n'), keepAliveMs);
    open.add(outgoing);
    changed();
    outgoing.once('close', () => {
      stop();
      clearInterval(keepAlive);
      open.delete(outgoing);
      changed();
    });
  }
  return {
    origin: `http://${host}`,
    serve: (given) => {
      served = given;
    },
    pages: () => open.size,
    onPages: (take) => {
      changed = take;
    },
    close: () =>
      new Promise((closed) => {
        changed = () => {};
        server.close(() => closed());
        for (const each of open) each.end();
        server.closeIdleConnections();
        setTimeout(() => server.closeAllConnections(), 200).unref();
      }),
  };
}

async function takeAsk(served: Served, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  try {
    await served.ask(readAsk(await bodyOf(incoming)));
    outgoing.writeHead(204).end();
  } catch (error) {
    const isRefusal = error instanceof RangeError || error instanceof InputError;
    answer(outgoing, isRefusal ? 409 : 500, 'text/plain; charset=utf-8', error instanceof Error ? error.message : '');
  }
}

/** @throws RangeError for one that is too long */
async function bodyOf(incoming: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of incoming.setEncoding('utf8')) {
    text += part;
    if (text.length > mostBodyBytes) throw new RangeError(`A request holds at most ${mostBodyBytes} bytes.`);
  }
  return text;
}

function answer(outgoing: ServerResponse, status: number, type: string, text: string): void {
  outgoing
    .writeHead(status, {
      ...{ 'content-type': type, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
      ...{ 'referrer-policy': 'no-referrer', 'x-frame-options': 'DENY', 'cross-origin-opener-policy': 'same-origin' },
    })
    .end(text);
}

function portError(port: number, error: NodeJS.ErrnoException): InputError {
  const why = error.code === 'EADDRINUSE' ? 'is taken by another program' : `cannot be had (${error.code})`;
  return new InputError(
    `Port ${port} of 127.0.0.1 ${why}. Name another with --port, or leave it out for any free one.`,
  );
}
