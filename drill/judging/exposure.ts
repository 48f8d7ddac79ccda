/**
 * Who meets a failure that takes nothing away: an instance that is slow, or answers with errors, a part of a zone. Where the
 * promises bind shoppers to instances it is certain who is hit and who is spared; otherwise chance decides.
 */

import { patienceMs } from '../plan/assumptions';
import type { Exposure, Hit } from './ailments';
import type { Audit } from './evidence';
import { type Promises, staysInRegion, staysOnInstance } from './promises';
import { byShopper, type Logged } from './requests';

type Fate = 'hit' | 'spared' | 'chance';

export interface JudgedExposure {
  readonly hit: Hit;
  readonly surprises: readonly string[];
}

/** @throws if nobody met it who must, or shoppers gave up waiting: such a run says nothing about it */
export function judgeExposure(
  promises: Promises,
  exposure: Exposure,
  audits: readonly Audit[],
  { log, regionOf }: { readonly log: readonly Logged[]; readonly regionOf: (process: string) => string },
): JudgedExposure {
  const { from, until, symptom } = exposure;
  const within = log.filter(({ sentAt }) => sentAt >= from && sentAt < until);
  const shows = ({ status, tookMs }: Logged): boolean =>
    status === null || status >= 500 || (symptom !== 'failed' && tookMs >= symptom.slowerThanMs);
  const requests = byShopper(within);
  const each = audits.map(({ shopper }) => {
    const sent = requests.get(shopper.id) ?? [];
    return {
      id: shopper.id,
      fate: fateOf(promises, exposure, shopper, regionOf),
      sent: sent.length,
      hits: sent.filter(shows).length,
    };
  });
  const gaveUp = within.filter(
    ({ shopper, status, tookMs }) => shopper !== null && status === null && tookMs >= patienceMs,
  );
  if (gaveUp.length > 0 && each.some(({ fate, hits }) => fate === 'spared' && hits > 0))
    throw new Error(
      `${gaveUp.length} requests had no answer in ${patienceMs / 1000} s: this machine is too busy to say who met the failure`,
    );
  const certain = each.filter(({ fate, sent }) => fate === 'hit' && sent > 0);
  const least = exposure.hitsAll ? certain.length : Math.min(1, certain.length);
  const hit = each.filter(({ hits }) => hits > 0);
  if (certain.length > 0 && hit.length === 0 && !exposure.hitsAll)
    throw new Error('nobody who is bound to what is broken met it, so this run proves nothing');
  return {
    hit: {
      shoppers: hit.length,
      requests: hit.reduce((sum, { hits }) => sum + hits, 0),
      expected: { least, most: each.filter(({ fate }) => fate !== 'spared').length },
    },
    surprises: [
      ...each.flatMap(({ id, fate, hits }) =>
        fate === 'spared' && hits > 0 ? [`shopper ${id}: met what must not reach this shopper, ${hits} times`] : [],
      ),
      ...certain.flatMap(({ id, hits }) =>
        exposure.hitsAll && hits === 0 ? [`shopper ${id}: did not meet what this shopper is bound to`] : [],
      ),
    ],
  };
}

function fateOf(
  promises: Promises,
  exposure: Exposure,
  { id, near, ledger }: Audit['shopper'],
  regionOf: (process: string) => string,
): Fate {
  if (exposure.shoppers) return exposure.shoppers.has(id) ? 'hit' : 'spared';
  if (exposure.processes.size === 0) return 'spared';
  const home = ledger.adds.findLast(({ when }) => when !== 'after')?.process;
  if (home === undefined || !staysInRegion(promises, near)) return 'chance';
  const isElsewhere = ![...exposure.processes].some((process) => regionOf(process) === regionOf(home));
  if (isElsewhere) return 'spared';
  if (exposure.region === regionOf(home)) return 'hit';
  if (!staysOnInstance(promises)) return 'chance';
  return exposure.processes.has(home) ? 'hit' : 'spared';
}
