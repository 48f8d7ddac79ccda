import { Agent, request } from 'node:http';
import type { Writable } from 'node:stream';
import { type Answering, type Asked, ask, type Handler } from '../../../drill/frontends/handOver';
import { type Hop, listen } from '../../../drill/frontends/hop';

type Ask = (asked: Asked, onAnswer: (answer: Answering) => void) => Writable;

const agent = new Agent({ keepAlive: false });

/** What a client sees, in order: the answer, its body, how it ended. */
async function seen(
  send: Ask,
  asked: Partial<Asked> & { readonly port: number },
  body = '',
): Promise<readonly unknown[]> {
  const what: unknown[] = [];
  await new Promise<void>((resolve) => {
    const failed = (error: NodeJS.ErrnoException): void => {
      what.push(error.code);
      resolve();
    };
    const sent = send({ agent, method: 'GET', path: '/', headers: {}, ...asked }, (answer) => {
      what.push(answer.statusCode, answer.headers['set-cookie'] ?? [], answer.headers['x-count']);
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      answer.once('error', failed).once('end', () => {
        what.push(text);
        resolve();
      });
    });
    sent.once('error', failed).end(body);
  });
  return what;
}

const overTcp: Ask = (asked, onAnswer) => request({ host: '127.0.0.1', ...asked }, onAnswer);

describe.each([
  ['handed over', ask],
  ['over TCP', overTcp],
] as const)('a request that is %s', (_way, send) => {
  let layer: Hop;
  afterEach(() => layer.close());
  const layerThat = async (handler: Handler): Promise<number> => {
    layer = await listen(handler);
    return layer.port;
  };

  test('shows its method, path, headers and body to the layer, and the answer to the client', async () => {
    const got: unknown[] = [];
    const port = await layerThat((incoming, outgoing) => {
      const { method, url, headers } = incoming;
      got.push(method, url, headers['x-one'], headers.cookie);
      incoming.setEncoding('utf8').on('data', (part) => got.push(part));
      incoming.once('end', () => {
        outgoing.writeHead(201, { 'Set-Cookie': ['a=1', 'b=2'], 'X-Count': 3 });
        outgoing.write('first ');
        outgoing.end('second');
      });
    });
    const headers = { 'X-One': 'one', Cookie: 'a=1', 'content-length': 4 };
    expect(await seen(send, { port, method: 'POST', path: '/add?to=1', headers }, 'body')).toEqual([
      ...[201, ['a=1', 'b=2'], '3', 'first second'],
    ]);
    expect(got).toEqual(['POST', '/add?to=1', 'one', 'a=1', 'body']);
  });

  test('has no body where it asks for the head alone', async () => {
    const port = await layerThat((_, outgoing) => void outgoing.writeHead(200).end('text'));
    expect(await seen(send, { port, method: 'HEAD' })).toEqual([200, [], undefined, '']);
  });

  test('fails when the layer breaks off before its answer, in it, when it is dark, and when it has ended', async () => {
    const port = await layerThat(({ url }, outgoing) => {
      if (url === '/in') outgoing.writeHead(200).write('some', () => setImmediate(() => outgoing.destroy()));
      else outgoing.destroy();
    });
    expect(await seen(send, { port })).toEqual(['ECONNRESET']);
    expect(await seen(send, { port, path: '/in' })).toEqual([200, [], undefined, 'ECONNRESET']);
    layer.goDark(true);
    expect(await seen(send, { port })).toEqual(['ECONNRESET']);
    await layer.close();
    expect(await seen(send, { port })).toEqual(['ECONNREFUSED']);
  });

  test('is cut when the layer goes dark while it waits, and answered again after that', async () => {
    let waiting: () => void = () => {};
    const waits = new Promise<void>((resolve) => {
      waiting = resolve;
    });
    const port = await layerThat(({ url }, outgoing) => {
      if (url === '/wait') waiting();
      else outgoing.writeHead(200).end('well');
    });
    const cut = seen(send, { port, path: '/wait' });
    await waits;
    layer.goDark(true);
    expect(await cut).toEqual(['ECONNRESET']);
    layer.goDark(false);
    expect(await seen(send, { port })).toEqual([200, [], undefined, 'well']);
  });

  test('that its client gives up ends at the layer, too', async () => {
    let sent: Writable | undefined;
    const left = new Promise<boolean>((resolve) => {
      void layerThat((_, outgoing) => {
        outgoing.once('close', () => resolve(outgoing.writableFinished));
        sent?.destroy();
      }).then((port) => {
        sent = send({ port, agent, method: 'GET', path: '/', headers: {} }, () => {});
        sent.once('error', () => undefined).end();
      });
    });
    expect(await left).toBe(false);
  });
});
