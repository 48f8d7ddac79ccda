import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { parsePrices } from '../../../review/cost/prices';
import { refreshed, writePrices } from '../../../review/cost/refresh';
import { prices, row } from '../../support/review/samples';

type Answer = (filter: string, skip: number, response: http.ServerResponse) => void;

let server: http.Server;
let url: string;
let answer: Answer;
let asked: { filter: string; skip: number }[];

beforeAll(async () => {
  server = http.createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '', 'http://x');
    const [filter, skip] = [searchParams.get('$filter') ?? '', Number(searchParams.get('$skip') ?? 0)];
    asked.push({ filter, skip });
    answer(filter, skip, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/retail/prices`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const page = (Items: object[], NextPageLink: string | null = null) => ({
  BillingCurrency: 'USD',
  CustomerEntityId: 'Default',
  CustomerEntityType: 'Retail',
  Items,
  NextPageLink,
  Count: Items.length,
});
const send = (response: http.ServerResponse, body: unknown, status = 200, headers: http.OutgoingHttpHeaders = {}) =>
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
const plan = row(
  'Azure App Service',
  'Azure App Service Premium v3 Plan - Linux',
  'P0v3',
  'P0v3 App',
  'westeurope',
  0.2,
);
const redisRow = row('Redis Cache', 'Azure Managed Redis - Balanced', 'B5', 'B5 Cache Instance', 'westeurope', 0.3);
/** One page for App Service, two for Redis, nothing for the rest. */
const usual: Answer = (filter, skip, response) => {
  if (filter.includes("'Azure App Service'"))
    return send(
      response,
      page([plan, { ...plan, type: 'Reservation', retailPrice: 9 }, { ...plan, meterName: 'Free', retailPrice: 0 }]),
    );
  if (filter.includes("'Azure Managed Redis'"))
    return skip === 0
      ? send(response, page([redisRow], `${url}?$filter=${encodeURIComponent(filter)}&$skip=1`))
      : send(response, page([{ ...redisRow, skuName: 'B10', meterName: 'B10 Cache Instance' }]));
  return send(response, page([]));
};
const warnings: string[] = [];
const refresh = (regions = ['westeurope']) =>
  refreshed(prices, {
    url,
    regions,
    today: '2026-11-24',
    warn: (text) => warnings.push(text),
    retrySeconds: 0.01,
    timeoutSeconds: 1,
  });

beforeEach(() => {
  asked = [];
  warnings.length = 0;
  answer = usual;
});

test('takes what a variant is billed by, page after page, over what was known', async () => {
  const result = await refresh();
  const found = (meter: string) => result.Items.find(({ meterName }) => meterName === meter);
  expect(found('P0v3 App')).toMatchObject({ retailPrice: 0.2, seen: '2026-11-24', confidence: 'api' });
  expect(found('B10 Cache Instance')?.retailPrice).toBe(0.3);
  expect(found('B3 Cache Instance')?.retailPrice).toBe(0.05);
  expect(found('Free')).toBeUndefined();
  expect(result.asOf).toBe('2026-11-24');
  expect(parsePrices(JSON.parse(JSON.stringify(result)), 'again')).toEqual(result);
  expect(asked.filter(({ filter }) => filter.includes('Azure Managed Redis')).map(({ skip }) => skip)).toEqual([0, 1]);
  expect(asked[0]?.filter).toBe(
    "serviceName eq 'Azure App Service' and contains(productName,'Premium v') and armRegionName eq 'westeurope' and priceType eq 'Consumption'",
  );
});

test('what the API says takes the place of a second-hand price, of which no source is left', async () => {
  const secondHand = {
    ...plan,
    retailPrice: 0.1,
    confidence: 'second-hand',
    from: 'https://example.org',
    note: 'half',
  };
  const old = parsePrices({ ...prices, Items: [secondHand] }, 'old');
  // Fields that only we write say nothing in an answer.
  answer = (filter, skip, response) =>
    filter.includes("'Azure App Service'")
      ? send(response, page([{ ...plan, from: 'https://example.com', note: 'other', seen: 'yesterday' }]))
      : usual(filter, skip, response);
  const { Items } = await refreshed(old, { url, regions: ['westeurope'], today: '2026-11-24', warn: () => undefined });
  const [found, ...more] = Items.filter(({ meterName }) => meterName === 'P0v3 App');
  expect(more).toEqual([]);
  expect(found).toMatchObject({ retailPrice: 0.2, confidence: 'api', seen: '2026-11-24' });
  expect(found).not.toHaveProperty('from');
  expect(found).not.toHaveProperty('note');
});

test('says what it found no price of', async () => {
  await refresh();
  expect(warnings).toContain('No price of Front Door; what was known of it stays.');
});

test('asks again when the service is busy or broken, and then takes the answer', async () => {
  let failures = 0;
  answer = (filter, skip, response) =>
    failures++ < 2
      ? send(response, {}, failures === 1 ? 429 : 503, { 'retry-after': '0' })
      : usual(filter, skip, response);
  expect((await refresh()).Items.length).toBeGreaterThan(4);
});

test.each<[string, Answer, RegExp]>([
  [
    'a service that stays broken',
    (_f, _s, response) => send(response, {}, 500),
    /^App Service in westeurope: the Retail Prices API answered 500\. The price file is unchanged/,
  ],
  ['a refusal, which it does not repeat', (_f, _s, response) => send(response, {}, 400), /answered 400/],
  ['an answer cut short', (_f, _s, response) => response.writeHead(200).end('{"Items": ['), /the answer was cut off/],
  [
    'fewer rows than announced',
    (_f, _s, response) => send(response, { ...page([plan]), Count: 100 }),
    /announces 100 rows and holds 1/,
  ],
  ['no Items', (_f, _s, response) => send(response, { Count: 0 }), /has no Items/],
  ['rows of another shape', (_f, _s, response) => send(response, page([{ price: 1 }])), /Items\.0\.currencyCode/],
  [
    'a next page elsewhere',
    (_f, _s, response) => send(response, page([plan], 'https://evil.example/prices')),
    /the next page is at evil\.example/,
  ],
  ['no answer', () => undefined, /no answer within 1 s/],
  [
    'pages without end',
    (filter, skip, response) =>
      send(response, page([plan], `${url}?$filter=${encodeURIComponent(filter)}&$skip=${skip + 1}`)),
    /more than 100 pages/,
  ],
])('refuses %s', async (_, given, message) => {
  answer = given;
  await expect(refresh()).rejects.toThrow(message);
});

test('does not repeat what was refused', async () => {
  answer = (_f, _s, response) => send(response, {}, 400);
  await expect(refresh()).rejects.toThrow();
  expect(asked).toHaveLength(1);
});

test('a region that the API does not know is refused rather than written down without a price', async () => {
  await expect(refresh(['westeurope', 'atlantis'])).rejects.toThrow(
    'The Retail Prices API knows no price in atlantis.',
  );
});

test('writes whole files only', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-prices-'));
  const file = path.join(folder, 'prices.json');
  writePrices(file, prices);
  expect(fs.readdirSync(folder)).toEqual(['prices.json']);
  fs.mkdirSync(path.join(folder, 'taken'));
  expect(() => writePrices(path.join(folder, 'taken'), prices)).toThrow(
    /cannot be written: (EISDIR|ENOTEMPTY|EEXIST|EPERM)/,
  );
  expect(fs.readdirSync(folder)).toEqual(['prices.json', 'taken']);
  fs.rmSync(folder, { recursive: true });
});
