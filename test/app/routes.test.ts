import { request as rawRequest } from 'node:http';
import { products } from '../../app/catalogue';
import { memoryStore } from '../../app/stores/memory';
import type { Shopper, Store } from '../../app/stores/store';
import { openShop, type Shop } from './shop';
import { newShopper, sessionCookies } from './shopper';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ WEBSITE_INSTANCE_ID: 'f'.repeat(64), REGION_NAME: 'Sweden Central', INSTANCE_ZONE: '2' });
});
afterAll(() => shop.close());

const post = (path: string, body: string, type = 'application/json') =>
  fetch(shop.url + path, { method: 'POST', headers: { 'content-type': type }, body, redirect: 'manual' });

describe('what needs no session', () => {
  test.each(['/', '/products/anchor', '/favicon.svg'])('%s makes no session', async (path) => {
    const response = await fetch(shop.url + path);
    expect([response.status, sessionCookies(response)]).toEqual([200, []]);
  });

  test.each(['/api/products', '/api/products/anchor', '/api/cart', '/healthz', '/livez', '/favicon.svg'])(
    '%s answers without any cookie',
    async (path) => {
      const response = await fetch(shop.url + path);
      expect([response.status, response.headers.getSetCookie()]).toEqual([200, []]);
    },
  );

  test('the API lists every product, and one by its id', async () => {
    expect(await (await fetch(`${shop.url}/api/products`)).json()).toEqual(products);
    expect(await (await fetch(`${shop.url}/api/products/tripod`)).json()).toEqual(
      products.find(({ id }) => id === 'tripod'),
    );
  });

  test.each(['/api/products', '/api/products/tripod'])('%s may be kept a minute by any cache', async (path) => {
    const { headers } = await fetch(shop.url + path);
    expect([headers.get('cache-control'), headers.get('etag')]).toEqual([
      'public, max-age=60',
      expect.stringMatching(/^(W\/)?"/),
    ]);
  });

  test('what is not there is not kept', async () => {
    expect((await fetch(`${shop.url}/api/products/nothing`)).headers.get('cache-control')).toBe('no-store');
  });

  test('an unchanged product list is not sent again', async () => {
    const etag = (await fetch(`${shop.url}/api/products`)).headers.get('etag') ?? '';
    // Not with fetch: it adds Cache-Control: no-cache to a conditional request, and then Express must not answer 304.
    const status = await new Promise((resolve, reject) => {
      rawRequest(`${shop.url}/api/products`, { headers: { 'if-none-match': etag } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .once('error', reject)
        .end();
    });
    expect(status).toBe(304);
  });

  test('the catalogue has a labelled form for every product', async () => {
    const page = await (await fetch(shop.url)).text();
    for (const { id, name } of products) {
      expect(page).toContain(`<label class="unseen" for="quantity-${id}">Quantity of ${name}</label>`);
      expect(page).toContain(`<input id="quantity-${id}"`);
    }
  });
});

describe('who answered', () => {
  test.each(['/', '/api/products', '/api/cart', '/healthz', '/nowhere', '/api/nowhere', '/%zz'])(
    '%s says instance, region and zone in its headers',
    async (path) => {
      const { headers } = await fetch(shop.url + path);
      expect([headers.get('x-instance-id'), headers.get('x-region'), headers.get('x-zone')]).toEqual([
        'f'.repeat(64),
        'Sweden Central',
        '2',
      ]);
    },
  );

  test('a page shows them, the long instance id shortened, and where sessions live', async () => {
    const page = await (await fetch(shop.url)).text();
    expect(page).toContain('<dt>Instance</dt><dd>ffffffff</dd>');
    expect(page).toContain('<dt>Region</dt><dd>Sweden Central</dd>');
    expect(page).toContain('<dt>Zone</dt><dd>2</dd>');
    expect(page).toContain('<dt>Sessions live</dt><dd>in this process&#39;s memory</dd>');
  });

  test('what is not known is shown as unknown and has no header', async () => {
    const laptop = await openShop();
    const response = await fetch(laptop.url);
    expect(response.headers.has('x-region')).toBe(false);
    expect(response.headers.has('x-zone')).toBe(false);
    expect(await response.text()).toContain('<dt>Zone</dt><dd>unknown</dd>');
    await laptop.close();
  });

  test('names from outside are text on the page, not markup', async () => {
    const odd = await openShop({ REGION_NAME: '<b>"&' });
    expect(await (await fetch(odd.url)).text()).toContain('<dt>Region</dt><dd>&lt;b&gt;&quot;&amp;</dd>');
    await odd.close();
  });
});

describe('what cannot be', () => {
  const quantityRefusal = (got: string) =>
    `\`quantity\` must be a whole number from 1 to 99, got: ${got}. Add more in further requests.`;

  test.each([
    ['quantity 0', { productId: 'anchor', quantity: 0 }, quantityRefusal('0')],
    ['quantity -1', { productId: 'anchor', quantity: -1 }, quantityRefusal('-1')],
    ['quantity 100', { productId: 'anchor', quantity: 100 }, quantityRefusal('100')],
    ['quantity 1e9', { productId: 'anchor', quantity: 1e9 }, quantityRefusal('1000000000')],
    ['quantity 1.5', { productId: 'anchor', quantity: 1.5 }, quantityRefusal('1.5')],
    ['a text as quantity', { productId: 'anchor', quantity: 'x' }, quantityRefusal('"x"')],
    ['no quantity', { productId: 'anchor' }, quantityRefusal('nothing')],
    [
      'an unknown product',
      { productId: 'unicorn', quantity: 1 },
      '`productId` must be the id of a product, got: "unicorn". GET /api/products lists them.',
    ],
    [
      'a product of every object',
      { productId: '__proto__', quantity: 1 },
      '`productId` must be the id of a product, got: "__proto__". GET /api/products lists them.',
    ],
    ['a list', [], 'The body must be a JSON object with productId and quantity, got: [].'],
  ])('the API refuses %s and says why', async (_name, body, detail) => {
    const response = await post('/api/cart/items', JSON.stringify(body));
    expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(await response.json()).toEqual({ type: 'about:blank', title: 'Unprocessable Entity', status: 422, detail });
    expect([response.status, response.headers.getSetCookie()]).toEqual([422, []]);
  });

  test.each([1, 99])('the API takes the edges of what is allowed: %s', async (quantity) => {
    expect((await post('/api/cart/items', JSON.stringify({ productId: 'anchor', quantity }))).status).toBe(200);
  });

  test.each([
    ['broken JSON', '{"productId":', 'application/json', 400, 'The body is not valid JSON.'],
    ['a bare word', 'null', 'application/json', 400, 'The body is not valid JSON.'],
    [
      'an oversized body',
      `{"x":"${'x'.repeat(2048)}"}`,
      'application/json',
      413,
      'The body is larger than 2048 bytes.',
    ],
    ['another type', 'productId=anchor', 'text/plain', 415, 'Send a JSON object with Content-Type: application/json.'],
  ])('the API refuses %s', async (_name, body, type, status, detail) => {
    const response = await post('/api/cart/items', body, type);
    expect(await response.json()).toMatchObject({ status, detail });
    expect(response.status).toBe(status);
  });

  test('a body just inside the limit is read', async () => {
    const body = (filler: number) => JSON.stringify({ productId: 'anchor', quantity: 1, filler: 'x'.repeat(filler) });
    const room = 2048 - body(0).length;
    expect((await post('/api/cart/items', body(room))).status).toBe(200);
    expect((await post('/api/cart/items', body(room + 1))).status).toBe(413);
  });

  test.each(['0', '-1', '100', '1.5', '1e1', ' 5', 'x', ''])(
    'the form refuses %j as quantity, on a page',
    async (quantity) => {
      const response = await newShopper().submit(shop, '/cart/items', { productId: 'anchor', quantity });
      expect([response.status, sessionCookies(response)]).toEqual([422, []]);
      const page = await response.text();
      expect(page).toContain('`quantity` must be a whole number from 1 to 99');
      expect(page).toContain('<a class="button" href="/">Back to the shop</a>');
    },
  );

  test('an unknown path is a page for people and a problem for programs', async () => {
    const page = await fetch(`${shop.url}/<script>`);
    expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    expect(await page.text()).not.toContain('<script>');
    const problem = await fetch(`${shop.url}/api/orders`);
    expect(await problem.json()).toEqual({
      type: 'about:blank',
      title: 'Not Found',
      status: 404,
      detail: 'There is nothing at GET /api/orders.',
    });
  });

  test('an unknown product has no address', async () => {
    const response = await fetch(`${shop.url}/api/products/..%2f..%2fetc%2fpasswd`);
    expect([response.status, await response.json()]).toEqual([
      404,
      expect.objectContaining({ detail: 'There is no product "../../etc/passwd".' }),
    ]);
  });

  test('a path that cannot be decoded is the client’s mistake', async () => {
    const response = await fetch(`${shop.url}/api/products/%zz`);
    expect([response.status, await response.json()]).toEqual([
      400,
      expect.objectContaining({ detail: 'The request cannot be read: Bad Request.' }),
    ]);
  });
});

describe('an error of our own', () => {
  test('is logged in full, and the client learns only that it happened', async () => {
    const broken: Store = {
      ...memoryStore(['secret']),
      shopper: (): Shopper => {
        throw new Error('key=hush');
      },
    };
    const open = await openShop({}, { store: broken });
    for (const path of ['/cart', '/api/cart']) {
      const response = await fetch(open.url + path);
      const text = await response.text();
      expect(response.status).toBe(500);
      expect(text).toContain('Something went wrong here.');
      expect(text).not.toMatch(/hush|\.ts:|\n {4}at /);
      if (path === '/cart') expect(text).toContain(`Request ${response.headers.get('x-request-id')}.`);
    }
    expect(open.reports).toEqual([
      expect.stringMatching(/^GET \/cart \(request [0-9a-f-]{36}\): Error: key=hush\n {4}at /),
      expect.stringMatching(/^GET \/api\/cart \(request [0-9a-f-]{36}\): Error: key=hush\n {4}at /),
    ]);
  });
});

describe('every response', () => {
  test.each(['/', '/api/cart', '/nowhere'])('%s forbids script, framing and guessing of types', async (path) => {
    const { headers } = await fetch(shop.url + path);
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none';style-src 'sha256-[\w+/=]{44}';img-src 'self';form-action 'self';base-uri 'none';frame-ancestors 'none'$/,
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.has('x-powered-by')).toBe(false);
  });

  test('while draining hands its connection back, health says 503, and the shop still answers', async () => {
    let draining = false;
    const closing = await openShop({}, { isDraining: () => draining });
    expect((await fetch(`${closing.url}/healthz`)).status).toBe(200);
    draining = true;
    const health = await fetch(`${closing.url}/healthz`);
    expect([health.status, health.headers.get('connection')]).toEqual([503, 'close']);
    expect(await health.json()).toMatchObject({ status: 'draining' });
    expect((await fetch(`${closing.url}/livez`)).status).toBe(200);
    expect((await fetch(closing.url)).status).toBe(200);
    await closing.close();
  });
});
