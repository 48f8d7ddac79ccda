import { connect } from 'node:net';

export interface Load {
  readonly port: number;
  /** Sent over and over, each connection taking the next one. Whole requests, as they go over the wire. */
  readonly requests: readonly string[];
  readonly connections: number;
  readonly seconds: number;
}

/**
 * How many requests were answered. By hand over sockets, so that on two cores most of the work is the server's: an HTTP
 * client costs as much as the server does, and would bring both sides' figures closer together.
 *
 * @throws Error when an answer is not a 200, or a connection ends
 */
export async function load({
  port,
  requests,
  connections,
  seconds,
}: Load): Promise<{ readonly answered: number; readonly perSecond: number }> {
  let answered = 0;
  let next = 0;
  const start = performance.now();
  const end = start + seconds * 1000;
  await Promise.all(
    Array.from(
      { length: connections },
      () =>
        new Promise<void>((resolve, reject) => {
          const socket = connect(port, '127.0.0.1');
          let rest = '';
          const send = () => socket.write(requests[next++ % requests.length] ?? '');
          socket.setEncoding('latin1').setNoDelay(true);
          socket.once('connect', send);
          socket.once('error', reject);
          socket.once('close', () => reject(new Error('The server hung up.')));
          socket.on('data', (text: string) => {
            rest += text;
            const body = rest.indexOf('\r\n\r\n') + 4;
            if (body < 4) return;
            const length = Number(/\r\ncontent-length: (\d+)/i.exec(rest.slice(0, body))?.[1]);
            if (rest.length < body + length) return;
            if (!rest.startsWith('HTTP/1.1 200')) return reject(new Error(rest.slice(0, 200)));
            rest = rest.slice(body + length);
            answered++;
            if (performance.now() < end) send();
            else {
              socket.removeAllListeners('close').destroy();
              resolve();
            }
          });
        }),
    ),
  );
  return { answered, perSecond: (answered * 1000) / (performance.now() - start) };
}
