/** A client as the entry sees it: a host name in the address bar, a cookie jar, an address that it plays. */

import { type Agent, request } from 'node:http';
import { clientHeader } from '../frontends/client';
import { type CookieJar, createCookieJar } from './cookieJar';

/** An answer from the deployment, also one with an error status. */
export interface Answer {
  readonly status: number;
  /** Parsed JSON; undefined if the body is something else. */
  readonly body: unknown;
  /** Who answered, by the app's own headers; null where a layer before it answered. */
  readonly instance: string | null;
}

/** No answer came: the connection broke, or nothing came in time. */
export interface NoAnswer {
  readonly noAnswer: string;
}

export type Reply = Answer | NoAnswer;

export interface BrowserOptions {
  /** Where the nearest edge or front end listens on loopback. */
  readonly port: number;
  /** What the browser asks for. */
  readonly host: string;
  /** The address that this client plays. */
  readonly address: string;
  readonly agent: Agent;
  /** Aborts the run: then the request rejects with the signal's reason. */
  readonly signal: AbortSignal;
}

export interface Browser {
  readonly jar: CookieJar;
  /** @throws only the signal's reason */
  send(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Reply>;
}

/** Real milliseconds until a shopper gives up. Front Door's own limit is 30 s, which would outlast the whole drill. */
const patienceMs = 8_000;

export function openBrowser(options: BrowserOptions): Browser {
  const { agent, port, host, signal } = options;
  const jar = createCookieJar();
  // Each request as if on a connection of its own, so the port counts up.
  let connection = 20_000;

  async function send(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Reply> {
    signal.throwIfAborted();
    const text = body === undefined ? undefined : JSON.stringify(body);
    const cookies = jar.header(host, path);
    const headers = {
      host,
      accept: 'application/json, text/html;q=0.9',
      [clientHeader]: `${options.address}:${connection++}`,
      ...(cookies === '' ? {} : { cookie: cookies }),
      ...(text === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
      ...(method === 'POST' ? { origin: `https://${host}` } : {}),
    };
    return new Promise((resolve, reject) => {
      const giveUp = setTimeout(() => sent.destroy(new Error(`no answer in ${patienceMs} ms`)), patienceMs);
      const onAbort = (): void => void sent.destroy();
      const failed = (error: Error): void => {
        settle();
        if (signal.aborted) reject(signal.reason);
        else resolve({ noAnswer: error.message });
      };
      const settle = (): void => {
        clearTimeout(giveUp);
        signal.removeEventListener('abort', onAbort);
      };
      const sent = request({ host: '127.0.0.1', port, agent, method, path, headers }, (answer) => {
        for (const cookie of answer.headers['set-cookie'] ?? []) jar.store(cookie, host, path);
        let received = '';
        answer.setEncoding('utf8').on('data', (part: string) => {
          received += part;
        });
        answer.once('error', failed);
        answer.once('end', () => {
          settle();
          const instance = answer.headers['x-instance-id'];
          resolve({
            status: answer.statusCode ?? 0,
            body: parsed(received, answer.headers['content-type']),
            instance: typeof instance === 'string' ? instance : null,
          });
        });
      });
      sent.once('error', failed);
      signal.addEventListener('abort', onAbort);
      sent.end(text);
    });
  }

  return { jar, send };
}

function parsed(text: string, contentType: string | undefined): unknown {
  if (!contentType?.includes('json')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
