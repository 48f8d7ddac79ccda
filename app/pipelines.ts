import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Requests of one connection that may wait for their answers. Browsers and App Service's front end send the next one when
 * the last is answered. Who sends thousands ahead and reads no answer would otherwise have each of them worked on and kept.
 */
const maxWaiting = 16;

/** Answers that are still to come, of all connections. */
export type OpenResponses = ReadonlySet<ServerResponse>;

/** Passes requests on, and cuts a connection that sends more than `maxWaiting` ahead of the answers that it has read. */
export function boundPipelines(handle: RequestListener): {
  readonly listener: RequestListener;
  readonly open: OpenResponses;
} {
  const open = new Set<ServerResponse>();
  const waiting = new WeakMap<Socket, number>();
  const listener = (request: IncomingMessage, response: ServerResponse & { req: IncomingMessage }) => {
    const { socket } = request;
    // What came in one piece with the request that was one too many is still handed out, one by one.
    if (socket.destroyed) return;
    const count = (waiting.get(socket) ?? 0) + 1;
    if (count > maxWaiting) {
      socket.destroy();
      return;
    }
    waiting.set(socket, count);
    open.add(response);
    response.once('close', () => {
      open.delete(response);
      waiting.set(socket, (waiting.get(socket) ?? 1) - 1);
    });
    handle(request, response);
  };
  return { listener, open };
}
