/**
 * What every emulated layer shares: it listens on loopback, passes a request on, and passes the answer back. HTTP/1.1
 * only, and no TLS: the emulated scheme is https, which each layer states in `X-Forwarded-Proto` as Azure does.
 */

import { type Agent, createServer, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import { type Listening, listenOnLoopback } from '../loopback';
import { ask, type Handler, type Incoming, type Outgoing, takeRequests } from './handOver';

export interface Hop extends Listening {
  /** True: cuts every connection and refuses new ones, like a region that is lost. */
  goDark(dark: boolean): void;
}

/** Listens on a port of loopback that the system chooses. */
export async function listen(handler: Handler): Promise<Hop> {
  const server = createServer(handler);
  let isDark = false;
  server.on('connection', (socket) => {
    if (isDark) socket.destroy();
  });
  const listening = await listenOnLoopback(server, () => server.closeAllConnections());
  const taker = takeRequests(listening.port, handler, () => isDark);
  const cutAll = (): void => {
    taker.cutAll();
    server.closeAllConnections();
  };
  return {
    port: listening.port,
    close: async () => {
      taker.stop();
      taker.cutAll();
      await listening.close();
    },
    goDark: (dark) => {
      isDark = dark;
      if (dark) cutAll();
    },
  };
}

/** How passing on went: `refused` if nothing listened at the target, `cut` if its connection broke off. */
export type Outcome = 'answered' | 'refused' | 'cut';

export interface Passing {
  readonly port: number;
  readonly agent: Agent;
  readonly headers: OutgoingHttpHeaders;
  /** Headers that this layer adds to the answer. Default: - none. */
  readonly answerHeaders?: OutgoingHttpHeaders;
  /** The status that the client gets in place of what the target answered, without body and cookies. Default: - the answer. */
  readonly replacedBy?: number;
  /** Real milliseconds until this layer answers 504 itself. Default: - it waits as long as the client. */
  readonly timeoutMs?: number;
  /** Cookies that this layer adds, given the answer that it is about to pass back. */
  readonly addCookies?: (status: number, headers: IncomingHttpHeaders) => readonly string[];
}

/** Passes the request on. When no answer comes from the target, this layer answers 502 itself. */
export function passOn(incoming: Incoming, outgoing: Outgoing, passing: Passing): Promise<Outcome> {
  return new Promise((resolve) => {
    const { port, agent, headers, addCookies } = passing;
    const { method = 'GET', url: path = '/' } = incoming;
    const timeOut =
      passing.timeoutMs === undefined
        ? undefined
        : setTimeout(() => {
            if (outgoing.headersSent) return;
            answerWith(outgoing, 504, 'The backend did not answer in time.');
            onward.destroy();
          }, passing.timeoutMs);
    outgoing.once('close', () => clearTimeout(timeOut));
    const onward = ask({ port, agent, method, path, headers }, (answer) => {
      if (outgoing.headersSent) return void answer.destroy();
      if (passing.replacedBy !== undefined) {
        answer.resume().once('close', () => resolve('answered'));
        outgoing.writeHead(passing.replacedBy, passing.answerHeaders);
        outgoing.end();
        return;
      }
      const status = answer.statusCode ?? 502;
      const cookies = [...(answer.headers['set-cookie'] ?? []), ...(addCookies?.(status, answer.headers) ?? [])];
      outgoing.writeHead(status, {
        ...endToEnd(answer.headers),
        ...passing.answerHeaders,
        ...(cookies.length > 0 ? { 'set-cookie': cookies } : {}),
      });
      answer.pipe(outgoing);
      answer.once('end', () => resolve('answered'));
      answer.once('error', () => {
        outgoing.destroy();
        resolve('cut');
      });
    });
    onward.once('error', (error: NodeJS.ErrnoException) => {
      if (outgoing.writableEnded) return resolve('cut');
      if (outgoing.headersSent) outgoing.destroy();
      else answerWith(outgoing, 502, 'The backend did not answer.');
      resolve(error.code === 'ECONNREFUSED' ? 'refused' : 'cut');
    });
    outgoing.once('close', () => {
      // The client left: do not keep the target busy.
      if (!outgoing.writableFinished) onward.destroy();
    });
    // A request without a body has nothing to wait for.
    if (hasBody(incoming.headers)) incoming.pipe(onward);
    else onward.end();
  });
}

/** @see https://www.rfc-editor.org/rfc/rfc9112#section-6.3 */
const hasBody = (headers: IncomingHttpHeaders): boolean =>
  headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;

export function answerWith(outgoing: Outgoing, status: number, text: string): void {
  outgoing.writeHead(status, { 'content-type': 'text/plain', 'cache-control': 'no-store' });
  outgoing.end(text);
}

const hopByHop = new Set(['connection', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'upgrade']);

/** The headers that belong to the message, not to this connection. @see https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1 */
export function endToEnd(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const passed: OutgoingHttpHeaders = {};
  for (const name in headers) if (!hopByHop.has(name)) passed[name] = headers[name];
  return passed;
}
