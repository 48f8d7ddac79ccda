import { MemoryStore } from 'express-session';
import { createApp } from '../../app/app';
import { readEnvironment } from '../../app/environment';
import { listen, portOf } from '../../app/listen';
import { memoryStore } from '../../app/stores/memory';
import { serverSideStore } from '../../app/stores/server-side';
import { StoreUnavailable } from '../../app/stores/store';
import { describeWithRedis, type RedisServer, startRedis } from '../support/redis';
import { newShopper, openShop, quantities, type Shop, secret } from './shop';

/** What holds wherever sessions live: the same sentences for every store. */
function behavesAsAShop(open: () => Promise<Shop>) {
  let shop: Shop;
  beforeAll(async () => {
    shop = await open();
  });
  afterAll(() => shop.close());

  test('a first add answers the cart and sets one session cookie that script cannot read', async () => {
    const shopper = newShopper();
    const response = await shopper.post(shop, { productId: 'anchor', quantity: 2 });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      items: [{ productId: 'anchor', name: 'Anchor', unitPrice: 3450, quantity: 2 }],
      totalQuantity: 2,
      total: 6900,
    });
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^shop\.sid=[^;]+; Path=\/; HttpOnly; SameSite=Lax$/),
    ]);
  });

  test('later adds go to the same cart, which API and page both show', async () => {
    const shopper = newShopper();
    await shopper.post(shop, { productId: 'anchor', quantity: 2 });
    await shopper.post(shop, { productId: 'tripod', quantity: 1 });
    const again = await shopper.post(shop, { productId: 'anchor', quantity: 1 });
    expect(again.headers.getSetCookie()).toEqual([]);
    expect(quantities(await shopper.cart(shop))).toEqual({ anchor: 3, tripod: 1 });
    const page = await (await shopper.get(shop, '/cart')).text();
    expect(page).toContain('<th scope="row">Tripod</th>');
    expect(page).toContain('€ 192.50');
  });

  test('the form adds without script and leads to the cart by a GET', async () => {
    const shopper = newShopper();
    const response = await shopper.submit(shop, { productId: 'sandbag', quantity: '4' });
    expect([response.status, response.headers.get('location')]).toEqual([303, '/cart']);
    expect(quantities(await shopper.cart(shop))).toEqual({ sandbag: 4 });
  });

  test('two shoppers do not see each other', async () => {
    const [one, other] = [newShopper(), newShopper()];
    await one.post(shop, { productId: 'anchor', quantity: 1 });
    await other.post(shop, { productId: 'tripod', quantity: 1 });
    expect(quantities(await one.cart(shop))).toEqual({ anchor: 1 });
    expect(quantities(await other.cart(shop))).toEqual({ tripod: 1 });
  });

  test('looking at an empty cart makes no session and sets no cookie', async () => {
    for (const path of ['/api/cart', '/cart']) {
      const response = await fetch(shop.url + path);
      expect([response.status, response.headers.getSetCookie()]).toEqual([200, []]);
    }
    expect(await (await fetch(`${shop.url}/api/cart`)).json()).toEqual({ items: [], totalQuantity: 0, total: 0 });
  });

  test('21 parallel adds to one cart lose none', async () => {
    const shopper = newShopper();
    await shopper.post(shop, { productId: 'anchor', quantity: 1 });
    const answers = await Promise.all(
      Array.from({ length: 21 }, (_, index) =>
        shopper.post(shop, { productId: index % 2 === 0 ? 'anchor' : 'tripod', quantity: 1 }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(21).fill(200));
    expect(quantities(await shopper.cart(shop))).toEqual({ anchor: 12, tripod: 10 });
  });

  test('a line fills up to 999 and refuses the one beyond, keeping what it holds', async () => {
    const shopper = newShopper();
    for (let added = 0; added < 990; added += 99) await shopper.post(shop, { productId: 'anchor', quantity: 99 });
    expect((await shopper.post(shop, { productId: 'anchor', quantity: 9 })).status).toBe(200);
    const refused = await shopper.post(shop, { productId: 'anchor', quantity: 1 });
    expect(await refused.json()).toEqual({
      type: 'about:blank',
      title: 'Conflict',
      status: 409,
      detail: 'A cart holds at most 999 of one product; adding 1 of anchor to 999 would pass that.',
    });
    expect(quantities(await shopper.cart(shop))).toEqual({ anchor: 999 });
  });

  test('a refused first add makes no session', async () => {
    const refused = await newShopper().post(shop, { productId: 'anchor', quantity: 0 });
    expect([refused.status, refused.headers.getSetCookie()]).toEqual([422, []]);
  });

  test('a tampered cookie opens no cart: it counts as none', async () => {
    const shopper = newShopper();
    await shopper.post(shop, { productId: 'anchor', quantity: 2 });
    const cookie = shopper.cookie() ?? '';
    const last = cookie.at(-1) === 'A' ? 'B' : 'A';
    for (const forged of [
      `${cookie.slice(0, -1)}${last}`,
      cookie.replace(/\..*/, ''),
      'shop.sid=s%3Aadmin.x',
      'shop.sid=%ff',
    ]) {
      const response = await fetch(`${shop.url}/api/cart`, { headers: { cookie: forged } });
      expect([response.status, ((await response.json()) as { totalQuantity: number }).totalQuantity]).toEqual([200, 0]);
    }
    expect(quantities(await shopper.cart(shop))).toEqual({ anchor: 2 });
  });
}

describe('carts in memory', () => {
  behavesAsAShop(() => openShop());

  test('another instance does not know the cart, and leaves the cookie alone', async () => {
    const [first, second] = [await openShop(), await openShop()];
    const shopper = newShopper();
    await shopper.post(first, { productId: 'anchor', quantity: 2 });
    const elsewhere = await shopper.get(second, '/api/cart');
    expect(elsewhere.headers.getSetCookie()).toEqual([]);
    expect(quantities((await elsewhere.json()) as never)).toEqual({});
    expect(quantities(await shopper.cart(first))).toEqual({ anchor: 2 });
    await Promise.all([first.close(), second.close()]);
  });
});

describeWithRedis('carts in Redis', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedis();
  });

  behavesAsAShop(() => openShop({ SESSION_STORE: 'redis', REDIS_URL: redis.url }));

  test('two instances share carts, and parallel adds to both lose none', async () => {
    const shops = await Promise.all([1, 2].map(() => openShop({ SESSION_STORE: 'redis', REDIS_URL: redis.url })));
    const shopper = newShopper();
    await shopper.post(shops[0] as Shop, { productId: 'anchor', quantity: 1 });
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        shopper.post(shops[index % 2] as Shop, { productId: 'anchor', quantity: 1 }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(40).fill(200));
    for (const shop of shops) expect(quantities(await shopper.cart(shop))).toEqual({ anchor: 41 });
    await Promise.all(shops.map((shop) => shop.close()));
  });

  test('a rotated secret: cookies signed by the old one stay good while it is in the list, and no longer', async () => {
    const [before, after] = ['the old secret at 32 characters and more', 'the new secret at 32 characters and more'];
    const [old, rotated, done] = (await Promise.all(
      [before, `${after}, ${before}`, after].map((secrets) =>
        openShop({ SESSION_STORE: 'redis', REDIS_URL: redis.url, SESSION_SECRET: secrets }),
      ),
    )) as [Shop, Shop, Shop];
    const [early, late] = [newShopper(), newShopper()];
    await early.post(old, { productId: 'anchor', quantity: 1 });
    await late.post(rotated, { productId: 'tripod', quantity: 1 });
    expect(quantities(await early.cart(rotated))).toEqual({ anchor: 1 });
    expect(quantities(await early.cart(done))).toEqual({});
    expect(quantities(await late.cart(done))).toEqual({ tripod: 1 });
    await Promise.all([old, rotated, done].map((shop) => shop.close()));
  });
});

describe('an add', () => {
  test('whose session cannot be saved is not acknowledged, and no cookie leads to it', async () => {
    class FullStore extends MemoryStore {
      override set(_id: string, _session: unknown, callback?: (error?: unknown) => void): void {
        callback?.(new StoreUnavailable('full'));
      }
    }
    const add = jest.fn(async () => new Map([['anchor', 1]]));
    const carts = { read: async () => new Map(), add };
    const store = serverSideStore({ ...memoryStore([secret]), sessions: new FullStore(), carts, secrets: [secret] });
    const app = createApp({ environment: readEnvironment({}), store, report: () => {} });
    const server = await listen(app, { port: 0, host: '127.0.0.1' });
    const here = { url: `http://127.0.0.1:${portOf(server)}` };
    const response = await newShopper().post(here, { productId: 'anchor', quantity: 1 });
    expect([response.status, response.headers.getSetCookie(), add.mock.calls.length]).toEqual([503, [], 1]);
    server.closeAllConnections();
    server.close();
  });
});

describe('the session cookie', () => {
  test('is Secure when the front end of App Service says that the shopper came over https', async () => {
    const add = (url: string, protocol: string) =>
      fetch(`${url}/api/cart/items`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-forwarded-proto': protocol,
          'x-forwarded-for': '203.0.113.7:51234',
        },
        body: '{"productId":"anchor","quantity":1}',
      });
    const onAppService = await openShop({ WEBSITE_SITE_NAME: 'shop' });
    expect((await add(onAppService.url, 'https')).headers.getSetCookie()[0]).toMatch(/; Secure/);
    expect((await add(onAppService.url, 'http')).headers.getSetCookie()[0]).not.toMatch(/Secure/);
    await onAppService.close();
    // On a laptop nobody stands in front, so the header is the client's own word.
    const onLaptop = await openShop();
    expect((await add(onLaptop.url, 'https')).headers.getSetCookie()[0]).not.toMatch(/Secure/);
    await onLaptop.close();
  });
});
