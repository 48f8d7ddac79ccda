import { describeWithRedis, freePort, type RedisServer, startRedis } from '../support/redis';
import { until } from '../support/until';
import { openShop, quantities, type Shop } from './shop';
import { newShopper, sessionCookies } from './shopper';

const timed = async (request: Promise<Response>) => {
  const start = performance.now();
  const response = await request;
  return { response, seconds: (performance.now() - start) / 1000 };
};

const needNoSession = [
  '/',
  '/products/anchor',
  '/favicon.svg',
  '/api/products',
  '/api/products/anchor',
  '/healthz',
  '/livez',
];

/** What must go on: the pages without a session for everybody, and an empty cart for who has none. */
async function theRestGoesOn(shop: Shop, shopper: ReturnType<typeof newShopper>): Promise<void> {
  const stranger = newShopper();
  const answers = await Promise.all([
    ...needNoSession.map((path) => shopper.get(shop, path)),
    ...['/cart', '/api/cart'].map((path) => stranger.get(shop, path)),
  ]);
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
}

const addAgainUntilItWorks = (shop: Shop, shopper: ReturnType<typeof newShopper>) =>
  until('an add is answered 200', async () => {
    const { status } = await shopper.post(shop, { productId: 'tripod', quantity: 1 });
    return status === 200;
  });

describeWithRedis('while Redis is away', () => {
  let redis: RedisServer;
  let shop: Shop;
  beforeEach(async () => {
    redis = await startRedis();
    shop = await openShop({ SESSION_STORE: 'redis', REDIS_URL: redis.url });
  });
  afterEach(async () => {
    await shop.close();
    await redis.stop();
  });

  test('killed: carts answer 503 with Retry-After at once, the rest goes on, and it recovers by itself', async () => {
    const shopper = newShopper();
    await shopper.post(shop, { productId: 'anchor', quantity: 1 });
    await redis.stop();

    for (const request of [
      shopper.get(shop, '/api/cart'),
      shopper.post(shop, { productId: 'anchor', quantity: 1 }),
      shopper.json(shop, 'PATCH', '/api/cart/items/anchor', { quantity: 2 }),
      shopper.json(shop, 'DELETE', '/api/cart/items/anchor'),
      shopper.json(shop, 'POST', '/api/checkout'),
    ]) {
      const { response, seconds } = await timed(request);
      expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
      expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
      expect(await response.json()).toEqual({
        type: 'about:blank',
        title: 'Service Unavailable',
        status: 503,
        detail: 'Carts cannot be reached at the moment. Try again shortly, and check your cart before adding twice.',
      });
      expect(seconds).toBeLessThan(2);
    }
    for (const path of ['/cart', '/checkout', '/receipt']) {
      const page = await shopper.get(shop, path);
      expect([page.status, page.headers.get('retry-after')]).toEqual([503, '5']);
      expect(await page.text()).toContain('Carts cannot be reached at the moment.');
    }
    expect((await shopper.submit(shop, '/cart/items', { productId: 'anchor', quantity: '1' })).status).toBe(503);
    // A shopper without a cookie gets none: it would lead nowhere.
    expect(sessionCookies(await newShopper().post(shop, { productId: 'anchor', quantity: 1 }))).toEqual([]);
    await theRestGoesOn(shop, shopper);
    expect(await (await fetch(`${shop.url}/healthz`)).json()).toMatchObject({
      status: 'degraded',
      reasons: ['Redis is away: carts answer 503.'],
      sessions: { store: 'redis', reachable: false },
    });

    redis = await startRedis({ port: redis.port });
    await addAgainUntilItWorks(shop, shopper);
    expect(shop.reports).toEqual([
      expect.stringMatching(/^Redis at 127\.0\.0\.1:\d+ is away \(.+\): carts answer 503 until it is back\.$/),
      expect.stringMatching(/^Redis at 127\.0\.0\.1:\d+ is back\.$/),
    ]);
  });

  test('frozen with its connections open: each cart request still ends within two seconds, and carts survive', async () => {
    const shopper = newShopper();
    await shopper.post(shop, { productId: 'anchor', quantity: 1 });
    redis.pause();
    const slow = await Promise.all(Array.from({ length: 5 }, () => timed(shopper.get(shop, '/api/cart'))));
    for (const { response, seconds } of slow) {
      expect(response.status).toBe(503);
      expect(seconds).toBeLessThan(2);
    }
    // Having found out, it no longer makes anybody wait.
    // A command would take 1 s, each time; this machine may be busy once.
    const next: number[] = [];
    for (let count = 0; count < 3; count++) next.push((await timed(shopper.get(shop, '/api/cart'))).seconds);
    expect(Math.min(...next)).toBeLessThan(0.9);
    await theRestGoesOn(shop, shopper);
    redis.resume();
    await addAgainUntilItWorks(shop, shopper);
    expect(quantities(await shopper.cart(shop))).toMatchObject({ anchor: 1 });
  });
});

describeWithRedis('a Redis that is not there at the start', () => {
  test('does not keep the shop from opening, is reported, and is used once it comes', async () => {
    const port = await freePort();
    const shop = await openShop({ SESSION_STORE: 'redis', REDIS_URL: `redis://:hush@127.0.0.1:${port}` });
    expect(shop.reports).toEqual([
      `Redis at 127.0.0.1:${port} is away (ECONNREFUSED): carts answer 503 until it is back.`,
    ]);
    await theRestGoesOn(shop, newShopper());
    expect((await newShopper().post(shop, { productId: 'anchor', quantity: 1 })).status).toBe(503);
    await shop.close();

    const later = await openShop({ SESSION_STORE: 'redis', REDIS_URL: `redis://127.0.0.1:${port}` });
    const redis = await startRedis({ port });
    await addAgainUntilItWorks(later, newShopper());
    await later.close();
    await redis.stop();
  });
});
