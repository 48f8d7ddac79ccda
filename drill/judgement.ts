/** From what every shopper found to the figures of a run, beside what the facts predicted. */

import type { Audit } from './audit';
import { type Observation, predict, type Whereabouts } from './expectation';
import { type FaultName, faults } from './faults';
import type { Counts } from './ledger';
import type { FleetPlan } from './plan';
import type { CompletedRun } from './result';

/** What became of one shopper's cart. */
export interface ShopperOutcome {
  readonly id: number;
  /** Instance that acknowledged the last add before the fault; null: none was acknowledged. */
  readonly homeInstance: string | null;
  readonly auditInstance: string;
  readonly lost: boolean;
  readonly predictedLost: boolean;
}

export interface DetailedRun {
  readonly run: CompletedRun;
  readonly shoppers: readonly ShopperOutcome[];
  /** Ids of the instances whose memory the fault destroyed. */
  readonly destroyed: readonly string[];
  /** Failed reads whose one retry succeeded; not among `requests`. */
  readonly retriedSuccesses: number;
  /** Adds whose fate nobody knows: neither acknowledged nor lost. */
  readonly ambiguousAdds: number;
}

export interface Evidence {
  readonly plan: FleetPlan;
  readonly fault: FaultName;
  readonly audits: readonly Audit[];
  readonly destroyed: ReadonlySet<string>;
  /** Name of the region of an instance. */
  readonly regionOf: (instanceId: string) => string;
  /** How many instances ran at the audit. */
  readonly instances: number;
  readonly api: { readonly requests: number; readonly failed: number };
  readonly measuredSeconds: number;
}

export function judgeRun(evidence: Evidence): DetailedRun {
  const { plan, fault, audits, destroyed, api } = evidence;
  const at = (instance: string): Whereabouts => ({ instance, region: evidence.regionOf(instance) });
  const observations = audits.map(
    ({ shopper, home, answeredBy }): Observation => ({
      shopper: shopper.id,
      near: shopper.near,
      home: home === null ? null : at(home),
      audit: at(answeredBy),
    }),
  );
  const prediction = predict(plan, destroyed, observations);
  const shoppers = audits.map(
    ({ shopper, home, answeredBy, verdict }): ShopperOutcome => ({
      id: shopper.id,
      homeInstance: home,
      auditInstance: answeredBy,
      lost: verdict.lost,
      predictedLost: prediction.lost.has(shopper.id),
    }),
  );
  const total = (what: keyof Counts): number =>
    audits.reduce((sum, { shopper }) => sum + shopper.ledger.counts[what], 0);
  return {
    shoppers,
    destroyed: [...destroyed],
    retriedSuccesses: total('retriedSuccesses'),
    ambiguousAdds: total('ambiguousAdds'),
    run: {
      variant: plan.variant,
      fault,
      shoppers: audits.length,
      cartsLost: shoppers.filter(({ lost }) => lost).length,
      cartsResurrected: audits.filter(({ verdict }) => verdict.resurrected).length,
      writesAcknowledged: audits.reduce((sum, { shopper }) => sum + shopper.ledger.adds.length, 0),
      writesLost: audits.reduce((sum, { verdict }) => sum + verdict.writesLost, 0),
      staleReads: total('staleReads'),
      requests: total('requests'),
      requestsFailed: total('requestsFailed'),
      apiRequests: api.requests,
      apiRequestsFailed: api.failed,
      platformSeconds: faults[fault].platformSeconds,
      measuredSeconds: rounded(evidence.measuredSeconds),
      loadSkew: loadSkew(
        audits.map(({ answeredBy }) => answeredBy),
        evidence.instances,
      ),
      expected: { cartsLost: prediction.lost.size, source: prediction.source },
      met: shoppers.every(({ lost, predictedLost }) => lost === predictedLost),
    },
  };
}

/** Busiest instance's share over the even share. */
function loadSkew(answeredBy: readonly string[], instances: number): number {
  const counts = new Map<string, number>();
  for (const instance of answeredBy) counts.set(instance, (counts.get(instance) ?? 0) + 1);
  return rounded((Math.max(0, ...counts.values()) / Math.max(1, answeredBy.length)) * instances);
}

const rounded = (value: number): number => Math.round(value * 100) / 100;
