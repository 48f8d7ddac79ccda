import { jsonLog } from '../../app/requestLog';
import { openShop } from './shop';
import { newShopper } from './shopper';

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const arrLogId = '3fdd3c2a-9f0e-4c5d-8a55-0123456789ab';

test('each request is a record: what was asked, by whom, what came of it, and by which route', async () => {
  const shop = await openShop();
  await newShopper().get(shop, '/products/anchor?secret=hush');
  await newShopper().json(shop, 'PATCH', '/api/cart/items/anchor', { quantity: -1 });
  await newShopper().get(shop, '/nowhere');
  expect(
    shop.records.map(({ method, path, route, status, client, aborted }) => ({
      method,
      path,
      route,
      status,
      client,
      aborted,
    })),
  ).toEqual([
    {
      method: 'GET',
      path: '/products/anchor',
      route: '/products/:id',
      status: 200,
      client: '127.0.0.1',
      aborted: false,
    },
    {
      method: 'PATCH',
      path: '/api/cart/items/anchor',
      route: '/api/cart/items/:productId',
      status: 422,
      client: '127.0.0.1',
      aborted: false,
    },
    { method: 'GET', path: '/nowhere', route: undefined, status: 404, client: '127.0.0.1', aborted: false },
  ]);
  for (const { milliseconds } of shop.records) expect(milliseconds).toBeGreaterThanOrEqual(0);
  await shop.close();
});

test('probes that succeed are left out', async () => {
  const shop = await openShop();
  for (const path of ['/healthz', '/livez', '/api/products']) await fetch(shop.url + path);
  expect(shop.records.map(({ path }) => path)).toEqual(['/api/products']);
  await shop.close();
});

test('without a proxy in front, X-ARR-LOG-ID is the client’s word and names no request', async () => {
  const shop = await openShop();
  const response = await fetch(`${shop.url}/api/products`, { headers: { 'x-arr-log-id': arrLogId } });
  expect(response.headers.get('x-request-id')).toMatch(guid);
  expect(response.headers.get('x-request-id')).not.toBe(arrLogId);
  await shop.close();
});

test('the request id is App Service’s own where it is one, and in the answer’s header', async () => {
  const shop = await openShop({ WEBSITE_SITE_NAME: 'shop' });
  const idFor = async (given: string) =>
    (await fetch(`${shop.url}/api/products`, { headers: { 'x-arr-log-id': given } })).headers.get('x-request-id');
  expect(await idFor(arrLogId)).toBe(arrLogId);
  for (const odd of ['x', `${arrLogId}","level":"forged`, '']) {
    const made = await idFor(odd);
    expect(made).toMatch(guid);
    expect(made).not.toBe(odd);
  }
  expect(shop.records[0]?.requestId).toBe(arrLogId);
  await shop.close();
});

test('a line of the log is one JSON object, whatever the path holds', () => {
  const lines: string[] = [];
  const log = jsonLog('abc', (line) => void lines.push(line));
  log.request({
    requestId: arrLogId,
    startedAt: Date.UTC(2026, 10, 24),
    milliseconds: 1.5,
    method: 'GET',
    path: '/a"\n{b',
    route: undefined,
    status: 503,
    aborted: true,
    client: '203.0.113.7',
    traceparent: undefined,
  });
  log.report('Redis is away');
  expect(lines.map((line) => line.split('\n').length)).toEqual([2, 2]);
  expect(JSON.parse(lines[0] ?? '')).toEqual({
    time: '2026-11-24T00:00:00.000Z',
    level: 'error',
    requestId: arrLogId,
    milliseconds: 1.5,
    method: 'GET',
    path: '/a"\n{b',
    status: 503,
    aborted: true,
    client: '203.0.113.7',
    instance: 'abc',
  });
  expect(JSON.parse(lines[1] ?? '')).toMatchObject({ level: 'warning', message: 'Redis is away', instance: 'abc' });
});
