/**
 * What was acknowledged to each shopper, and what is left of it: the record by which a drill is judged.
 *
 * Definitions:
 * - **cart lost**: at the audit after recovery, a cart that held acknowledged items before the fault holds none of
 *   them. **cart resurrected**: one judged lost comes back (failback).
 * - **write lost**: an acknowledged add that the audit does not find, in a cart not lost. A timeout or a cut connection
 *   is *ambiguous*: it may or may not be there, and counts as neither.
 * - **stale read**: an answer that misses an add which this shopper had acknowledged before asking. **request failed**:
 *   no answer, or a status the app would not give when healthy (503 counts), before retries; retried successes are
 *   counted apart.
 * - **recovered**: from the fault until every probe request of a second succeeds.
 * - **load skew**: busiest instance's share over the even share.
 *
 * An add is of one unit, so that each missing unit is one lost add. An add answered by any 5xx is as ambiguous as a cut
 * connection: the app's own 503 says that it does not know, and a layer in between says 502 when the app may have
 * written already. The products that are added before the fault differ from those added after it, so that one cannot be
 * mistaken for the other.
 */

/** Units by product id. */
export type Units = ReadonlyMap<string, number>;

/** `before` the fault; `lag`: just before it, while replication was held; `after` it began. */
export type AddedWhen = 'before' | 'lag' | 'after';

/** An add of one unit that the app said it has. */
export interface AcknowledgedAdd {
  readonly productId: string;
  readonly when: AddedWhen;
  /** Who acknowledged it: key of the process, or the instance id where processes cannot be distinguished. */
  readonly process: string;
}

export interface Verdict {
  readonly lost: boolean;
  readonly resurrected: boolean;
  readonly writesLost: number;
}

export interface Counts {
  /** Retries left out. */
  requests: number;
  /** Before retries. */
  requestsFailed: number;
  /** Those of the failed that had no answer, or one of 500 and above: no cart that is gone explains these. */
  outages: number;
  /** Those of the outages for which the shopper gave up waiting. */
  unanswered: number;
  /** Failed requests whose one retry succeeded. */
  retriedSuccesses: number;
  /** Adds of which it is unknown whether they were written. */
  ambiguousAdds: number;
  /** Forms that were sent, and those that the shop refused because their token no longer fitted. */
  forms: number;
  formsRefused: number;
  checkouts: number;
  staleReads: number;
}

export interface Ledger {
  readonly adds: readonly AcknowledgedAdd[];
  /** Also those of carts that were ordered since. */
  readonly acknowledged: number;
  /** Products whose add may or may not be there, once per add. */
  readonly ambiguous: readonly string[];
  readonly counts: Readonly<Counts>;
  count(what: keyof Counts): void;
  acknowledge(add: AcknowledgedAdd): void;
  /** An add got no answer, or an answer that does not show whether it was written. */
  doubt(productId: string): void;
  /** The cart was ordered, so nothing has to be in it any more. */
  order(): void;
  /** What this shopper's cart must hold now. Take it before a request, because an add may be acknowledged meanwhile. */
  promised(): Units;
  /** Compares an answer with what had been acknowledged before the request. */
  see(found: Units, promisedBefore: Units): void;
  /** @param later what a later look showed, or null if nobody looked again */
  judge(audit: Units, later: Units | null): Verdict;
}

export function openLedger(): Ledger {
  const adds: AcknowledgedAdd[] = [];
  const ambiguous: string[] = [];
  let ordered = 0;
  const counts: Counts = {
    ...{ requests: 0, requestsFailed: 0, outages: 0, unanswered: 0, retriedSuccesses: 0, ambiguousAdds: 0 },
    ...{ forms: 0, formsRefused: 0, checkouts: 0, staleReads: 0 },
  };
  return {
    adds,
    get acknowledged() {
      return ordered + adds.length;
    },
    ambiguous,
    counts,
    count: (what) => void counts[what]++,
    acknowledge: (add) => void adds.push(add),
    doubt: (productId) => {
      counts.ambiguousAdds++;
      ambiguous.push(productId);
    },
    order: () => {
      ordered += adds.length;
      adds.splice(0);
      counts.checkouts++;
    },
    promised: () => unitsOf(adds),
    see: (found, before) => {
      if (missing(found, before) > 0) counts.staleReads++;
    },
    judge: (audit, later) =>
      judge({ before: unitsOf(adds.filter(({ when }) => when !== 'after')), all: unitsOf(adds) }, audit, later),
  };
}

export function unitsOf(adds: readonly Pick<AcknowledgedAdd, 'productId'>[]): Units {
  const units = new Map<string, number>();
  for (const { productId } of adds) units.set(productId, (units.get(productId) ?? 0) + 1);
  return units;
}

/** The verdict on one cart, given what was acknowledged before the fault, and in all. */
export function judge(
  promised: { readonly before: Units; readonly all: Units },
  audit: Units,
  later: Units | null,
): Verdict {
  const lost = holdsNone(audit, promised.before);
  return {
    lost,
    resurrected: lost && later !== null && !holdsNone(later, promised.before),
    writesLost: lost ? 0 : missing(audit, promised.all),
  };
}

/** How many acknowledged units are not among those found. */
export function missing(found: Units, promised: Units): number {
  let units = 0;
  for (const [productId, count] of promised) units += Math.max(0, count - (found.get(productId) ?? 0));
  return units;
}

/** A cart that never held anything cannot be lost. */
const holdsNone = (found: Units, promised: Units): boolean =>
  promised.size > 0 && [...promised.keys()].every((productId) => (found.get(productId) ?? 0) === 0);
