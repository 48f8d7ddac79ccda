/**
 * A request from one layer to the next, where both live in this process: it is handed over as it is, without a socket and without
 * being written and read as HTTP again, which is most of what a layer costs. Each layer listens at its port all the same, so that anybody
 * else can ask it.
 *
 * What either side can notice is as over TCP: an answer that breaks off, a client that leaves, a layer that refuses or ends.
 */

import { type Agent, type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';
import { Readable, Writable } from 'node:stream';

/** What a layer reads of a request. */
export interface Incoming extends Readable {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly socket: { readonly remoteAddress?: string | undefined; readonly remotePort?: number | undefined };
}

/** What a layer answers with. */
export interface Outgoing extends Writable {
  readonly headersSent: boolean;
  writeHead(status: number, headers?: OutgoingHttpHeaders): this;
}

/** What a client reads of an answer. */
export interface Answering extends Readable {
  readonly statusCode?: number | undefined;
  readonly headers: IncomingHttpHeaders;
}

export type Handler = (incoming: Incoming, outgoing: Outgoing) => void;

/** A layer of this process that takes requests. */
export interface Taker {
  readonly handler: Handler;
  /** Whether it cuts whoever asks. */
  readonly isDark: () => boolean;
  /** Ends every request that was handed over and is not answered yet. */
  readonly cutAll: () => void;
}

/** What is asked. */
export interface Asked {
  /** Of loopback. */
  readonly port: number;
  readonly agent: Agent;
  readonly method: string;
  readonly path: string;
  readonly headers: OutgoingHttpHeaders;
}

interface Registered extends Taker {
  readonly open: Set<Exchange>;
}

const takers = new Map<number, Registered>();

/** From now on requests of this process to that port are handed over. @returns ends that */
export function takeRequests(
  port: number,
  handler: Handler,
  isDark: () => boolean,
): Taker & { readonly stop: () => void } {
  const open = new Set<Exchange>();
  const cutAll = (): void => {
    for (const exchange of [...open]) exchange.cut();
  };
  const taker = { handler, isDark, cutAll, open };
  takers.set(port, taker);
  return { ...taker, stop: () => void takers.delete(port) };
}

/** As `request` of `node:http`, to a port of loopback. Its `error` says that no answer comes, or that it was destroyed. */
export function ask(asked: Asked, onAnswer: (answer: Answering) => void): Writable {
  const taker = takers.get(asked.port);
  if (taker === undefined) return request({ host: '127.0.0.1', ...asked }, onAnswer);
  return new Exchange(taker, asked, onAnswer).sent;
}

const hungUp = (): Error => Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
const brokenOff = (): Error => Object.assign(new Error('aborted'), { code: 'ECONNRESET' });

/** Ports of clients that nobody listens at: what a layer reports of the one before it. */
const peer = { remoteAddress: '127.0.0.1', remotePort: 50_000 } as const;

/** One request and its answer. */
class Exchange {
  readonly sent: Writable;
  private readonly incoming: Incoming;
  private readonly outgoing: MemoryAnswer;
  private answer: Answering | null = null;
  private isOver = false;

  constructor(
    private readonly taker: Registered,
    { method, path, headers }: Asked,
    private readonly onAnswer: (answer: Answering) => void,
  ) {
    taker.open.add(this);
    const incoming = new Readable({ read: () => {} });
    this.incoming = Object.assign(incoming, { method, url: path, headers: asRead(headers), socket: peer });
    this.sent = new Writable({
      autoDestroy: false,
      write: (part, _encoding, done) => {
        incoming.push(part);
        done();
      },
      final: (done) => {
        incoming.push(null);
        done();
      },
      destroy: (error, done) => {
        const isUnanswered = !this.isOver && this.answer === null;
        this.cut();
        done(error ?? (isUnanswered ? hungUp() : null));
      },
    });
    this.outgoing = new MemoryAnswer(method === 'HEAD', {
      begin: (answer) => this.begin(answer),
      over: () => this.over(),
      left: () => this.cut(),
    });
    process.nextTick(() => {
      if (this.isOver) return;
      if (taker.isDark()) this.cut();
      else taker.handler(this.incoming, this.outgoing);
    });
  }

  private begin(answer: Answering): void {
    if (this.isOver) return;
    this.answer = answer;
    this.onAnswer(answer);
  }

  /** All of the answer was written. */
  private over(): void {
    this.isOver = true;
    this.taker.open.delete(this);
  }

  /** Ends it before its time, whoever wants that: neither side hears anything more of the other. Safe to call again. */
  cut(): void {
    if (this.isOver) return;
    this.over();
    this.incoming.destroy();
    this.outgoing.destroy();
    if (this.answer !== null) this.answer.destroy(brokenOff());
    else if (!this.sent.destroyed) this.sent.destroy(hungUp());
  }
}

interface Ends {
  readonly begin: (answer: Answering) => void;
  /** All of it was written. */
  readonly over: () => void;
  /** One of the sides left before. */
  readonly left: () => void;
}

/** The answer of a layer as it writes it, which its client reads. */
class MemoryAnswer extends Writable implements Outgoing {
  headersSent = false;
  private readonly body: Readable;
  private resume: (() => void) | null = null;

  constructor(
    private readonly isHead: boolean,
    private readonly ends: Ends,
  ) {
    super();
    this.body = new Readable({
      read: () => {
        const resume = this.resume;
        this.resume = null;
        resume?.();
      },
      destroy: (error, done) => {
        ends.left();
        // As Node does where nobody listens for it.
        done(this.body.listenerCount('error') === 0 ? null : error);
      },
    });
  }

  writeHead(status: number, headers: OutgoingHttpHeaders = {}): this {
    this.headersSent = true;
    this.ends.begin(Object.assign(this.body, { statusCode: status, headers: asRead(headers) }));
    return this;
  }

  override _write(part: Buffer, _encoding: BufferEncoding, done: () => void): void {
    if (this.isHead || this.body.push(part)) done();
    else this.resume = done;
  }

  override _final(done: () => void): void {
    this.ends.over();
    this.body.push(null);
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.ends.left();
    done(error);
  }
}

/** Headers as Node shows those that it has read: names in lower case, values as text, `set-cookie` as a list. */
function asRead(headers: OutgoingHttpHeaders): IncomingHttpHeaders {
  const read: IncomingHttpHeaders = {};
  for (const name in headers) {
    const value = headers[name];
    if (value === undefined) continue;
    const lower = name.toLowerCase();
    if (lower === 'set-cookie') read[lower] = Array.isArray(value) ? value : [String(value)];
    else read[lower] = Array.isArray(value) ? value.join(', ') : String(value);
  }
  return read;
}
