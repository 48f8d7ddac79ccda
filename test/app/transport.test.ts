import fc from 'fast-check';
import { withoutPort } from '../../app/clientAddress';
import { cookiesOf } from '../../app/cookies';
import { openShop, quantities } from './shop';
import { newShopper } from './shopper';

const overHttps = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.7:51234' };
const onAppService = { WEBSITE_SITE_NAME: 'shop' };

describe.each([
  ['memory', 'shop.sid', ['shop.next']],
  ['cookie', 'shop.sealed', []],
])('cookies with sessions in %s', (store, name, others) => {
  test('over https are Secure and bound to the host by their names, over http have plain names', async () => {
    const shop = await openShop({ ...onAppService, SESSION_STORE: store });
    const [https, http] = [newShopper(overHttps), newShopper({ 'x-forwarded-proto': 'http' })];
    for (const shopper of [https, http]) {
      await shopper.submit(shop, '/cart/items', { productId: 'anchor', quantity: '1' });
      expect(quantities(await shopper.cart(shop))).toEqual({ anchor: 1 });
      expect((await shopper.json(shop, 'POST', '/api/checkout')).status).toBe(200);
    }
    const names = [name, ...others, 'shop.form', 'shop.last'].sort();
    expect([...https.cookies.keys()].sort()).toEqual(names.map((each) => `__Host-${each}`));
    expect([...http.cookies.keys()].sort()).toEqual(names);
    const response = await newShopper(overHttps).post(shop, { productId: 'anchor', quantity: 1 });
    const line = response.headers.getSetCookie()[0] ?? '';
    expect(line.split('; ').slice(1).sort()).toEqual(['HttpOnly', 'Path=/', 'SameSite=Lax', 'Secure']);
    await shop.close();
  });

  test('a cookie with the plain name opens nothing over https: a page over http could have planted it', async () => {
    const shop = await openShop({ ...onAppService, SESSION_STORE: store });
    const http = newShopper({ 'x-forwarded-proto': 'http' });
    await http.post(shop, { productId: 'anchor', quantity: 1 });
    const https = newShopper(overHttps);
    https.cookies.set(name, http.cookies.get(name) ?? '');
    expect(quantities(await https.cart(shop))).toEqual({});
    await shop.close();
  });
});

test('on a laptop no proxy is in front, so X-Forwarded-Proto comes from the client and is ignored', async () => {
  const shop = await openShop();
  const response = await newShopper(overHttps).post(shop, { productId: 'anchor', quantity: 1 });
  expect(response.headers.getSetCookie()[0]).not.toMatch(/Secure|__Host-/);
  expect(response.headers.has('strict-transport-security')).toBe(false);
  await shop.close();
});

test.each([
  ['http, https', true],
  ['https, http', false],
  ['https,HTTPS ', true],
  ['http', false],
])('of X-Forwarded-Proto: %s the value of the nearest proxy counts, which is the last', async (given, secure) => {
  const shop = await openShop(onAppService);
  const { headers } = await newShopper({ 'x-forwarded-proto': given }).get(shop, '/');
  expect([headers.has('strict-transport-security'), /__Host-/.test(headers.getSetCookie().join())]).toEqual([
    secure,
    secure,
  ]);
  await shop.close();
});

test.each([
  ['0', '127.0.0.1'],
  ['1', '198.51.100.2'],
  ['2', '203.0.113.7'],
])('with %s proxies of ours the client is %s, without a port, whatever it wrote itself', async (hops, client) => {
  const shop = await openShop({ TRUSTED_PROXY_HOPS: hops });
  await newShopper({ 'x-forwarded-for': '10.9.9.9, 203.0.113.7:51234, 198.51.100.2:443' }).get(shop, '/api/cart');
  expect(shop.records.map((record) => record.client)).toEqual([client]);
  await shop.close();
});

describe('an address', () => {
  test.each([
    ['203.0.113.7:51234', '203.0.113.7'],
    ['203.0.113.7', '203.0.113.7'],
    ['[2001:db8::1]:443', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['2001:db8::1', '2001:db8::1'],
    ['::ffff:127.0.0.1', '127.0.0.1'],
    ['', ''],
  ])('%j is %j without its port', (address, bare) => {
    expect(withoutPort(address)).toBe(bare);
  });

  test('of either kind survives a port, and any text comes out no longer than 64 characters', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 1, max: 65535 }), (ip, port) => withoutPort(`${ip}:${port}`) === ip),
    );
    fc.assert(fc.property(fc.ipV6(), fc.nat(65535), (ip, port) => withoutPort(`[${ip}]:${port}`) === withoutPort(ip)));
    fc.assert(fc.property(fc.string({ maxLength: 300 }), (text) => withoutPort(text).length <= 64));
  });
});

test('whatever a Cookie header holds, names and values are read or left out, and the first of a name counts', () => {
  const name = fc.stringMatching(/^[\w-]{1,8}$/);
  const value = fc.stringMatching(/^[\w%=~*.-]{0,12}$/);
  fc.assert(
    fc.property(fc.array(fc.tuple(name, value)), (pairs) => {
      const header = pairs.map((pair) => pair.join('=')).join('; ');
      expect(cookiesOf({ headers: { cookie: header } })).toEqual(new Map([...pairs].reverse()));
    }),
  );
  fc.assert(fc.property(fc.string(), (cookie) => cookiesOf({ headers: { cookie } }) instanceof Map));
});

test('only spaces and tabs around a cookie’s name and value are dropped, nothing else that looks like a space', () => {
  const header = ' \ta\t = \t1 \t; \u00a0b=2; c=\u00a03\u2003; \ufeffd=4; e=\v5\f';
  expect(cookiesOf({ headers: { cookie: header } })).toEqual(
    new Map([
      ['a', '1'],
      ['\u00a0b', '2'],
      ['c', '\u00a03\u2003'],
      ['\ufeffd', '4'],
      ['e', '\v5\f'],
    ]),
  );
});
