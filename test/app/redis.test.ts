import { createClient } from 'redis';
import { products } from '../../app/catalogue';
import { signer } from '../../app/keys';
import { connectRedis } from '../../app/stores/redisConnection';
import { sessionsInRedis } from '../../app/stores/redisHash';
import { newSessionId } from '../../app/stores/sessionCookie';
import { describeWithRedis, type RedisServer, startRedis } from '../support/redis';
import {
  behavesAsAShop,
  keepsParallelFirstAdds,
  refusesWhatIsNotSold,
  rotatesItsSecret,
  signsAgainOnUse,
} from './behaviour';
import { keepsSessions } from './sessions';
import { openShop, quantities, type Shop, secret } from './shop';
import { newShopper, sessionCookies } from './shopper';

describeWithRedis('carts in Redis', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedis();
  });
  const open = (variables: Readonly<Record<string, string>> = {}) =>
    openShop({ SESSION_STORE: 'redis', REDIS_URL: redis.url, ...variables });

  behavesAsAShop(() => open(), 'shop.sid');
  rotatesItsSecret(open);
  signsAgainOnUse(open, true);
  keepsParallelFirstAdds(() => Promise.all([open(), open()]));
  keepsSessions(async () => {
    const connection = await connectRedis({ url: redis.url, report: () => {} });
    return { sessions: sessionsInRedis(connection), close: async () => connection.close() };
  });

  refusesWhatIsNotSold(async () => {
    const connection = await connectRedis({ url: redis.url, report: () => {} });
    const id = newSessionId();
    await sessionsInRedis(connection).put(id, { lines: new Map([['discontinued', 2]]) });
    connection.close();
    return { shop: await open(), cookie: `shop.sid=${id}.${signer([secret], 'session id').sign(id)}` };
  });

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
      // An add is in the order or refused; never acknowledged and gone, and never in a session behind the receipt.
      const acknowledged = adds.filter(({ status }) => status === 200);
      expect(order.items[0]?.quantity).toBe(1 + acknowledged.length);
      expect(acknowledged.flatMap(sessionCookies)).toEqual([]);
      expect(adds.map(({ status }) => status).filter((status) => status !== 200 && status !== 409)).toEqual([]);
    }
    await Promise.all(shops.map((shop) => shop.close()));
  });

  test('every key has an end, also one that was only refused, changed, ended or put', async () => {
    const connection = await connectRedis({ url: redis.url, report: () => {} });
    const sessions = sessionsInRedis(connection);
    const client = await createClient({ url: redis.url }).connect();
    await client.flushAll();
    await sessions.add('full', 'anchor', 999, true);
    await sessions.add('full', 'anchor', 1, true);
    await sessions.change('full', 'anchor', 3);
    await sessions.add('missing', 'anchor', 1, false);
    await sessions.change('missing', 'anchor', 1);
    await sessions.add('over', 'anchor', 1000, true);
    await sessions.add('ended', 'anchor', 1, true);
    await sessions.end('ended', ['anchor']);
    await sessions.add('ended', 'anchor', 1, true);
    await sessions.put('put', { lines: new Map() });
    const keys = (await client.keys('*')).sort();
    expect(keys).toEqual(['shop:session:ended', 'shop:session:full', 'shop:session:put']);
    for (const key of keys) expect(await client.ttl(key)).toBeGreaterThan(86_390);
    client.destroy();
    connection.close();
  });

  test("a staging slot with its own prefix shares the Redis and sees none of production's sessions or sign-ins", async () => {
    const [production, staging] = (await Promise.all([open(), open({ SESSION_PREFIX: 'shop-staging' })])) as [
      Shop,
      Shop,
    ];
    const client = await createClient({ url: redis.url }).connect();
    await client.flushAll();
    const shopper = newShopper();
    await shopper.post(production, { productId: 'anchor', quantity: 2 });
    // The same cookie, signed with the same secret.
    expect(quantities(await shopper.cart(staging))).toEqual({});
    const tester = newShopper();
    await tester.post(staging, { productId: 'anchor', quantity: 3 });
    expect(quantities(await tester.cart(production))).toEqual({});
    expect(quantities(await shopper.cart(production))).toEqual({ anchor: 2 });
    expect((await tester.submit(staging, '/signin', { name: 'Ann' }, '/signin')).status).toBe(303);
    const keys = await client.keys('*');
    expect(keys.filter((key) => key.startsWith('shop:'))).toHaveLength(1);
    expect(keys.filter((key) => key.startsWith('shop-staging:signin:'))).toHaveLength(1);
    expect(keys.filter((key) => key.startsWith('shop-staging:session:'))).toHaveLength(1);
    expect(keys).toHaveLength(3);
    client.destroy();
    await Promise.all([production, staging].map((shop) => shop.close()));
  });

  test('a Redis that has forgotten its scripts gets them again', async () => {
    const shop = await open();
    const client = await createClient({ url: redis.url }).connect();
    const shopper = newShopper();
    for (let time = 1; time <= 2; time++) {
      await client.scriptFlush();
      expect((await shopper.post(shop, { productId: 'anchor', quantity: 1 })).status).toBe(200);
      expect(quantities(await shopper.cart(shop))).toEqual({ anchor: time });
    }
    client.destroy();
    await shop.close();
  });

  test('a session with the largest cart and receipt of this shop keeps the compact form of a hash', async () => {
    const shop = await open();
    const client = await createClient({ url: redis.url }).connect();
    await client.flushAll();
    const shopper = newShopper();
    const fill = async () => {
      for (const { id } of products) await shopper.post(shop, { productId: id, quantity: 99 });
    };
    await fill();
    await shopper.json(shop, 'POST', '/api/checkout');
    await fill();
    const keys = await client.keys('*');
    expect(await Promise.all(keys.map((key) => client.objectEncoding(key)))).toEqual(['listpack', 'listpack']);
    client.destroy();
    await shop.close();
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
    // What stays says that it is over, so that an add on its way is refused and not lost.
    expect(await client.hGetAll(key)).toEqual({ ended: '1' });
    expect((await thief.post(shop, { productId: 'tripod', quantity: 1 })).status).toBe(409);
    expect(quantities(await shopper.cart(shop))).toEqual({});
    expect(await client.hGetAll(key)).toEqual({ ended: '1' });
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
