/** Who must meet a failure that takes nothing away: pure, so that every way to judge it wrongly can be tried. */

import type { Exposure } from '../../../drill/judging/ailments';
import type { Audit } from '../../../drill/judging/evidence';
import { judgeExposure } from '../../../drill/judging/exposure';
import { openLedger } from '../../../drill/judging/ledger';
import { promisesOf } from '../../../drill/judging/promises';
import type { Logged } from '../../../drill/judging/requests';
import { architecture, type Choices } from '../../support/drill/architectures';

/** Shoppers 0 and 2 are at process a, 1 and 3 at process b. */
const audits: readonly Audit[] = [0, 1, 2, 3].map((id) => {
  const ledger = openLedger();
  ledger.acknowledge({ productId: 'tea', when: 'before', process: id % 2 === 0 ? 'a' : 'b' });
  const verdict = { lost: false, resurrected: false, writesLost: 0 };
  return { shopper: { id, near: 'north', ledger }, found: new Map(), process: 'a', verdict };
});

const asked = (id: number, change: Partial<Logged> = {}): Logged => ({
  ...{ shopper: id, isApi: false, path: '/api/cart', sentAt: 50, tookMs: 10, status: 200, process: 'a' },
  ...change,
});
const slow = {
  symptom: { slowerThanMs: 1000 },
  from: 0,
  until: 100,
  processes: new Set(['a']),
  hitsAll: true,
} as const;

const judged = (exposure: Exposure, log: readonly Logged[], choices: Choices = {}) =>
  judgeExposure(promisesOf(architecture(choices)), exposure, audits, { log, regionOf: () => 'north' });

test('with affinity those who are bound to it are hit, and nobody else', () => {
  const log = [asked(0, { tookMs: 1200 }), asked(2, { tookMs: 5000 }), asked(1), asked(3)];
  expect(judged(slow, log)).toEqual({
    hit: { shoppers: 2, requests: 2, expected: { least: 2, most: 2 } },
    surprises: [],
  });
});

test.each<[string, readonly Logged[], string]>([
  [
    'one who is bound elsewhere is hit',
    [asked(0, { tookMs: 5000 }), asked(1, { tookMs: 5000 })],
    'shopper 1: met what',
  ],
  [
    'one who is bound elsewhere gets an error',
    [asked(0, { tookMs: 5000 }), asked(3, { status: 502 })],
    'shopper 3: met',
  ],
  ['one who is bound to it is spared', [asked(0, { tookMs: 5000 }), asked(2)], 'shopper 2: did not meet'],
])('%s: a surprise', (_what, log, surprise) => {
  expect(judged(slow, log).surprises).toEqual([expect.stringContaining(surprise)]);
});

test('before and after it nobody counts, and who asked nothing meanwhile cannot be hit', () => {
  const log = [
    asked(0, { tookMs: 5000 }),
    asked(1, { sentAt: -1, status: 502 }),
    asked(3, { sentAt: 100, status: null }),
  ];
  expect(judged(slow, log)).toMatchObject({ hit: { shoppers: 1, expected: { least: 1, most: 2 } }, surprises: [] });
});

test('without affinity chance decides, so nobody must be hit and everybody may', () => {
  const log = [asked(1, { tookMs: 5000 }), asked(0)];
  expect(judged(slow, log, { appService: 'off' })).toEqual({
    hit: { shoppers: 1, requests: 1, expected: { least: 0, most: 4 } },
    surprises: [],
  });
});

test('where only some requests of the bound are hit, nobody at all proves nothing', () => {
  const errors = { ...slow, symptom: 'failed', hitsAll: false } as const;
  expect(() => judged(errors, [asked(0), asked(2), asked(1)])).toThrow('proves nothing');
  expect(judged(errors, [asked(0, { status: 500 }), asked(2)])).toMatchObject({
    hit: { shoppers: 1, expected: { least: 1, most: 2 } },
    surprises: [],
  });
});

test('a shopper who must be spared and gave up waiting says that the machine is busy, and not who met it', () => {
  const late = asked(1, { status: null, tookMs: 15_000 });
  expect(() => judged(slow, [asked(0, { tookMs: 5000 }), late])).toThrow('1 requests had no answer in 15 s');
  expect(judged(slow, [asked(0, { tookMs: 5000 }), asked(1, { status: null, tookMs: 20 })]).surprises).toHaveLength(1);
});

test('a whole region that has it hits those of the region whatever binds them; clients that have it are hit wherever they are', () => {
  const region = { ...slow, symptom: 'failed', hitsAll: false, region: 'north' } as const;
  expect(judged(region, [asked(1, { status: 503 })], { appService: 'off' }).hit.expected).toEqual({
    least: 1,
    most: 4,
  });
  const some = {
    ...slow,
    symptom: 'failed',
    processes: new Set<string>(),
    shoppers: new Set([3]),
  } as const;
  expect(judged(some, [asked(3, { status: null }), asked(0)]).surprises).toEqual([]);
  expect(judged(some, [asked(3, { status: null }), asked(0, { status: null })]).surprises).toHaveLength(1);
});
