import { signer } from '../../app/keys';
import { sessionsInMemory } from '../../app/stores/memory';
import { serverSideStore } from '../../app/stores/serverSide';
import { newSessionId } from '../../app/stores/sessionCookie';
import { StoreUnavailable } from '../../app/stores/store';
import { behavesAsAShop, keepsParallelFirstAdds, refusesWhatIsNotSold } from './behaviour';
import { keepsSessions } from './sessions';
import { openShop, quantities, secret } from './shop';
import { newShopper, sessionCookies } from './shopper';

describe('carts in memory', () => {
  behavesAsAShop(() => openShop(), 'shop.sid');
  keepsSessions(async () => ({ sessions: sessionsInMemory(), close: async () => {} }));
  keepsParallelFirstAdds(async () => {
    const shop = await openShop();
    return [shop];
  });

  refusesWhatIsNotSold(async () => {
    const sessions = sessionsInMemory();
    const id = newSessionId();
    await sessions.put(id, { lines: new Map([['discontinued', 2]]) });
    const close = async () => {};
    const store = serverSideStore({
      name: 'memory',
      keeps: 'here',
      sessions,
      secrets: [secret],
      isReachable: () => true,
      close,
    });
    const signature = signer([secret], 'session id').sign(id);
    return { shop: await openShop({}, { store }), cookie: `shop.sid=${id}.${signature}` };
  });

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

  test('after a checkout the old id opens nothing', async () => {
    const shop = await openShop();
    const shopper = newShopper();
    await shopper.post(shop, { productId: 'anchor', quantity: 2 });
    const thief = newShopper();
    thief.cookies.set('shop.sid', shopper.cookies.get('shop.sid') ?? '');
    await shopper.json(shop, 'POST', '/api/checkout');
    expect(quantities(await thief.cart(shop))).toEqual({});
    expect((await thief.get(shop, '/receipt')).status).toBe(303);
    // Not even by adding, which is refused: nobody would see what is added behind a receipt.
    expect((await thief.post(shop, { productId: 'tripod', quantity: 1 })).status).toBe(409);
    expect(quantities(await shopper.cart(shop))).toEqual({});
    await shop.close();
  });

  test('a session ends a day after its last use, and its memory is given back', async () => {
    let hours = 0;
    const sessions = sessionsInMemory(() => hours * 3_600_000);
    await sessions.add('used', 'anchor', 1, true);
    await sessions.add('left', 'anchor', 1, true);
    hours = 23;
    expect(await sessions.read('used')).toBeDefined();
    hours = 25;
    expect(await sessions.read('left')).toBeUndefined();
    expect(await sessions.read('used')).toBeDefined();
    expect(await sessions.add('left', 'anchor', 1, false)).toEqual({ refused: 'missing' });
  });
});

test('an add that the store does not take is not acknowledged, and no cookie leads to it', async () => {
  const full = async () => {
    throw new StoreUnavailable('full');
  };
  const store = serverSideStore({
    name: 'memory',
    keeps: 'nowhere',
    sessions: { ...sessionsInMemory(), add: full },
    secrets: [secret],
    isReachable: () => true,
    close: async () => {},
  });
  const shop = await openShop({}, { store });
  const response = await newShopper().post(shop, { productId: 'anchor', quantity: 1 });
  expect([response.status, sessionCookies(response)]).toEqual([503, []]);
});
