import { MemoryStore } from 'express-session';
import { memoryStore } from '../../app/stores/memory';
import { serverSideStore } from '../../app/stores/serverSide';
import { StoreUnavailable } from '../../app/stores/store';
import { behavesAsAShop } from './behaviour';
import { openShop, quantities, secret } from './shop';
import { newShopper, sessionCookies } from './shopper';

describe('carts in memory', () => {
  behavesAsAShop(() => openShop(), 'shop.sid');

  test('21 parallel adds to one cart lose none', async () => {
    const shop = await openShop();
    const shopper = newShopper();
    await shopper.post(shop, { productId: 'anchor', quantity: 1 });
    const answers = await Promise.all(
      Array.from({ length: 21 }, (_, index) =>
        shopper.post(shop, { productId: index % 2 === 0 ? 'anchor' : 'tripod', quantity: 1 }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(21).fill(200));
    expect(quantities(await shopper.cart(shop))).toEqual({ anchor: 12, tripod: 10 });
    await shop.close();
  });

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

  test('after a checkout the old id leads nowhere', async () => {
    const shop = await openShop();
    const shopper = newShopper();
    await shopper.post(shop, { productId: 'anchor', quantity: 2 });
    const thief = newShopper();
    thief.cookies.set('shop.sid', shopper.cookies.get('shop.sid') ?? '');
    await shopper.json(shop, 'POST', '/api/checkout');
    expect(quantities(await thief.cart(shop))).toEqual({});
    expect((await thief.get(shop, '/receipt')).status).toBe(303);
    // Not even by adding: that starts a session of the thief's own.
    await thief.post(shop, { productId: 'tripod', quantity: 1 });
    expect(quantities(await shopper.cart(shop))).toEqual({});
    await shop.close();
  });
});

test('an add whose session cannot be saved is not acknowledged, and no cookie leads to it', async () => {
  class FullStore extends MemoryStore {
    override set(_id: string, _session: unknown, callback?: (error?: unknown) => void): void {
      callback?.(new StoreUnavailable('full'));
    }
  }
  const add = jest.fn(async () => new Map([['anchor', 1]]));
  const carts = { read: async () => new Map(), add, change: add, take: async () => new Map() };
  const store = serverSideStore({ ...memoryStore([secret]), sessions: new FullStore(), carts, secrets: [secret] });
  const shop = await openShop({}, { store });
  const response = await newShopper().post(shop, { productId: 'anchor', quantity: 1 });
  expect([response.status, sessionCookies(response), add.mock.calls.length]).toEqual([503, [], 0]);
});
