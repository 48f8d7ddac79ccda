import type { Response } from 'express';

/**
 * Bytes that may wait for a client to read them. A slower client is cut off, and continues where it was when it
 * connects again.
 */
const maxUnreadBytes = 64 * 1024;

/** Streams that one process keeps open: each is a socket and a few kilobytes. */
const maxStreams = 1000;

/** The pause that a client is asked for before it comes back, in milliseconds: from one to the other at random. */
const retry = { least: 500, most: 3000 } as const;

/** Long connections on which events are sent, all known here so that a drain can close them. */
export interface Streams {
  /**
   * Answers as a stream that begins with these texts, and keeps it open for `send`. While draining, or with too many open,
   * it ends at once with a hint when to come back. An error status would not do: a browser's EventSource then gives up.
   */
  open(response: Response, ...first: readonly string[]): void;
  /** To all that are open. */
  send(text: string): void;
  readonly count: number;
  /** Called whenever there are streams again, or none any more. */
  onChange(changed: (any: boolean) => void): void;
  /** Ends each with a hint when to come back, and takes no more. The hints differ, so that clients do not come back at once. */
  close(): void;
}

/**
 * Server-sent events.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export function openStreams(): Streams {
  const open = new Set<Response>();
  let changed: (any: boolean) => void = () => {};
  let closed = false;
  const hint = () => `retry: ${Math.round(retry.least + Math.random() * (retry.most - retry.least))}\n\n`;
  const remove = (response: Response) => {
    if (open.delete(response) && open.size === 0) changed(false);
  };
  return {
    open(response, ...first) {
      // The connection ends with the stream: one that is kept would lead the client back to a process that drains.
      response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8', Connection: 'close' });
      if (closed || open.size >= maxStreams || response.req.method === 'HEAD') return void response.end(hint());
      response.write(hint() + first.join(''));
      response.once('close', () => remove(response));
      open.add(response);
      if (open.size === 1) changed(true);
    },
    send(text) {
      for (const response of open) {
        if (response.writableLength > maxUnreadBytes) response.destroy();
        else response.write(text);
      }
    },
    get count() {
      return open.size;
    },
    onChange(listener) {
      changed = listener;
    },
    close() {
      closed = true;
      for (const response of open) response.end(hint());
    },
  };
}

/** One event. @param data any value: as JSON it has no line break, which would end the event */
export const eventText = (id: number, name: string, data: unknown): string =>
  `id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
