/** What is counted beside carts: figures, reasons where there is none, and the two things that must never be. */

import { countedIn, imbalanceOf, type Tally, uncounted, wronglyCounted } from '../../../drill/judging/counted';
import type { Logged } from '../../../drill/judging/requests';
import { besideCarts } from '../../../drill/report/beside';
import { run } from '../../support/drill/sample';

const orders = { sent: 6, unanswered: 2, placed: 4, twice: 0, notPlaced: 2, unknown: 0 };
const connections = { opened: 6, kept: 3, ended: 1, dropped: 2, cameBack: 3 };
const tally: Tally = {
  ...{ drain: { requests: 10, lost: 0 }, hadTime: true, orders, connections },
  ...{ started: { instances: 1, processes: 2, more: 0 }, addedAt: null, until: 0, instances: 2 },
};
const signIns = { begun: 8, lost: 1, expectedLost: 1 };

test('what was counted is a figure; what was not is null with its reason', () => {
  expect(countedIn(tally, [], signIns, null)).toEqual({
    ...{ drain: tally.drain, orders, connections, signIns, started: tally.started, imbalance: null },
    notCounted: { imbalance: 'no instance was added to those that were there' },
  });
  const none = { ...orders, sent: 0 };
  const counted = countedIn({ ...tally, drain: null, orders: none, connections: null }, [], null, null);
  expect(counted).toMatchObject({ drain: null, orders: null, connections: null, signIns: null });
  expect(Object.keys(counted.notCounted)).toEqual(['drain', 'orders', 'signIns', 'connections', 'imbalance']);
});

test('where a probe keeps everybody out, that is why nobody could find out', () => {
  const { orders: kept, notCounted } = countedIn(tally, [], null, 'The probe is answered 404.');
  expect([kept, notCounted.orders, notCounted.connections]).toEqual([
    null,
    'The probe is answered 404.',
    'The probe is answered 404.',
  ]);
});

test('of an address nothing is counted, for one reason', () => {
  expect(new Set(Object.values(uncounted('unknown').notCounted))).toEqual(new Set(['unknown']));
  expect(Object.keys(uncounted('unknown').notCounted)).toHaveLength(6);
});

test.each<[string, Partial<Tally>, number]>([
  ['nothing', {}, 0],
  ['requests that a drain lost', { drain: { requests: 10, lost: 1 } }, 1],
  ['the same where the app had too little time', { drain: { requests: 10, lost: 1 }, hadTime: false }, 0],
  ['a cart that was ordered twice', { orders: { ...orders, twice: 1 } }, 1],
])('%s: so many surprises', (_what, changed, surprises) => {
  expect(wronglyCounted({ ...tally, ...changed })).toHaveLength(surprises);
});

test('imbalance over time: the busiest instance’s share in each part, of shoppers and of new clients apart', () => {
  const asked = (process: string, sentAt: number, isApi = false): Logged => ({
    ...{ shopper: isApi ? null : 1, isApi, path: '/', sentAt, tookMs: 1, status: 200, process },
  });
  const at = (second: number, ...processes: string[]) => processes.map((process) => asked(process, 1000 + second));
  const log = [
    ...at(0, 'a', 'a', 'a', 'a', 'a', 'a', 'a', 'a'), // All at one of two: twice the even share.
    ...at(150, 'a', 'a', 'a', 'a', 'b', 'b', 'b', 'b'),
    ...at(250, 'a', 'b'), // Too few.
    ...[1, 2, 3, 4].flatMap((later) => [asked('a', 1300 + later, true), asked('b', 1300 + later, true)]),
    ...at(-1, 'b', 'b', 'b', 'b', 'b', 'b', 'b', 'b'), // Before instances were added.
  ];
  expect(imbalanceOf(log, 1000, { until: 1400, instances: 2 })).toEqual([
    { second: 0.1, shoppers: 2, newClients: null },
    { second: 0.2, shoppers: 1, newClients: null },
    { second: 0.3, shoppers: null, newClients: null },
    { second: 0.4, shoppers: null, newClients: 1 },
  ]);
});

test('a report says only what something happened to', () => {
  const said = (changed: Partial<Tally>) =>
    besideCarts({ ...run, counted: countedIn({ ...tally, ...changed }, [], signIns, null) }).join(' ');
  expect(said({})).toBe(
    'Of 6 checkouts under way, 2 had no answer at first; in the end 4 were placed once, 2 not at all. ' +
      'Of 6 long connections, 2 broke off and 1 ended with a hint when to come back; all of them could connect again after recovery. ' +
      '1 new instance was started.',
  );
  const orderOf = (fates: object) =>
    said({ orders: { ...orders, ...fates } })
      .split('; in the end ')[1]
      ?.split('.')[0];
  expect(orderOf({ placed: 0, notPlaced: 6 })).toBe('6 were not placed');
  expect(orderOf({ placed: 1, twice: 1, notPlaced: 3, unknown: 1 })).toBe(
    '1 was placed once, 1 twice, 3 not at all, 1 is unknown',
  );
  const quiet = {
    orders: { ...orders, unanswered: 0, notPlaced: 0, placed: 6 },
    connections: { ...connections, ended: 0, dropped: 0, cameBack: 0 },
    started: { instances: 0, processes: 0, more: 0 },
  };
  expect(said(quiet)).toBe('');
  expect(said({ ...quiet, drain: { requests: 9, lost: 4 } })).toBe(
    'Of 9 requests that met a process while it drained, 4 had no answer.',
  );
  expect(besideCarts(run)).toEqual([]);
});
