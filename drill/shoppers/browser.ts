/**
 * A client as the entry sees it: a host name in the address bar, a cookie jar, and the address that it pretends to
 * have.
 */

import { type Agent, request } from 'node:http';
import { request as requestOverTls, type Agent as TlsAgent } from 'node:https';
import type { Writable } from 'node:stream';
import { processHeader } from '../frontends/appService';
import { clientHeader } from '../frontends/client';
import { type Answering, ask } from '../frontends/handOver';
import { patienceMs } from '../plan/assumptions';
import { type CookieJar, createCookieJar } from './cookieJar';

/** An answer from the deployment, also one with an error status. */
export interface Answer {
  readonly status: number;
  /** Parsed JSON, or the text of anything else. */
  readonly body: unknown;
  /** Which instance answered, by the app's own header; null where a layer before it answered. */
  readonly instance: string | null;
  /** Which process, by the emulated front end's header; the instance where there is none. */
  readonly process: string | null;
  /** Where a redirect leads, as it was sent; null: nowhere. */
  readonly location: string | null;
}

/** No answer came: the connection broke, or nothing came in time. */
export interface NoAnswer {
  readonly noAnswer: string;
  /** Whether the shopper gave up waiting. Default: - the connection broke. */
  readonly gaveUp?: true;
}

export type Reply = Answer | NoAnswer;

/** What a request carries: JSON as a script sends it, or the fields of a form. */
export type Content = { readonly json: unknown } | { readonly form: Readonly<Record<string, string>> };

export interface BrowserOptions {
  /** Where the nearest edge or front end listens: a port of loopback, or a deployed address. */
  readonly to: number | URL;
  /** What the browser asks for. */
  readonly host: string;
  /** The address that this client pretends to have; not sent to a deployed shop. */
  readonly address: string;
  readonly agent: Agent | TlsAgent;
  /** Aborts the run: then the request rejects with the signal's reason. */
  readonly signal: AbortSignal;
  /** Called with every reply, and with what it answers. Default: - nothing is called. */
  readonly onReply?: (reply: Reply, asked: { readonly path: string; readonly sentAt: number }) => void;
  /** The port that the name leads this client to meanwhile; null: the nearest. Default: - always the nearest. */
  readonly detour?: () => number | null;
  /** Resolves when the next request may go out. Default: - at once. */
  readonly turn?: () => Promise<void>;
}

export interface Browser {
  readonly jar: CookieJar;
  /** Opens new connections, from other ports each time. */
  reconnect(time: number): void;
  /** @throws only the signal's reason */
  send(method: 'GET' | 'POST', path: string, content?: Content): Promise<Reply>;
}

const firstPort = 20_000;

export function openBrowser(options: BrowserOptions): Browser {
  const { to, host, signal, onReply, turn } = options;
  const jar = createCookieJar();
  const origin = typeof to === 'number' ? `https://${host}` : to.origin;
  // Each request as if on a connection of its own, so the port counts up.
  let connection = firstPort;

  async function send(method: 'GET' | 'POST', path: string, content?: Content): Promise<Reply> {
    signal.throwIfAborted();
    await turn?.();
    const { type, text } = encoded(content);
    const cookies = jar.header(host, path);
    const headers = {
      host: typeof to === 'number' ? host : to.host,
      accept: 'application/json, text/html;q=0.9',
      ...(typeof to === 'number' ? { [clientHeader]: `${options.address}:${connection++}` } : {}),
      ...(cookies === '' ? {} : { cookie: cookies }),
      ...(type === null ? {} : { 'content-type': type, 'content-length': Buffer.byteLength(text) }),
      ...(method === 'POST' ? { origin } : {}),
    };
    const sentAt = performance.now();
    const reply = await exchange({ ...options, to: options.detour?.() ?? to }, method, path, headers, text, (cookie) =>
      jar.store(cookie, host, path),
    );
    onReply?.(reply, { path, sentAt });
    return reply;
  }
  const reconnect = (time: number): void => {
    connection = firstPort + time * 5_000;
  };
  return { jar, reconnect, send };
}

type Headers = Readonly<Record<string, string | number>>;

function exchange(
  { to, agent, signal }: BrowserOptions,
  method: string,
  path: string,
  headers: Headers,
  text: string,
  keep: (setCookie: string) => void,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    let gaveUp = false;
    const giveUp = setTimeout(() => {
      gaveUp = true;
      sent.destroy(new Error(`no answer in ${patienceMs} ms`));
    }, patienceMs);
    const onAbort = (): void => void sent.destroy();
    const settle = (): void => {
      clearTimeout(giveUp);
      signal.removeEventListener('abort', onAbort);
    };
    const failed = (error: Error): void => {
      settle();
      if (signal.aborted) reject(signal.reason);
      else resolve({ noAnswer: error.message, ...(gaveUp && { gaveUp }) });
    };
    const sent = reach(to, { agent, method, path, headers }, (answer) => {
      for (const cookie of answer.headers['set-cookie'] ?? []) keep(cookie);
      let received = '';
      answer.setEncoding('utf8').on('data', (part: string) => {
        received += part;
      });
      answer.once('error', failed);
      answer.once('end', () => {
        settle();
        const instance = textOf(answer.headers['x-instance-id']);
        resolve({
          status: answer.statusCode ?? 0,
          body: parsed(received, answer.headers['content-type']),
          instance,
          process: textOf(answer.headers[processHeader]) ?? instance,
          location: answer.headers.location ?? null,
        });
      });
    });
    sent.once('error', failed);
    signal.addEventListener('abort', onAbort);
    sent.end(text);
  });
}

function reach(
  to: BrowserOptions['to'],
  asked: {
    readonly agent: Agent | TlsAgent;
    readonly method: string;
    readonly path: string;
    readonly headers: Headers;
  },
  onAnswer: (answer: Answering) => void,
): Writable {
  if (typeof to === 'number') return ask({ port: to, ...asked }, onAnswer);
  const send = to.protocol === 'https:' ? requestOverTls : request;
  return send({ host: to.hostname, port: to.port, ...asked }, onAnswer);
}

const textOf = (header: string | readonly string[] | undefined): string | null =>
  typeof header === 'string' ? header : null;

function encoded(content: Content | undefined): { readonly type: string | null; readonly text: string } {
  if (content === undefined) return { type: null, text: '' };
  if ('json' in content) return { type: 'application/json', text: JSON.stringify(content.json) };
  return { type: 'application/x-www-form-urlencoded', text: new URLSearchParams(content.form).toString() };
}

function parsed(text: string, contentType: string | undefined): unknown {
  if (!contentType?.includes('json')) return text;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
