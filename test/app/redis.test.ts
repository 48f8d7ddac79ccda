import { createClient } from 'redis';
import { connectRedis } from '../../app/stores/redisConnection';
import { cartsInRedis } from '../../app/stores/redisHash';
import type { KeptSession } from '../../app/stores/serverSide';
import { describeWithRedis, type RedisServer, startRedis } from '../support/redis';
import { behavesAsAShop, rotatesItsSecret } from './behaviour';
import { openShop, quantities, type Shop } from './shop';
import { newShopper, sessionCookies } from './shopper';

// Processes start slowly on a busy machine; each wait has a limit of its own.
jest.setTimeout(30_000);

describeWithRedis('carts in Redis', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedis();
  });
  const open = (variables: Readonly<Record<string, string>> = {}) =>
    openShop({ SESSION_STORE: 'redis', REDIS_URL: redis.url, ...variables });

  behavesAsAShop(() => open(), 'shop.sid');
  rotatesItsSecret(open);

  test('two instances share carts, and parallel adds to both lose none', async () => {
    const shops = (await Promise.all([open(), open()])) as [Shop, Shop];
    const shopper = newShopper();
    await shopper.post(shops[0], { productId: 'anchor', quantity: 1 });
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        shopper.post(shops[index % 2] as Shop, { productId: 'anchor', quantity: 1 }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(40).fill(200));
    for (const shop of shops) expect(quantities(await shopper.cart(shop))).toEqual({ anchor: 41 });
    await Promise.all(shops.map((shop) => shop.close()));
  });

  test('parallel changes of one line end at one of the quantities asked for', async () => {
    const shops = (await Promise.all([open(), open()])) as [Shop, Shop];
    const shopper = newShopper();
    await shopper.post(shops[0], { productId: 'anchor', quantity: 7 });
    const asked = [3, 50, 11, 24];
    await Promise.all(
      asked.map((quantity, index) =>
        shopper.json(shops[index % 2] as Shop, 'PATCH', '/api/cart/items/anchor', { quantity }),
      ),
    );
    expect(asked).toContain(quantities(await shopper.cart(shops[0])).anchor);
    await Promise.all(shops.map((shop) => shop.close()));
  });

  test('of parallel checkouts one gets the order, with every add acknowledged before it', async () => {
    const shops = (await Promise.all([open(), open()])) as [Shop, Shop];
    for (let round = 0; round < 10; round++) {
      const shopper = newShopper();
      await shopper.post(shops[0], { productId: 'anchor', quantity: 1 });
      const held = shopper.held();
      const send = (path: string, index: number, body = '{}') =>
        fetch((shops[index % 2] as Shop).url + path, {
          method: 'POST',
          headers: { cookie: held, 'content-type': 'application/json' },
          body,
        });
      const add = '{"productId":"anchor","quantity":1}';
      const [adds, checkouts] = await Promise.all([
        Promise.all([0, 1, 2, 3].map((index) => send('/api/cart/items', index, add))),
        Promise.all([0, 1, 2].map((index) => send('/api/checkout', index))),
      ]);
      const placed = checkouts.filter(({ status }) => status === 200);
      expect([placed.length, checkouts.filter(({ status }) => status === 409).length]).toEqual([1, 2]);
      const order = (await placed[0]?.json()) as { items: { quantity: number }[] };
      // An add is in the order, in a new session of its own, or refused; never acknowledged for the old cart and gone.
      const inOldCart = adds.filter((response) => response.status === 200 && sessionCookies(response).length === 0);
      expect(order.items[0]?.quantity).toBe(1 + inOldCart.length);
      expect(adds.map(({ status }) => status).filter((status) => status !== 200 && status !== 409)).toEqual([]);
    }
    await Promise.all(shops.map((shop) => shop.close()));
  });

  test('an add or a change that comes after the end of its session is refused, and leaves nothing in Redis', async () => {
    const connection = await connectRedis({ url: redis.url, report: () => {} });
    const carts = cartsInRedis(connection);
    // As a request sees it that read its session just before the checkout of another one.
    const ended = { id: 'ended', lines: { anchor: 2 } } as unknown as KeptSession;
    expect(await carts.add(ended, 'anchor', 1)).toBeUndefined();
    expect(await carts.change(ended, 'anchor', 5)).toBeUndefined();
    expect(await carts.change(ended, 'tripod', 5)).toBeUndefined();
    expect(await connection.run((client) => client.exists('shop:session:ended'))).toBe(0);
    connection.close();
  });

  test('a session is one hash that expires, and a checkout leaves nothing of the old one', async () => {
    const shop = await open();
    const client = await createClient({ url: redis.url }).connect();
    await client.flushAll();
    const shopper = newShopper();
    await shopper.post(shop, { productId: 'anchor', quantity: 2 });
    const [key = '', ...others] = await client.keys('*');
    expect([key.startsWith('shop:session:'), others]).toEqual([true, []]);
    expect(await client.hGet(key, 'item:anchor')).toBe('2');
    const seconds = await client.ttl(key);
    expect(seconds).toBeGreaterThan(86_390);
    expect(seconds).toBeLessThanOrEqual(86_400);
    const thief = newShopper();
    thief.cookies.set('shop.sid', shopper.cookies.get('shop.sid') ?? '');
    await shopper.json(shop, 'POST', '/api/checkout');
    expect(await client.exists(key)).toBe(0);
    await thief.post(shop, { productId: 'tripod', quantity: 1 });
    expect(quantities(await shopper.cart(shop))).toEqual({});
    expect(await client.exists(key)).toBe(0);
    client.destroy();
    await shop.close();
  });

  test('reading moves the expiry on after an hour, not before', async () => {
    const shop = await open();
    const client = await createClient({ url: redis.url }).connect();
    await client.flushAll();
    const shopper = newShopper();
    await shopper.post(shop, { productId: 'anchor', quantity: 1 });
    const [key = ''] = await client.keys('*');
    const minutesAgo = async (minutes: number) => {
      await client.hSet(key, { touchedAt: Date.now() - minutes * 60_000 });
      await client.expire(key, 1000);
      await shopper.get(shop, '/cart');
      // The move is sent before the answer ends, and this connection asks after it.
      return client.ttl(key);
    };
    expect(await minutesAgo(59)).toBeLessThanOrEqual(1000);
    expect(await minutesAgo(61)).toBeGreaterThan(86_000);
    client.destroy();
    await shop.close();
  });
});
