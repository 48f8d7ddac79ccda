import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Requests of one connection that may wait for their answers. Browsers and App Service's front end send the next one
 * when the last is answered. Otherwise a client that sends thousands of requests and reads no answer would have each of
 * them processed and kept.
 */
const maxWaiting = 8;

/**
 * Requests after which a connection is handed back, announced in the last answer. Not Node's `maxRequestsPerSocket`: that
 * announces it, and then leaves the connection open.
 */
const maxRequests = 1000;

/** Bytes that are parsed at a time: at the least 30 a request, so far fewer are made of them than of the 64 KB that Node reads. */
const sliceBytes = 2048;

/** Answers that are still to come, of all connections. */
export type OpenResponses = ReadonlySet<ServerResponse>;

/**
 * Passes requests on, cuts a connection that sends more than `maxWaiting` ahead of the answers that it has read, and hands
 * each back after `maxRequests`.
 */
export function boundPipelines(handle: RequestListener): {
  readonly listener: RequestListener;
  readonly open: OpenResponses;
} {
  const open = new Set<ServerResponse>();
  const seen = new WeakMap<Socket, { waiting: number; requests: number }>();
  const listener = (request: IncomingMessage, response: ServerResponse & { req: IncomingMessage }) => {
    const { socket } = request;
    // Requests that arrived in the same slice as the first excess request are still passed on, one by one.
    if (socket.destroyed) return;
    const counts = seen.get(socket) ?? { waiting: 0, requests: 0 };
    seen.set(socket, counts);
    if (counts.waiting >= maxWaiting) {
      socket.destroy();
      return;
    }
    counts.waiting++;
    counts.requests++;
    if (counts.requests >= maxRequests) response.shouldKeepAlive = false;
    open.add(response);
    response.once('close', () => {
      open.delete(response);
      counts.waiting--;
    });
    handle(request, response);
  };
  return { listener, open };
}

/**
 * Has what a connection sends parsed in slices, and nothing more of it once the connection is cut. Node parses
 * everything that it has read at once, and creates an object for each request in it, thousands for one read, before any
 * of them can be refused.
 */
export function readInSlices(server: Server): void {
  server.on('connection', (socket) => {
    // Those of the HTTP server: it has set the connection up before this listener is called.
    const readers = socket.listeners('data');
    socket.removeAllListeners('data');
    socket.on('data', (bytes: Buffer) => {
      for (let at = 0; at < bytes.length && !socket.destroyed; at += sliceBytes) {
        const slice = bytes.subarray(at, at + sliceBytes);
        for (const read of readers) read.call(socket, slice);
      }
    });
  });
}
