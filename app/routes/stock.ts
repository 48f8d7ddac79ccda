import { Router } from 'express';
import { changeAt, changesSince, stockAt, tickAt, tickMilliseconds } from '../stock';
import { eventText, type Streams } from '../streams';

/**
 * `GET /api/stock/stream`: the stock of every product, then each change, as server-sent events.
 *
 * - `snapshot`: quantities by product id. The first event, unless the client says where it was.
 * - `change`: one product's quantity. After a reconnection, first all that were missed.
 *
 * An event's id is its place in the order of all changes, the same on every instance and in every region. So the client
 * may come back to any of them with `Last-Event-ID` and misses nothing: it is the client that knows where it was, and no
 * affinity is needed. The stream needs no session and no store.
 */
export function stockRoutes(streams: Streams, now: () => number = Date.now): Router {
  let timer: NodeJS.Timeout | undefined;
  let sent = 0;
  const event = (tick: number) => {
    const { productId, quantity } = changeAt(tick);
    return eventText(tick, 'change', { productId, quantity });
  };
  // A late timer must skip no change, and one that is early must send none twice.
  const sendDue = () => {
    for (const until = tickAt(now()); sent < until; sent++) streams.send(event(sent + 1));
  };
  streams.onChange((any) => {
    clearInterval(timer);
    // At least four looks in each tick, so that a change is never late by much.
    timer = any ? setInterval(sendDue, tickMilliseconds / 4).unref() : undefined;
  });
  return Router().get('/api/stock/stream', (request, response) => {
    if (streams.count === 0) sent = tickAt(now());
    else sendDue();
    const seen = /^\d{1,15}$/.exec(request.get('last-event-id') ?? '')?.[0];
    const missed = seen === undefined ? undefined : changesSince(Number(seen), sent);
    streams.open(response, ...(missed?.map(({ tick }) => event(tick)) ?? [eventText(sent, 'snapshot', stockAt(sent))]));
  });
}
