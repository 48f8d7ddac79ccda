import { connect } from 'node:net';
import { connectRedis } from '../../app/stores/redisConnection';
import { describeWithRedis, type RedisServer, startRedis } from '../support/redis';
import { bundledShop } from './bundled';
import { runNode } from './process';
import { secret } from './shop';
import { newShopper } from './shopper';

const body = '{"productId":"sandbag","quantity":1}';
const requests = {
  'reads of the cart': (cookie: string) => `GET /api/cart HTTP/1.1\r\nHost: shop\r\nCookie: ${cookie}\r\n\r\n`,
  adds: (cookie: string) =>
    `POST /api/cart/items HTTP/1.1\r\nHost: shop\r\nCookie: ${cookie}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
};

/** Opens as many connections, then sends the request on all of them. Resolves with how often each status was answered. */
async function atOnce(
  port: number,
  count: number,
  request: (index: number) => string,
): Promise<Record<string, number>> {
  const sockets = await Promise.all(
    Array.from({ length: count }, async () => {
      const socket = connect(port, '127.0.0.1');
      await new Promise((done, failed) => socket.once('connect', done).once('error', failed));
      return socket;
    }),
  );
  const statuses = await Promise.all(
    sockets.map(
      (socket, index) =>
        new Promise<string>((resolve) => {
          let received = '';
          socket.on('data', (chunk) => {
            received += chunk;
            const status = /^HTTP\/1\.1 (\d+) [\s\S]*\r\n\r\n/.exec(received)?.[1];
            if (status !== undefined) resolve(status);
          });
          socket.once('close', () => resolve('closed'));
          socket.on('error', () => {});
          socket.write(request(index));
        }),
    ),
  );
  for (const socket of sockets) socket.destroy();
  const counts: Record<string, number> = {};
  for (const status of statuses) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

describe.each(['memory', 'cookie'])('sessions in %s', (store) => {
  test('3,000 reads at once are all answered', async () => {
    const shop = runNode([await bundledShop()], { PORT: '0', SESSION_STORE: store, SESSION_SECRET: secret });
    const port = await shop.port();
    expect(await atOnce(port, 3000, () => requests['reads of the cart']('none=1'))).toEqual({ 200: 3000 });
    shop.child.kill('SIGKILL');
  });
});

describeWithRedis('sessions in Redis', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedis();
  });

  test.each(Object.entries(requests))(
    '3,000 %s at once are all answered, and Redis counts as there',
    async (_name, request) => {
      const variables = { PORT: '0', SESSION_STORE: 'redis', REDIS_URL: redis.url, SESSION_SECRET: secret };
      const shop = runNode([await bundledShop()], variables);
      const port = await shop.port();
      const shoppers = Array.from({ length: 20 }, () => newShopper());
      for (const shopper of shoppers)
        await shopper.post({ url: `http://127.0.0.1:${port}` }, { productId: 'anchor', quantity: 1 });
      expect(await atOnce(port, 3000, (index) => request(shoppers[index % 20]?.held() ?? ''))).toEqual({ 200: 3000 });
      expect(shop.stderr()).toBe('');
      shop.child.kill('SIGKILL');
    },
  );

  test('an answer that waited because this process was busy for three seconds is an answer', async () => {
    const reports: string[] = [];
    const connection = await connectRedis({ url: redis.url, report: (line) => void reports.push(line) });
    const answer = connection.run((client) => client.ping());
    // The command is sent in the next turn of the event loop; then nothing is read for longer than any limit.
    await new Promise((done) => setImmediate(done));
    const until = performance.now() + 3000;
    while (performance.now() < until);
    expect(await answer).toBe('PONG');
    expect(reports).toEqual([]);
    connection.close();
  });
});
