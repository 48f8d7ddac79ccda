/** A drill that was never played: fixed results, to read reports by. */

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
