import { openShop, quantities, type Shop } from './shop';
import { newShopper } from './shopper';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const addition = { productId: 'anchor', quantity: '1' };
const forms: [string, Record<string, string>][] = [
  ['/cart/items', addition],
  ['/cart/items/anchor', { quantity: '0' }],
  ['/checkout', {}],
  ['/affinity/drop', {}],
];

const tokenOf = async (shopper: ReturnType<typeof newShopper>): Promise<string> =>
  /name="token" value="([^"]+)"/.exec(await (await shopper.get(shop, '/')).text())?.[1] ?? '';

describe.each(forms)('the form that is sent to %s', (path, fields) => {
  test('is refused without its token, with a wrong one, and with somebody else’s, and changes nothing', async () => {
    const shopper = newShopper();
    await shopper.post(shop, { productId: 'anchor', quantity: 2 });
    const own = await tokenOf(shopper);
    for (const token of [undefined, '', 'x', `${own}x`, await tokenOf(newShopper())]) {
      const body = new URLSearchParams({ ...(token !== undefined && { token }), ...fields });
      const response = await shopper.send(shop, 'POST', path, { body });
      expect(response.status).toBe(403);
      expect(await response.text()).toContain('This form is out of date, or it did not come from this shop.');
    }
    expect(quantities(await shopper.cart(shop))).toEqual({ anchor: 2 });
  });

  test('is refused when the cookie that its token belongs to is not sent along', async () => {
    const token = await tokenOf(newShopper());
    const body = new URLSearchParams({ token, ...fields });
    expect((await newShopper().send(shop, 'POST', path, { body })).status).toBe(403);
  });

  test('is refused as JSON or plain text, which carry no form', async () => {
    for (const type of ['application/json', 'text/plain']) {
      const response = await newShopper().send(shop, 'POST', path, { headers: { 'content-type': type }, body: '{}' });
      expect(response.status).toBe(415);
    }
  });
});

test('the token of one page serves every form of it and of later pages, on any instance with the secret', async () => {
  const shopper = newShopper();
  const other = await openShop();
  const token = await tokenOf(shopper);
  expect(await tokenOf(shopper)).toBe(token);
  const response = await shopper.send(other, 'POST', '/cart/items', {
    body: new URLSearchParams({ token, ...addition }),
  });
  expect(response.status).toBe(303);
  await other.close();
});

test.each([
  ['POST', '/api/cart/items'],
  ['PATCH', '/api/cart/items/anchor'],
  ['POST', '/api/checkout'],
])('%s %s takes JSON only, which no other site’s form can send', async (method, path) => {
  const shopper = newShopper();
  await shopper.post(shop, { productId: 'anchor', quantity: 1 });
  for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data', 'application/jsonx']) {
    const response = await shopper.send(shop, method, path, {
      headers: { 'content-type': type },
      body: '{"quantity":1}',
    });
    expect([type, response.status]).toEqual([type, 415]);
  }
  // As a page elsewhere would with `fetch` and no body: that has no type at all.
  expect((await shopper.send(shop, method, path)).status).toBe(415);
  expect(quantities(await shopper.cart(shop))).toEqual({ anchor: 1 });
});

test('another site’s script is granted nothing: the answer to its preflight allows no origin', async () => {
  const response = await fetch(`${shop.url}/api/cart/items/anchor`, {
    method: 'OPTIONS',
    headers: { origin: 'https://elsewhere.example', 'access-control-request-method': 'DELETE' },
  });
  expect(response.headers.has('access-control-allow-origin')).toBe(false);
});
