/** From what every shopper found to the figures of a run, beside what the facts predicted. */

import type { FaultName } from '../faults';
import type { FleetPlan } from '../plan/fleetPlan';
import type { CompletedRun, RunDetails } from '../report/result';
import type { Audit } from '../running/audit';
import type { Timeline } from '../running/timeline';
import { type Damage, type Foreseen, foresee } from './expectation';
import { type Counts, missing, unitsOf } from './ledger';
import { reasonOf } from './reason';

/** What became of one shopper's cart. */
export interface ShopperOutcome {
  readonly id: number;
  /** Process that acknowledged the last add before the fault; null: none was acknowledged. */
  readonly homeProcess: string | null;
  readonly auditProcess: string;
  readonly lost: boolean;
  readonly predictedLost: boolean;
  /** What differed from the prediction; null: nothing. */
  readonly surprise: string | null;
}

export interface DetailedRun {
  readonly run: CompletedRun;
  readonly details: RunDetails;
  readonly shoppers: readonly ShopperOutcome[];
  /** Keys of the processes whose memory the fault destroyed. */
  readonly destroyed: readonly string[];
}

export interface Evidence {
  readonly plan: FleetPlan;
  readonly fault: FaultName;
  readonly audits: readonly Audit[];
  readonly destroyed: ReadonlySet<string>;
  /** Processes and servers that ended although nobody ended them, in words: nothing predicted from here on holds. */
  readonly endedByThemselves: readonly string[];
  readonly damage: Damage;
  /** Where a cart lives that this process answers for. */
  readonly placeOf: (process: string) => string;
  /** How many instances ran at the audit. */
  readonly instances: number;
  readonly api: { readonly requests: number; readonly failed: number };
  readonly platformSeconds: number;
  readonly measuredSeconds: number;
  readonly writesLostAtReturn: number;
  readonly remark: string | null;
  readonly timeline: Timeline | null;
}

export function judgeRun(evidence: Evidence): DetailedRun {
  const { plan, fault, audits, destroyed, endedByThemselves, damage, api } = evidence;
  const judged = audits.map((audit) => {
    const { shopper, process } = audit;
    const { adds } = shopper.ledger;
    const auditPlace = evidence.placeOf(process);
    const foreseen = foresee(plan, damage, { shopper: shopper.id, near: shopper.near, adds, auditPlace });
    return { audit, foreseen, surprise: surpriseOf(audit, foreseen) };
  });
  const shoppers = judged.map(
    ({ audit: { shopper, process, verdict }, foreseen, surprise }): ShopperOutcome => ({
      id: shopper.id,
      homeProcess: shopper.ledger.adds.findLast(({ when }) => when !== 'after')?.process ?? null,
      auditProcess: process,
      lost: verdict.lost,
      predictedLost: foreseen.lost,
      surprise,
    }),
  );
  const total = (what: keyof Counts): number =>
    audits.reduce((sum, { shopper }) => sum + shopper.ledger.counts[what], 0);
  const source = reasonOf({ plan, fault, destroys: destroyed.size > 0, lagLost: damage.lagLost });
  return {
    shoppers,
    destroyed: [...destroyed],
    details: {
      writesForeseenLost: judged.reduce(
        (sum, { audit: { shopper }, foreseen }) =>
          sum + (foreseen.lost ? 0 : shopper.ledger.adds.length - foreseen.found.length),
        0,
      ),
      writesLostAtReturn: evidence.writesLostAtReturn,
      retriedSuccesses: total('retriedSuccesses'),
      ambiguousAdds: total('ambiguousAdds'),
      checkouts: total('checkouts'),
      forms: total('forms'),
      formsRefused: total('formsRefused'),
      remark: evidence.remark,
      timeline: evidence.timeline,
      surprises: [
        ...endedByThemselves.map((ended) => `${ended} ended by itself`),
        ...shoppers.flatMap(({ id, surprise }) => (surprise === null ? [] : [`shopper ${id}: ${surprise}`])),
      ],
    },
    run: {
      variant: plan.variant,
      fault,
      shoppers: audits.length,
      cartsLost: shoppers.filter(({ lost }) => lost).length,
      cartsResurrected: audits.filter(({ verdict }) => verdict.resurrected).length,
      writesAcknowledged: audits.reduce((sum, { shopper }) => sum + shopper.ledger.acknowledged, 0),
      writesLost: audits.reduce((sum, { verdict }) => sum + verdict.writesLost, 0),
      staleReads: total('staleReads'),
      requests: total('requests'),
      requestsFailed: total('requestsFailed'),
      apiRequests: api.requests,
      apiRequestsFailed: api.failed,
      platformSeconds: rounded(evidence.platformSeconds),
      measuredSeconds: rounded(evidence.measuredSeconds),
      loadSkew: loadSkew(
        audits.map(({ process }) => process),
        evidence.instances,
      ),
      expected: { cartsLost: shoppers.filter(({ predictedLost }) => predictedLost).length, source },
      met: endedByThemselves.length === 0 && shoppers.every(({ surprise }) => surprise === null),
    },
  };
}

/** What differs between what a shopper found and what was foreseen, add by add; null: nothing. */
function surpriseOf({ shopper: { ledger }, found, verdict }: Audit, foreseen: Foreseen): string | null {
  if (verdict.lost !== foreseen.lost) return foreseen.lost ? 'kept a cart that must be lost' : 'lost the cart';
  const predicted = unitsOf(foreseen.found);
  const lost = missing(found, predicted);
  if (lost > 0) return `${lost} acknowledged ${lost === 1 ? 'add is' : 'adds are'} gone`;
  const doubtful = unitsOf(ledger.ambiguous.map((productId) => ({ productId })));
  for (const [productId, units] of found) {
    const most = (predicted.get(productId) ?? 0) + (doubtful.get(productId) ?? 0);
    if (units > most) return `found ${units} of ${productId} where at most ${most} can be`;
  }
  if (foreseen.resurrected !== null && foreseen.resurrected !== verdict.resurrected) {
    return foreseen.resurrected ? 'the cart did not come back' : 'the cart came back';
  }
  return null;
}

/** Busiest instance's share over the even share. */
function loadSkew(answeredBy: readonly string[], instances: number): number {
  const counts = new Map<string, number>();
  for (const instance of answeredBy) counts.set(instance, (counts.get(instance) ?? 0) + 1);
  return rounded((Math.max(0, ...counts.values()) / Math.max(1, answeredBy.length)) * instances);
}

const rounded = (value: number): number => Math.round(value * 100) / 100;
