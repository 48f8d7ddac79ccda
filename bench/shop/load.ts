import { connect } from 'node:net';

export interface Load {
  readonly port: number;
  /** Sent over and over, each connection taking the next one. Whole requests, as they go over the wire. */
  readonly requests: readonly string[];
  readonly connections: number;
  /** Ends after so many seconds, or with `count` answers, whichever comes first. */
  readonly seconds: number;
  /** Default: no end but that of the time. */
  readonly count?: number;
}

const mostCut = 10;

export interface Answers {
  readonly answered: number;
  readonly perSecond: number;
  /** Milliseconds of each answer, in no order. */
  readonly milliseconds: readonly number[];
}

/**
 * Sends requests by hand over sockets, so that on two cores most of the work is the server's: an HTTP client costs as much
 * as the server does, and would bring the figures of all servers closer together. Each connection sends its next request
 * when the last is answered, and opens again when the server hands it back. On a machine so busy that this process stands
 * still for seconds, a server's time limits may cut a connection: it opens again, and the request counts for nothing.
 *
 * @throws Error when an answer is not a 200, or more than `mostCut` connections are cut
 */
export async function load({ port, requests, connections, seconds, count = Infinity }: Load): Promise<Answers> {
  const milliseconds: number[] = [];
  let sent = 0;
  let cut = 0;
  const start = performance.now();
  const end = start + seconds * 1000;
  const isOver = () => sent >= count || performance.now() >= end;
  /** Until the server hands the connection back, or all is over. */
  const converse = () =>
    new Promise<void>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      let rest = '';
      let sentAt = 0;
      const send = () => {
        sentAt = performance.now();
        socket.write(requests[sent++ % requests.length] ?? '');
      };
      const leave = () => {
        socket.removeAllListeners('close').destroy();
        resolve();
      };
      socket.setEncoding('latin1').setNoDelay(true);
      socket.once('connect', send);
      // Its end follows, with the same meaning.
      socket.on('error', () => {});
      socket.once('close', () => {
        if (++cut <= mostCut) resolve();
        else reject(new Error(`The server cut more than ${mostCut} connections.`));
      });
      socket.on('data', (text: string) => {
        rest += text;
        const body = rest.indexOf('\r\n\r\n') + 4;
        if (body < 4) return;
        const length = Number(/\r\ncontent-length: (\d+)/i.exec(rest.slice(0, body))?.[1]);
        if (rest.length < body + length) return;
        if (!rest.startsWith('HTTP/1.1 200')) return reject(new Error(rest.slice(0, 400)));
        milliseconds.push(performance.now() - sentAt);
        if (/\r\nconnection: close/i.test(rest.slice(0, body)) || isOver()) return leave();
        rest = rest.slice(body + length);
        send();
      });
    });
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (!isOver()) await converse();
    }),
  );
  const took = (performance.now() - start) / 1000;
  return { answered: milliseconds.length, perSecond: milliseconds.length / took, milliseconds };
}
