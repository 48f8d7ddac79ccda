/** A drill that was never played: fixed results, to read reports by. */

import { faultNames } from '../../../drill/faults';
import type { CompletedRun, DrillReport, DrillRun, RunDetails } from '../../../drill/report/result';

export const run: CompletedRun = {
  variant: 'single-zone',
  fault: 'instance-crash',
  shoppers: 60,
  cartsLost: 30,
  cartsResurrected: 0,
  writesAcknowledged: 182,
  writesLost: 0,
  staleReads: 180,
  requests: 653,
  requestsFailed: 1,
  apiRequests: 114,
  apiRequestsFailed: 1,
  platformSeconds: 0,
  measuredSeconds: 0.24,
  outageSeconds: 0,
  capacity: null,
  loadSkew: 2,
  expected: { cartsLost: 30, source: 'Carts live in process.' },
  met: true,
};
export const notApplicable: DrillRun = {
  ...{ variant: 'sealed', fault: 'redis-outage', notApplicable: 'there is no Redis: sessions live elsewhere' },
};
export const notAssessed: DrillRun = {
  ...{ variant: 'sealed', fault: 'none', notAssessed: 'node ended before it was ready (code 3)' },
};

export const details: RunDetails = {
  ...{
    writesForeseenLost: 0,
    writesLostAtReturn: 0,
    retriedSuccesses: 1,
    ambiguousAdds: 2,
    checkouts: 3,
  },
  ...{ forms: 5, formsRefused: 0, remark: null, ownSettings: [], surprises: [] },
  timeline: {
    ...{ sliceSeconds: 0.1, begin: -0.2 },
    lanes: [
      {
        label: '5340da · zone 1',
        answered: [4, 5, 0, 2],
        failed: [0, 0, 0, 0],
      },
      { label: 'no instance', answered: [0, 0, 0, 0], failed: [0, 0, 3, 0] },
    ],
    marks: [{ label: 'instance-crash', at: 0 }],
  },
};

export const reportOf = (runs: readonly DrillRun[], changed: Partial<RunDetails> = {}): DrillReport => ({
  ...{ timeScale: 60, seed: 7, runs },
  details: runs.map((each) => ('met' in each ? { ...details, ...changed } : null)),
});

const expecting = (cartsLost: number, source: string) => ({ cartsLost, expected: { cartsLost, source } });

/** Every kind of run: as expected, a control, adds lost at a return, until people act, a surprise, and two that were not drilled. */
export const everyKind: DrillReport = {
  ...{ timeScale: 60, seed: 7 },
  runs: [
    run,
    { ...run, variant: 'cached', fault: 'none', ...expecting(0, 'Carts live in Redis.') },
    {
      ...{ ...run, variant: 'two-regions', fault: 'region-loss', cartsResurrected: 30, platformSeconds: 52 },
      ...expecting(60, 'Carts live in Redis, but that Redis is gone with its region.'),
    },
    {
      ...{ ...run, fault: 'region-loss', outageSeconds: null },
      ...expecting(60, 'Carts live in process.'),
    },
    { ...run, variant: 'cached', ...expecting(0, 'Carts live in Redis.'), writesLost: 2, met: false },
    notApplicable,
    notAssessed,
  ],
  details: [
    details,
    { ...details, timeline: null },
    { ...details, timeline: null, writesLostAtReturn: 35, remark: 'Both regions have a Redis of their own.' },
    { ...details, timeline: null },
    { ...details, timeline: null, surprises: ['the Redis replica of north ended by itself', 'shopper 3: 2 adds'] },
    null,
    null,
  ],
};

/** More runs than are worded one by one: variants by faults, each with its kind of loss. */
export const manyRuns: DrillReport = reportOf(
  ['single-zone', 'multi-region-active-passive', 'multi-region-active-active'].flatMap((variant, row) =>
    faultNames.map((fault, column): DrillRun => {
      if (column === 8) return { variant, fault, notApplicable: 'there is no Redis: sessions live elsewhere' };
      const cartsLost = row === 2 ? 0 : Math.min(60, 10 * column);
      return {
        ...{
          ...run,
          variant,
          fault,
          platformSeconds: 20 * column,
          measuredSeconds: 1.2,
          writesLost: row === 2 ? column : 0,
        },
        ...expecting(cartsLost, 'Carts live in process.'),
        cartsResurrected: column === 6 && row === 1 ? 30 : 0,
      };
    }),
  ),
);
