import fc from 'fast-check';
import { judge, openLedger, type Units } from '../../../drill/judging/ledger';

const units = (given: Readonly<Record<string, number>>): Units => new Map(Object.entries(given));

/** All of it promised before the fault. */
const all = (given: Readonly<Record<string, number>>) => ({ before: units(given), all: units(given) });

test.each([
  ['everything is there', { tea: 2, cup: 1 }, { lost: false, writesLost: 0 }],
  ['one of two units is missing', { tea: 1, cup: 1 }, { lost: false, writesLost: 1 }],
  ['one product is missing', { tea: 2 }, { lost: false, writesLost: 1 }],
  ['only one unit is left', { cup: 1 }, { lost: false, writesLost: 2 }],
  ['nothing is left: the cart is lost, and its adds are not counted again', {}, { lost: true, writesLost: 0 }],
  ['only a stranger’s item is there: the cart is lost', { hat: 1 }, { lost: true, writesLost: 0 }],
  [
    'more is there than was acknowledged (an ambiguous add arrived)',
    { tea: 3, cup: 1 },
    { lost: false, writesLost: 0 },
  ],
])('%s', (_name, audit, verdict) => {
  expect(judge(all({ tea: 2, cup: 1 }), units(audit), null)).toMatchObject(verdict);
});

test('a cart that never held anything is not lost', () => {
  expect(judge(all({}), units({}), null)).toEqual({ lost: false, resurrected: false, writesLost: 0 });
});

test('what was added after the fault cannot replace what was there before it', () => {
  const promised = { before: units({ tea: 1 }), all: units({ tea: 1, hat: 1 }) };
  expect(judge(promised, units({ hat: 1 }), null).lost).toBe(true);
  expect(judge(promised, units({ tea: 1 }), null)).toMatchObject({ lost: false, writesLost: 1 });
});

test('an ordered cart need not hold anything, and its adds still count as acknowledged', () => {
  const ledger = openLedger();
  ledger.acknowledge({ productId: 'tea', when: 'before', process: 'a' });
  ledger.order();
  expect(ledger.acknowledged).toBe(1);
  expect(ledger.judge(units({}), null)).toEqual({ lost: false, resurrected: false, writesLost: 0 });
});

test('a lost cart is resurrected if a later look finds anything of it; one that was never lost cannot be', () => {
  expect(judge(all({ tea: 1 }), units({}), units({ tea: 1 })).resurrected).toBe(true);
  expect(judge(all({ tea: 1 }), units({}), units({})).resurrected).toBe(false);
  expect(judge(all({ tea: 1 }), units({ tea: 1 }), units({ tea: 1 })).resurrected).toBe(false);
});

test('a read is stale only if it misses what was acknowledged before asking', () => {
  const ledger = openLedger();
  const before = ledger.promised();
  ledger.acknowledge({ productId: 'tea', when: 'before', process: 'a' });
  ledger.see(units({}), before);
  expect(ledger.counts.staleReads).toBe(0);
  ledger.see(units({}), ledger.promised());
  expect(ledger.counts.staleReads).toBe(1);
  ledger.see(units({ tea: 1 }), ledger.promised());
  expect(ledger.counts.staleReads).toBe(1);
});

const cart = fc.dictionary(fc.constantFrom('tea', 'cup', 'hat'), fc.integer({ min: 1, max: 5 })).map(units);
const size = (of: Units): number => [...of.values()].reduce((sum, count) => sum + count, 0);

test('property: losses never exceed what was promised, and finding more never makes a verdict worse', () => {
  fc.assert(
    fc.property(cart, cart, fc.constantFrom('tea', 'cup', 'hat'), (promised, audit, extra) => {
      const verdict = judge({ before: promised, all: promised }, audit, null);
      expect(verdict.writesLost).toBeLessThanOrEqual(size(promised));
      const more = judge(
        { before: promised, all: promised },
        new Map(audit).set(extra, (audit.get(extra) ?? 0) + 1),
        null,
      );
      const cost = (of: typeof verdict): number => (of.lost ? size(promised) : of.writesLost);
      expect(cost(more)).toBeLessThanOrEqual(cost(verdict));
    }),
  );
});
