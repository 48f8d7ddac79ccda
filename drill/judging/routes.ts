/**
 * Where requests must go: to the region that Front Door has to choose, to the instance that a cookie binds to, and nowhere else
 * once something was taken out. Checked against every request of the shoppers, not against the audit alone.
 */

import { otherRegionLatencyMs } from '../plan/assumptions';
import type { Audit } from './evidence';
import type { Strike } from './places';
import { type Promises, staysInRegion, staysOnInstance } from './promises';
import { byShopper, type Logged, type RouteMoments } from './requests';

export interface Routing {
  readonly promises: Promises;
  readonly strike: Strike;
  readonly audits: readonly Audit[];
  readonly log: readonly Logged[];
  readonly moments: RouteMoments;
  readonly regionOf: (process: string) => string;
}

const most = 3;

/** What went where it must not, in words; at most a few of each kind. */
export function misroutes(routing: Routing): readonly string[] {
  return [straysBefore, wanderersBefore, stillInTheLostRegion, stillAtTheGone, boundElsewhere].flatMap((check) =>
    check(routing).slice(0, most),
  );
}

/** The regions that Front Door may choose for a client near one of them, while all are healthy; null: any. */
export function regionsFor({ frontDoor, regions }: Promises, near: string): readonly string[] | null {
  if (frontDoor === null || frontDoor.blind) return null;
  const lowest = Math.min(...regions.map(({ priority }) => priority));
  const preferred = regions.filter(({ priority }) => priority === lowest).map(({ name }) => name);
  return preferred.includes(near) && frontDoor.latencyWindowMs < otherRegionLatencyMs ? [near] : preferred;
}

/** Whether a process answered it before the fault. One that was still on its way may have met what the fault left. */
const isCalm = ({ process, sentAt, tookMs }: Logged, { faultAt }: RouteMoments): boolean =>
  process !== null && sentAt + tookMs < faultAt;

function straysBefore({ promises, audits, log, moments, regionOf }: Routing): readonly string[] {
  const sent = byShopper(log);
  return audits.flatMap(({ shopper: { id, near } }) => {
    const allowed = regionsFor(promises, near);
    const wrong = sent
      .get(id)
      ?.find((request) => isCalm(request, moments) && allowed?.includes(regionOf(request.process ?? '')) === false);
    return wrong
      ? [`shopper ${id} near ${near}: answered by ${regionOf(wrong.process ?? '')} while all regions were healthy`]
      : [];
  });
}

/** With affinity that holds, one process answers everything until the fault. */
function wanderersBefore({ promises, audits, log, moments }: Routing): readonly string[] {
  const sent = byShopper(log);
  return audits.flatMap(({ shopper: { id, near } }) => {
    if (!staysInRegion(promises, near) || !staysOnInstance(promises)) return [];
    const met = (sent.get(id) ?? []).filter((request) => isCalm(request, moments));
    return new Set(met.map(({ process }) => process)).size > 1
      ? [`shopper ${id}: answered by several instances although affinity holds`]
      : [];
  });
}

function stillInTheLostRegion({ strike, log, moments, regionOf }: Routing): readonly string[] {
  const { leftAt, backAt } = moments;
  if (leftAt === null || !strike.takes.region) return [];
  const until = backAt ?? Number.POSITIVE_INFINITY;
  const late = log.filter(({ sentAt, process, status }) => {
    if (sentAt <= leftAt || sentAt >= until) return false;
    return process === null ? status === null || status === 502 : regionOf(process) === strike.region;
  });
  return late.length > 0 ? [`${late.length} requests went to ${strike.region} after Front Door had left it`] : [];
}

function stillAtTheGone({ log, moments }: Routing): readonly string[] {
  const { evictedAt, recoveredAt } = moments;
  if (evictedAt === null) return [];
  const late = log.filter(
    ({ sentAt, process, status }) => sentAt > evictedAt && sentAt < recoveredAt && process === null && status === 502,
  );
  return late.length > 0 ? [`${late.length} requests went to an instance after health check had taken it out`] : [];
}

/** Who is bound to an instance that is still there meets it at the audit. */
function boundElsewhere({ promises, strike, audits, regionOf }: Routing): readonly string[] {
  if (!staysOnInstance(promises) || strike.takes.region) return [];
  // Then instances that live are taken out, too.
  if (promises.regions.some(({ healthChecksRedis }) => healthChecksRedis)) return [];
  return audits.flatMap(({ shopper: { id, near, ledger }, process }) => {
    const home = ledger.adds.findLast(({ when }) => when !== 'after')?.process;
    if (home === undefined || home === process || strike.destroyed.has(home) || !staysInRegion(promises, near))
      return [];
    if (strike.probedAway && regionOf(home) === strike.region) return [];
    return [`shopper ${id}: bound to an instance that is still there, and answered by another`];
  });
}
