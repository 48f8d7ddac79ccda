import { openShop, type Shop } from './shop';
import { newShopper } from './shopper';

const id = (digit: string) => digit.repeat(64);
let [a, b]: Shop[] = [];
beforeAll(async () => {
  [a, b] = await Promise.all(['a', 'b'].map((digit) => openShop({ WEBSITE_INSTANCE_ID: id(digit) })));
});

const text = async (response: Response) => (await response.text()).replaceAll(/<[^>]+>/g, '');
const moved = 'Another instance than last time: aaaaaaaa answered your last page, bbbbbbbb this one.';

test('a page says when another instance answered the page before, once, and not on the first', async () => {
  const shopper = newShopper();
  const seen: boolean[] = [];
  for (const shop of [a, a, b, b] as Shop[]) seen.push((await text(await shopper.get(shop, '/'))).includes(moved));
  expect(seen).toEqual([false, false, true, false]);
});

test('requests for data in between do not count: a page compares with the page before', async () => {
  const shopper = newShopper();
  await shopper.get(a as Shop, '/');
  expect((await shopper.get(b as Shop, '/api/products')).headers.getSetCookie()).toEqual([]);
  expect(await text(await shopper.get(b as Shop, '/cart'))).toContain(moved);
});

test.each(['<script>', '%3Cscript%3E', '%', ''])(
  'a forged memory of the last instance (%j) is text at most',
  async (forged) => {
    const shopper = newShopper();
    shopper.cookies.set('shop.last', forged);
    const response = await shopper.get(a as Shop, '/');
    expect(response.status).toBe(200);
    expect(await response.text()).not.toContain('<script');
  },
);

describe('the affinity cookies', () => {
  const all = [
    'ARRAffinity',
    'ARRAffinitySameSite',
    'ApplicationGatewayAffinity',
    'ApplicationGatewayAffinityCORS',
    'ASLBSA',
    'ASLBSACORS',
  ];

  test('that a browser holds are named on the page, and only those', async () => {
    const shopper = newShopper();
    expect(await text(await shopper.get(a as Shop, '/'))).toContain('Affinity cookiesnone');
    shopper.cookies.set('ASLBSA', 'x');
    shopper.cookies.set('ARRAffinity', 'x');
    expect(await text(await shopper.get(a as Shop, '/'))).toContain('Affinity cookiesARRAffinity, ASLBSA');
  });

  test('are dropped by the button, for the host with and without a Domain, and the front end is asked to set none', async () => {
    const shopper = newShopper();
    for (const name of all) shopper.cookies.set(name, 'x');
    const response = await shopper.submit(a as Shop, '/affinity/drop', { back: '/cart' });
    expect([response.status, response.headers.get('location')]).toEqual([303, '/cart']);
    expect(response.headers.get('arr-disable-session-affinity')).toBe('True');
    expect([...shopper.cookies.keys()].sort()).toEqual(['shop.form', 'shop.last']);
    const lines = response.headers.getSetCookie().filter((line) => line.startsWith('ARRAffinity='));
    expect(lines).toEqual([
      'ARRAffinity=; Path=/; Max-Age=0; HttpOnly',
      'ARRAffinity=; Path=/; Max-Age=0; HttpOnly; Domain=127.0.0.1',
    ]);
  });

  test.each(['https://elsewhere.example', '//elsewhere.example', '/\\elsewhere.example', '/nowhere', ''])(
    'lead back to a page of this shop only, not to %j',
    async (back) => {
      const response = await newShopper().submit(a as Shop, '/affinity/drop', { back });
      expect(response.headers.get('location')).toBe('/');
    },
  );
});
