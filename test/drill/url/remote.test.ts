import { join } from 'node:path';
import { endChild, startChild, waitForLine } from '../../../drill/fleet/children';
import { isLoopback, pacer } from '../../../drill/url/limits';
import { drillAddress } from '../../../drill/url/remote';
import { bundledShop } from '../shop';

jest.setTimeout(60_000);

const appFile = bundledShop();
const signal = new AbortController().signal;
const options = { seed: 1, shoppers: 4, requestsPerSecond: 50, seconds: 2, signal };

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

test('a shop that loses nothing is met, in the form of any other run', async () => {
  const report = await atShop(appFile(), (url) => drillAddress(url, options));
  expect(report.runs).toMatchObject([{ fault: 'none', shoppers: 4, cartsLost: 0, writesLost: 0, met: true }]);
  expect(report.runs[0]?.variant).toMatch(/^127\.0\.0\.1:\d+$/);
});

test('a shop that forgets adds is not', async () => {
  const report = await atShop(join(__dirname, '..', 'apps', 'forgetful.cjs'), (url) => drillAddress(url, options));
  expect(report.runs).toMatchObject([{ met: false }]);
  expect(report.details[0]?.surprises.length).toBeGreaterThan(0);
});

test('an address where nobody answers is an error that says so', async () => {
  await expect(drillAddress(new URL('http://127.0.0.1:9'), options)).rejects.toThrow('/api/products must answer');
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
