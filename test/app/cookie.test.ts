import { sealData, unsealData } from 'iron-session';
import { products } from '../../app/catalogue';
import { cookieStore } from '../../app/stores/cookie';
import { behavesAsAShop, refusesWhatIsNotSold, rotatesItsSecret, signsAgainOnUse } from './behaviour';
import { openShop, quantities, secret } from './shop';
import { newShopper } from './shopper';

const name = 'shop.sealed';

describe('carts in a sealed cookie', () => {
  behavesAsAShop(() => openShop({ SESSION_STORE: 'cookie' }), name);
  rotatesItsSecret((variables) => openShop({ SESSION_STORE: 'cookie', ...variables }));
  signsAgainOnUse((variables) => openShop({ SESSION_STORE: 'cookie', ...variables }), false);

  refusesWhatIsNotSold(async () => {
    const seal = await sealData({ id: 'a cart', cart: { discontinued: 2 } }, { password: secret });
    return { shop: await openShop({ SESSION_STORE: 'cookie' }), cookie: `${name}=${seal}` };
  });

  test('any instance with the same secret knows the cart, and one with another does not', async () => {
    const [first, second, stranger] = await Promise.all([
      openShop({ SESSION_STORE: 'cookie' }),
      openShop({ SESSION_STORE: 'cookie' }),
      openShop({ SESSION_STORE: 'cookie', SESSION_SECRET: 'another secret, long enough to be taken' }),
    ]);
    const shopper = newShopper();
    await shopper.post(first, { productId: 'anchor', quantity: 2 });
    await first.close();
    expect(quantities(await shopper.cart(second))).toEqual({ anchor: 2 });
    expect(quantities(await shopper.cart(stranger))).toEqual({});
    await Promise.all([second.close(), stranger.close()]);
  });

  test('reading sets no cookie, so that it cannot write over a parallel add', async () => {
    const shop = await openShop({ SESSION_STORE: 'cookie' });
    const shopper = newShopper();
    await shopper.post(shop, { productId: 'anchor', quantity: 2 });
    expect((await shopper.get(shop, '/api/cart')).headers.getSetCookie()).toEqual([]);
    await shop.close();
  });

  test('an old cookie opens what it held also after the checkout: nothing at the server can revoke it', async () => {
    const shop = await openShop({ SESSION_STORE: 'cookie' });
    const shopper = newShopper();
    await shopper.post(shop, { productId: 'anchor', quantity: 2 });
    const old = newShopper();
    old.cookies.set(name, shopper.cookies.get(name) ?? '');
    await shopper.json(shop, 'POST', '/api/checkout');
    expect(quantities(await old.cart(shop))).toEqual({ anchor: 2 });
    await shop.close();
  });

  test('without the secret, the cookie shows nothing of what it holds', async () => {
    const shop = await openShop({ SESSION_STORE: 'cookie' });
    const shopper = newShopper();
    await shopper.post(shop, { productId: 'anchor', quantity: 2 });
    const seal = shopper.cookies.get(name) ?? '';
    expect(Buffer.from(seal, 'base64').toString('latin1')).not.toContain('anchor');
    expect(await unsealData(seal, { password: secret })).toEqual({
      id: expect.stringMatching(/^[\w-]{16}$/),
      cart: { anchor: 2 },
    });
    await shop.close();
  });

  test('the largest cart and receipt of this shop fit into 4096 bytes', async () => {
    const shop = await openShop({ SESSION_STORE: 'cookie' });
    const shopper = newShopper();
    const fill = async () => {
      for (const { id } of products) {
        await shopper.post(shop, { productId: id, quantity: 1 });
        await shopper.json(shop, 'PATCH', `/api/cart/items/${id}`, { quantity: 999 });
      }
    };
    await fill();
    expect((await shopper.json(shop, 'POST', '/api/checkout')).status).toBe(200);
    await fill();
    expect(Object.keys(quantities(await shopper.cart(shop)))).toHaveLength(products.length);
    expect(`${name}=${shopper.cookies.get(name)}`.length).toBeLessThan(4000);
    await shop.close();
  });

  test('a cart too big for its cookie is refused with the sizes, and keeps what it held', async () => {
    const store = cookieStore({ secrets: [secret], maxBytes: 400 });
    const shop = await openShop({}, { store });
    const shopper = newShopper();
    const held: Record<string, number> = {};
    let refused: Response | undefined;
    for (const { id } of products) {
      const response = await shopper.post(shop, { productId: id, quantity: 1 });
      if (response.status === 200) held[id] = 1;
      else refused ??= response;
    }
    expect(refused?.status).toBe(409);
    expect(refused?.headers.getSetCookie()).toEqual([]);
    const { detail } = (await (refused as Response).json()) as { detail: string };
    expect(detail).toMatch(
      /^This cart needs a cookie of 4\d\d bytes, and browsers keep at most 400\. Nothing was changed\. Order what is in it, or remove something first\.$/,
    );
    expect(Object.keys(held).length).toBeGreaterThan(0);
    expect(quantities(await shopper.cart(shop))).toEqual(held);
    // And the advice works.
    expect((await shopper.json(shop, 'DELETE', `/api/cart/items/${Object.keys(held)[0]}`)).status).toBe(200);
    await shop.close();
  });
});
