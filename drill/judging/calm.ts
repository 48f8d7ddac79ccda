/**
 * What traffic must do while nothing is broken. A shop that refuses everything loses nothing, so a run in which no add was
 * acknowledged proves nothing, and one in which normal traffic fails is not as expected, whatever the audit finds.
 */

import { sessionStore } from '../../sessions/stores';
import { patienceMs } from '../plan/assumptions';
import type { Audit, Calm } from './evidence';
import type { Latency } from './latency';
import type { Counts } from './ledger';
import { type Promises, returnsHome, staysInRegion } from './promises';

type Crowd = readonly { readonly ledger: { readonly acknowledged: number; readonly counts: Readonly<Counts> } }[];

/** @throws if nobody was promised anything */
export function requireAcknowledgedAdds(crowd: Crowd): void {
  if (crowd.some(({ ledger }) => ledger.acknowledged > 0)) return;
  const [requests, failed] = crowd.reduce(
    ([all, bad], { ledger: { counts } }) => [all + counts.requests, bad + counts.requestsFailed],
    [0, 0],
  );
  throw new Error(
    `no add was acknowledged, and ${failed} of ${requests} requests of the shoppers failed without any fault, so this run proves nothing`,
  );
}

/** @throws if shoppers gave up waiting while nothing was broken: an app that hangs and a busy machine look the same */
export function requireAnswers({ shoppers }: Calm): void {
  const unanswered = [...shoppers.values()].reduce((all, counts) => all + counts.unanswered, 0);
  if (unanswered === 0) return;
  throw new Error(
    `${unanswered} requests had no answer in ${patienceMs / 1000} s while nothing was broken: the app hangs, or this machine is too busy to say`,
  );
}

/** Above this the app's own limits for an answer of Redis, a second, end by the machine and not by the fault. */
const busyMs = 1_000;

/** @throws if clients who need no state waited so long meanwhile: then this machine fails requests, and not what broke */
export function requireTime({ during }: Latency): void {
  if (during.api === null || during.api.p50 <= busyMs) return;
  throw new Error(
    `half of the requests to the stateless API took ${Math.round(during.api.p50)} ms or more meanwhile: this machine is too busy to say who met the failure`,
  );
}

/** An answer takes milliseconds here. If the drill cannot run for so long, its apps and Redis cannot either, and their own limits end requests. */
const stalledMs = 500;

/**
 * @param machine how long the drill itself could not run at a time, and how long answers took
 * @param troubled what failed although nobody lost anything that was not foreseen, in words
 * @throws if this machine explains it: while nothing was broken, the drill or clients who need no state had to wait
 */
export function requireSteadiness(
  machine: { readonly stalledMs: number; readonly latency: Latency | null },
  [first]: readonly string[],
): void {
  if (first === undefined) return;
  const apiMs = machine.latency?.before.api?.p99 ?? 0;
  const waits = [
    ...(machine.stalledMs >= stalledMs
      ? [`the drill itself could not run for ${Math.round(machine.stalledMs)} ms at a time`]
      : []),
    ...(apiMs >= busyMs
      ? [`one in a hundred requests to the stateless API took ${Math.round(apiMs)} ms or more while nothing was broken`]
      : []),
  ];
  if (waits.length === 0) return;
  throw new Error(`${first}; ${waits.join(' and ')}, so this machine is too busy to say why`);
}

/** Between regions a write is seen a moment later, so a shopper who moves between them may miss it. */
function readsItsWrites(promises: Promises, near: string): boolean {
  const { keptIn, sharedBy } = sessionStore(promises.sessions);
  const lags = keptIn === 'redis' && sharedBy === 'deployment' && !staysInRegion(promises, near);
  return returnsHome(promises, near) && !lags;
}

/** Answers that missed acknowledged adds although nothing took them and nothing brought the shopper elsewhere, in words. */
export function missedAdds(promises: Promises, audits: readonly Audit[]): readonly string[] {
  const stale = audits.reduce(
    (all, { shopper: { near, ledger } }) => all + (readsItsWrites(promises, near) ? ledger.counts.staleReads : 0),
    0,
  );
  return stale > 0 ? [`${stale} answers missed acknowledged adds, and nothing that was taken away explains it`] : [];
}

/** What went wrong in normal traffic, in words. A cart that is out of reach by design explains refusals and stale reads. */
export function troubles(promises: Promises, audits: readonly Audit[], { shoppers, api }: Calm): readonly string[] {
  const counted = audits.flatMap(({ shopper: { id, near } }) => {
    const counts = shoppers.get(id);
    return counts ? [{ counts, holds: returnsHome(promises, near), fresh: readsItsWrites(promises, near) }] : [];
  });
  const sum = (of: (each: (typeof counted)[number]) => number): number =>
    counted.reduce((all, each) => all + of(each), 0);
  const requests = sum(({ counts }) => counts.requests);
  const failed = sum(({ counts, holds }) => (holds ? counts.requestsFailed : counts.outages));
  const stale = sum(({ counts, fresh }) => (fresh ? counts.staleReads : 0));
  return [
    ...(failed > 0 ? [`${failed} of ${requests} requests of shoppers failed while nothing was broken`] : []),
    ...(stale > 0 ? [`${stale} answers missed acknowledged adds while nothing was broken`] : []),
    ...(api.failed > 0
      ? [`${api.failed} of ${api.requests} requests to the stateless API failed while nothing was broken`]
      : []),
  ];
}
