import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { drain } from '../../app/drain';
import { listen, portOf } from '../../app/listen';
import { describeWithRedis, startRedis } from '../support/redis';
import { until } from '../support/until';
import { bundledShop } from './bundled';
import { type Running, runNode } from './process';
import { secret } from './shop';
import { newShopper } from './shopper';

interface Client {
  readonly answered: () => number;
  /** Whether a request of its own got no answer; resolves when its connection is closed. */
  readonly lost: Promise<boolean>;
}

/** Sends one request after the other on one connection, as a front end does, until an answer hands the connection back. */
function keepAliveClient(port: number, cookie: string, thinkMilliseconds: () => number): Client {
  const socket = connect(port, '127.0.0.1');
  let received = '';
  let waits = false;
  let answered = 0;
  const send = () => {
    if (socket.destroyed || socket.readableEnded) return;
    waits = true;
    socket.write(`GET /api/cart HTTP/1.1\r\nHost: shop\r\nCookie: ${cookie}\r\n\r\n`);
  };
  socket.once('connect', send);
  socket.on('error', () => {});
  socket.on('data', (chunk) => {
    received += chunk;
    const head = received.indexOf('\r\n\r\n');
    const length = Number(/content-length: (\d+)/i.exec(received)?.[1]);
    if (head < 0 || received.length < head + 4 + length) return;
    waits = false;
    answered++;
    const closes = /\r\nconnection: close\r\n/i.test(received);
    received = '';
    if (!closes) setTimeout(send, thinkMilliseconds());
  });
  const lost = new Promise<boolean>((resolve) => socket.once('close', () => resolve(waits)));
  return { answered: () => answered, lost };
}

async function losesNothing(shop: Running): Promise<void> {
  const port = await shop.port();
  const here = { url: `http://127.0.0.1:${port}` };
  const shopper = newShopper();
  await shopper.post(here, { productId: 'anchor', quantity: 1 });
  // The slow ones send less than once in the linger, so some of them are idle when it is over.
  const clients = Array.from({ length: 40 }, (_, index) =>
    keepAliveClient(port, shopper.held(), () => Math.random() * (index < 30 ? 20 : 700)),
  );
  await until('each has been answered twice', () => clients.every(({ answered }) => answered() >= 2));
  shop.child.kill('SIGTERM');
  expect(await Promise.all(clients.map(({ lost }) => lost))).toEqual(clients.map(() => false));
  expect(await shop.exited).toBe(0);
}

test('memory: 40 clients that keep their connections lose no request to SIGTERM', async () => {
  await losesNothing(runNode([await bundledShop()], { PORT: '0' }));
});

describeWithRedis('redis', () => {
  test('40 clients that keep their connections lose no request to SIGTERM', async () => {
    const redis = await startRedis();
    const variables = { PORT: '0', SESSION_STORE: 'redis', REDIS_URL: redis.url, SESSION_SECRET: secret };
    await losesNothing(runNode([await bundledShop()], variables));
    await redis.stop();
  });
});

test('during the linger new connections are answered and handed back, and health says draining', async () => {
  const shop = runNode([await bundledShop()], {
    PORT: '0',
    SHUTDOWN_GRACE_SECONDS: '60',
    SHUTDOWN_LINGER_SECONDS: '59',
  });
  const url = `http://127.0.0.1:${await shop.port()}`;
  shop.child.kill('SIGTERM');
  await until('it drains', () => shop.stderr().includes('draining for at most 60 s'));
  const health = await fetch(`${url}/healthz`);
  expect([health.status, health.headers.get('connection'), await health.json()]).toEqual([
    503,
    'close',
    expect.objectContaining({ status: 'draining' }),
  ]);
  const page = await fetch(url);
  expect([page.status, page.headers.get('connection')]).toEqual([200, 'close']);
  shop.child.kill('SIGKILL');
});

// As after the process was busy: its clients have their connections, which the system holds for it, and it accepts one each time that
// its event loop goes round.
test('who was connected before it stopped accepting gets an answer', async () => {
  const server = await listen((_request, response) => void response.end('well'), { port: 0, host: '127.0.0.1' });
  const port = portOf(server);
  const answers = Array.from({ length: 100 }, () => {
    const socket = connect(port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nHost: shop\r\n\r\n');
    return text(socket).then(
      (answer) => answer.slice(0, 15),
      (error: Error) => error.message,
    );
  });
  const drained = drain(server, { lingerSeconds: 0, graceSeconds: 60 });
  expect(new Set(await Promise.all(answers))).toEqual(new Set(['HTTP/1.1 200 OK']));
  expect(await drained).toBe('drained');
});
