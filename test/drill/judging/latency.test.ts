import { latencyOf, percentilesOf, slownessIn } from '../../../drill/judging/latency';
import type { Logged } from '../../../drill/judging/requests';
import { openLog } from '../../../drill/running/log';
import { apiClientAddress, shopperAddress, shopperAt, watcherAddress } from '../../../drill/shoppers/addresses';

function asked(client: string, sentAt: number, tookMs: number): Logged {
  const log = openLog();
  log.enter(client, { path: '/', sentAt }, { status: 200, body: '', instance: 'i', process: 'a', location: null });
  return { ...(log.all[0] as Logged), tookMs };
}
const [shopper, api] = [shopperAddress(7), apiClientAddress(0)];

test('percentiles are values that were measured', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(percentilesOf(hundred)).toEqual({ requests: 100, p50: 50, p95: 95, p99: 99 });
  expect(percentilesOf([7])).toEqual({ requests: 1, p50: 7, p95: 7, p99: 7 });
  expect(percentilesOf([])).toBeNull();
});

test('a request belongs to the phase in which it was sent, and to its kind of client', () => {
  const log = [
    asked(shopper, 1, 5),
    asked(api, 2, 1),
    asked(shopper, 10, 900),
    asked(watcherAddress(0), 11, 9),
    asked(shopper, 20, 6),
  ];
  const { before, during, after } = latencyOf(log, 10, 20);
  expect([before.shoppers?.p50, before.api?.p50, during.shoppers?.requests, during.api, after.shoppers?.p50]).toEqual([
    ...[5, 1, 1, null, 6],
  ]);
});

test('carts that take 800 ms while the API takes 10 ms are slow; on a machine that is slow with both they are not', () => {
  const before = (cart: number, stateless: number) =>
    slownessIn(latencyOf([asked(shopper, 0, cart), asked(api, 0, stateless)], 1, 2));
  expect(before(800, 10)).toEqual([expect.stringContaining("shoppers' requests took 800 ms or more")]);
  expect(before(800, 300)).toEqual([]);
  expect(before(400, 10)).toEqual([]);
});

test.each([0, 255, 256, 1999])('shopper %i has an address of its own', (id) => {
  expect(shopperAt(shopperAddress(id))).toBe(id);
  expect(shopperAt(apiClientAddress(0))).toBeNull();
});
