/** From what every shopper found to the figures of a run, beside what was predicted. */

import type { CompletedRun, RunDetails } from '../report/result';
import { missedAdds, requireSteadiness, requireTime, troubles } from './calm';
import { countedIn, wronglyCounted } from './counted';
import type { Audit, Evidence } from './evidence';
import { type Foreseen, foresee } from './expectation';
import { judgeExposure } from './exposure';
import { detailsOf, figuresOf, loadSkew, sum } from './figures';
import { lagLosses } from './lag';
import { latencyOf, slownessIn } from './latency';
import { type AcknowledgedAdd, missing, unitsOf } from './ledger';
import { placesOf, type Strike } from './places';
import { reasonOf } from './reason';
import { rounded } from './rounded';
import { misroutes } from './routes';
import { judgeSignIns } from './signIns';
import { judgeTimers } from './timers';

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

export function judgeRun(evidence: Evidence): DetailedRun {
  const { promises, fault, strike, audits, endedByThemselves, api } = evidence;
  const places = placesOf(promises, strike, evidence.regionOf);
  const judged = audits.map((audit) => {
    const { shopper, process } = audit;
    const adds = shopper.ledger.adds.map((add) => ({ ...add, place: places.of(add.process, add.when) }));
    const auditPlace = places.of(process, 'after');
    const foreseen =
      evidence.closed !== null
        ? keptOut(adds)
        : foresee(promises, places.damage, { shopper: shopper.id, near: shopper.near, adds, auditPlace });
    return { audit, foreseen, surprise: surpriseOf(audit, foreseen) };
  });
  const latency =
    evidence.moments && latencyOf(evidence.log ?? [], evidence.moments.faultAt, evidence.moments.recoveredAt);
  const exposed = evidence.exposure
    ? judgeExposure(promises, evidence.exposure, audits, { log: evidence.log ?? [], regionOf: evidence.regionOf })
    : null;
  const { healthCheck = null } = promises.regions.find(({ name }) => name === strike.region) ?? {};
  const declared = {
    healthCheck: evidence.unheeded ? null : healthCheck,
    frontDoor: evidence.blind ? null : (promises.frontDoorProbe ?? null),
  };
  const timed =
    evidence.timed && judgeTimers(evidence.timed.kinds, declared, evidence.timed.struck, evidence.timed.events);
  const { log, moments, regionOf } = evidence;
  const routed = log && moments ? misroutes({ promises, strike, audits, log, moments, regionOf }) : [];
  if (latency && exposed && exposed.surprises.length > 0) requireTime(latency);
  // What ended by itself explains what failed.
  const troubled =
    endedByThemselves.length > 0
      ? []
      : [
          ...troubles(promises, audits, evidence.calm),
          ...(takesAway(strike) || evidence.closed !== null ? [] : missedAdds(promises, audits)),
          ...(latency ? slownessIn(latency) : []),
          ...(evidence.sparesApi &&
          !promises.regions.some(({ healthChecksRedis }) => healthChecksRedis) &&
          api.failed > 0
            ? [
                `${api.failed} of ${api.requests} requests to the stateless API failed, which needs nothing of what broke`,
              ]
            : []),
          ...(exposed?.surprises ?? []),
          ...(evidence.tally ? wronglyCounted(evidence.tally) : []),
          ...(evidence.closed === null ? [...(timed?.surprises ?? []), ...routed] : []),
        ];
  const ledgers = audits.map(({ shopper: { ledger } }) => ledger);
  const lag = strike.wroteInsideLag ? lagLosses(ledgers, strike.region, evidence.regionOf) : null;
  const { surprises, ...signIns } = judgeSignIns(promises, places, strike.destroyed, evidence.signIns ?? []);
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
  // A cart that is lost was lost, whatever this machine did.
  if (surprises.length === 0 && shoppers.every(({ surprise }) => surprise === null))
    requireSteadiness({ stalledMs: evidence.stalledMs ?? 0, latency: latency ?? null }, troubled);
  return {
    shoppers,
    destroyed: [...strike.destroyed],
    details: {
      writesForeseenLost: sum(judged, ({ audit: { shopper }, foreseen }) =>
        foreseen.lost ? 0 : shopper.ledger.adds.length - foreseen.found.length,
      ),
      writesLostAtReturn: evidence.writesLostAtReturn,
      ...detailsOf(audits),
      remark: evidence.remark,
      ownSettings: evidence.ownSettings,
      timeline: evidence.timeline,
      surprises: [
        ...endedByThemselves.map((ended) => `${ended} ended by itself`),
        ...troubled,
        ...surprises,
        ...shoppers.flatMap(({ id, surprise }) => (surprise === null ? [] : [`shopper ${id}: ${surprise}`])),
      ],
    },
    run: {
      variant: promises.variant,
      fault: fault.id,
      ...figuresOf(audits),
      apiRequests: api.requests,
      apiRequestsFailed: api.failed,
      platformSeconds: rounded(evidence.platformSeconds),
      measuredSeconds: rounded(evidence.measuredSeconds),
      outageSeconds: evidence.neededReplacement ? null : rounded(evidence.platformSeconds),
      capacity: evidence.capacity,
      loadSkew: loadSkew(audits, answeringInstances(evidence)),
      expected: {
        cartsLost: shoppers.filter(({ predictedLost }) => predictedLost).length,
        source:
          evidence.closed ??
          [
            evidence.blind,
            evidence.unheeded,
            reasonOf({ promises, takes: strike.takes, region: strike.region, lagLost: strike.wroteInsideLag }),
          ]
            .filter(Boolean)
            .join(' '),
      },
      met:
        endedByThemselves.length + troubled.length + surprises.length === 0 &&
        shoppers.every(({ surprise }) => surprise === null),
      ...(signIns.begun > 0 && { signIns }),
      ...(lag && { lag }),
      ...(latency && { latency }),
      ...(exposed && { hit: exposed.hit }),
      ...(timed && timed.timers.length > 0 && { timers: timed.timers }),
      ...(evidence.tally && {
        counted: countedIn(evidence.tally, log ?? [], signIns.begun > 0 ? signIns : null, evidence.closed),
      }),
    },
  };
}

const takesAway = ({ takes }: Strike): boolean => takes.processes !== 'none' || takes.redis !== 'none' || takes.region;

/** Whom a probe keeps out finds nothing. */
const keptOut = (adds: readonly AcknowledgedAdd[]): Foreseen => ({
  lost: adds.some(({ when }) => when !== 'after'),
  found: [],
  resurrected: null,
});

/** How many instances ran where traffic went: those of a region that stands by have no share. */
function answeringInstances({ audits, instances, regionOf }: Evidence): number {
  const answering = new Set(audits.map(({ process }) => regionOf(process)));
  return instances.filter((region) => answering.has(region)).length;
}

/** What differs between what a shopper found and what was predicted, add by add; null: nothing. */
export function surpriseOf({ shopper: { ledger }, found, verdict }: Audit, foreseen: Foreseen): string | null {
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
