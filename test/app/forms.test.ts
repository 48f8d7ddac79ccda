import { signer } from '../../app/keys';
import { openShop, quantities, type Shop, secret } from './shop';
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

test('another site’s script gets no access: the answer to its preflight allows no origin', async () => {
  const response = await fetch(`${shop.url}/api/cart/items/anchor`, {
    method: 'OPTIONS',
    headers: { origin: 'https://elsewhere.example', 'access-control-request-method': 'DELETE' },
  });
  expect(response.headers.has('access-control-allow-origin')).toBe(false);
});

test('no signature that the shop gives out for one purpose is taken for another', async () => {
  const shopper = newShopper();
  const token = await tokenOf(shopper);
  const [form = ''] = (shopper.cookies.get('shop.form') ?? '').split('.');
  // A form's token signs a value as long as a session's id. Were it a session's signature, the session would be known as
  // named: its first add would open the session that comes after it.
  const forged = newShopper();
  forged.cookies.set('shop.form', form);
  forged.cookies.set('shop.sid', `${form}.${token}`);
  const opened = await forged.post(shop, { productId: 'anchor', quantity: 1 });
  const plain = newShopper();
  plain.cookies.set('shop.form', form);
  await plain.post(shop, { productId: 'anchor', quantity: 1 });
  expect(opened.headers.getSetCookie()[0]?.split(';')[0]).toBe(`shop.sid=${plain.cookies.get('shop.sid')}`);
  // Nor is a session's signature a form's token, although its cookie is the value that it signs.
  const [id = '', signature = ''] = (plain.cookies.get('shop.sid') ?? '').split('.');
  const attacker = newShopper();
  attacker.cookies.set('shop.form', id);
  const body = new URLSearchParams({ token: signature, ...addition });
  expect((await attacker.send(shop, 'POST', '/cart/items', { body })).status).toBe(403);
  for (const purpose of ['form token', 'session id', 'next session'] as const) {
    const others = (['form token', 'session id', 'next session'] as const).filter((each) => each !== purpose);
    const signed = signer([secret], purpose).sign('the same text');
    for (const other of others) expect(signer([secret], other).signedBy('the same text', signed)).toBeUndefined();
  }
});
