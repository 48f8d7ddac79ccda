/**
 * The way of one process to its Redis, through a port of loopback, so that it can get worse: answers and commands that take
 * longer, that are lost and sent again, connections that are silent without an end, and no way at all.
 *
 * TCP repairs a lost packet, so an app never sees the loss: it sees that what follows waits for the packet to be sent again. Linux
 * waits at least 200 ms for that. So a loss is a pause here, and everything behind it waits, too.
 * @see https://www.rfc-editor.org/rfc/rfc6298
 */

import { connect, createServer, type Socket } from 'node:net';
import { type Listening, listenOnLoopback } from '../loopback';

export interface LinkManner {
  /** Real milliseconds that each part takes on its way, in each direction. */
  readonly delayMs?: number;
  /** Of so many parts one is lost, and comes `resentMs` later. */
  readonly lostOneIn?: number;
  readonly resentMs?: number;
  /** Connections are cut and refused. */
  readonly isCut?: boolean;
}

export interface Link extends Listening {
  /** From now on; an empty manner is a way without fault. */
  behave(manner: LinkManner): void;
  /** Connections that are open now pass nothing on any more and are not ended: only their client can find out. New ones are well. */
  halfOpen(): void;
}

export async function openLink(targetPort: number): Promise<Link> {
  let manner: LinkManner = {};
  let parts = 0;
  const pairs = new Set<{ readonly sockets: readonly Socket[]; isSilent: boolean }>();
  const server = createServer((client) => {
    if (manner.isCut) return void client.destroy();
    const upstream = connect(targetPort, '127.0.0.1');
    const pair = { sockets: [client, upstream], isSilent: false };
    pairs.add(pair);
    const cut = (): void => {
      pairs.delete(pair);
      for (const socket of pair.sockets) socket.destroy();
    };
    for (const socket of pair.sockets) socket.setNoDelay(true).once('error', cut).once('close', cut);
    const passOn = (from: Socket, to: Socket): void => {
      const onTheWay: { readonly part: Buffer; readonly arrivesAt: number }[] = [];
      let arrivesAt = 0;
      // Timers that end in the same millisecond run in any order, so what arrives is taken from the queue.
      const deliver = (): void => {
        for (let [next] = onTheWay; next && next.arrivesAt <= performance.now(); [next] = onTheWay) {
          onTheWay.shift();
          if (!pair.isSilent && !to.destroyed) to.write(next.part);
        }
        const [next] = onTheWay;
        if (next) setTimeout(deliver, Math.max(1, next.arrivesAt - performance.now()));
      };
      from.on('data', (part) => {
        if (pair.isSilent) return;
        const { delayMs = 0, lostOneIn = 0, resentMs = 0 } = manner;
        const isLost = lostOneIn > 0 && ++parts % lostOneIn === 0;
        const now = performance.now();
        // In order: what follows a lost part waits for it.
        arrivesAt = Math.max(arrivesAt, now + delayMs + (isLost ? resentMs : 0));
        onTheWay.push({ part, arrivesAt });
        if (onTheWay.length === 1) deliver();
      });
    };
    passOn(client, upstream);
    passOn(upstream, client);
  });
  const cutAll = (): void => {
    for (const { sockets } of pairs) for (const socket of sockets) socket.destroy();
  };
  return {
    ...(await listenOnLoopback(server, cutAll)),
    behave: (given) => {
      manner = given;
      if (given.isCut) cutAll();
    },
    halfOpen: () => {
      for (const pair of pairs) pair.isSilent = true;
    },
  };
}
