import { endChild, startChild, waitForLine } from '../../../drill/fleet/children';
import { auditAll } from '../../../drill/running/audit';
import type { Browser } from '../../../drill/shoppers/browser';
import { createCookieJar } from '../../../drill/shoppers/cookieJar';
import { fillCarts, goOnShopping, openCrowd } from '../../../drill/shoppers/crowd';
import { isLoopback, mostRequests, pacer } from '../../../drill/url/limits';
import { drillAddress } from '../../../drill/url/remote';
import { bundledShop } from '../../app/bundled';
import { testApp } from '../../support/drill/shop';
import { together } from '../../support/drill/together';

jest.setTimeout(300_000);

const signal = new AbortController().signal;
const options = { seed: 1, shoppers: 4, requestsPerSecond: 50, seconds: 15, signal };

async function atShop<T>(app: string, use: (url: URL) => Promise<T>): Promise<T> {
  const child = await startChild(process.execPath, [app], {
    PATH: process.env.PATH,
    PORT: '0',
    WEBSITE_INSTANCE_ID: 'a1',
  });
  try {
    const [, port] = await waitForLine(child, /http:\/\/localhost:(\d+)/, 20_000, signal);
    return await use(new URL(`http://127.0.0.1:${port}`));
  } finally {
    await endChild(child);
  }
}

const drilled = (app: string) => atShop(app, (url) => drillAddress(url, options));
const reportOf = together({
  shop: async () => drilled(await bundledShop()),
  forgetful: () => drilled(testApp('forgetful.cjs')),
});

test('a shop that loses nothing is met, in the form of any other run', async () => {
  const report = await reportOf('shop');
  expect(report.runs).toMatchObject([{ fault: 'none', shoppers: 4, cartsLost: 0, writesLost: 0, met: true }]);
  expect(report.runs[0]?.variant).toMatch(/^127\.0\.0\.1:\d+$/);
});

test('a shop that forgets adds is not', async () => {
  const report = await reportOf('forgetful');
  expect(report.runs).toMatchObject([{ met: false }]);
  expect(report.details[0]?.surprises.length).toBeGreaterThan(0);
});

test('an address where nobody answers is an error that says so', async () => {
  await expect(drillAddress(new URL('http://127.0.0.1:9'), options)).rejects.toThrow('/api/products must answer');
});

test('when the time is up it ends, wherever it is', async () => {
  const slow = { ...options, requestsPerSecond: 5, seconds: 1 };
  await atShop(await bundledShop(), async (url) => {
    const progress: string[] = [];
    const onProgress = (line: string) => void progress.push(line);
    await expect(drillAddress(url, { ...slow, onProgress })).rejects.toThrow(/^the 1 s were over before 127\./);
    expect(progress).not.toContain('audit');
  });
});

test.each([1, 2, 3])('shoppers never send more than the most, also when every cart is lost: seed %i', async (seed) => {
  let sent = 0;
  const send: Browser['send'] = async (_method, path) => {
    sent++;
    const body = path === '/api/products' ? [{ id: 'tea' }, { id: 'cup' }] : { items: [] };
    return { status: 200, body, instance: 'a1', process: 'a1', location: null };
  };
  const browser = (): Browser => ({ jar: createCookieJar(), reconnect: () => undefined, send });
  const shoppers = await openCrowd({ seed, count: 12, neighbourhoods: ['here'], browser });
  await fillCarts(shoppers);
  await goOnShopping(shoppers);
  expect((await auditAll(shoppers)).every(({ verdict }) => verdict.lost)).toBe(true);
  expect(sent).toBeLessThanOrEqual(mostRequests(12).inAll);
});

test('requests are spaced: never more than the rate', async () => {
  const turn = pacer({ requestsPerSecond: 50, seconds: 10 }, signal);
  const begun = performance.now();
  await Promise.all(Array.from({ length: 6 }, turn));
  // Five gaps of 20 ms; timers may be a millisecond early.
  expect(performance.now() - begun).toBeGreaterThanOrEqual(98);
});

test.each([
  ['http://localhost:3000', true],
  ['http://127.0.0.1', true],
  ['http://[::1]:80', true],
  ['https://shop.example.com', false],
  ['http://127.0.0.1.example.com', false],
  ['http://localhost.example.com', false],
])('%s is this machine: %s', (url, own) => {
  expect(isLoopback(new URL(url))).toBe(own);
});
