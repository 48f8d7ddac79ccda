/**
 * What each shopper was promised, and what became of it: the oracle of the drill.
 *
 * The definitions are the design's, word for word:
 * - **cart lost**: at the audit after recovery, a cart that held acknowledged items before the fault holds none of them.
 * - **cart resurrected**: one judged lost comes back (failback).
 * - **write lost**: an acknowledged add that the audit does not find, in a cart not lost. A timeout or a cut connection
 *   is *ambiguous*: it may or may not be there, and counts as neither.
 * - **stale read**: an answer that misses an add which this shopper had acknowledged before asking.
 * - **request failed**: no answer, or a status the app would not give when healthy (503 counts), before retries; retried
 *   successes are counted apart.
 * - **recovered**: from the fault until every probe request of a second succeeds.
 * - **load skew**: busiest instance's share over the even share.
 *
 * An add is of one unit, so that each missing unit is one lost add. An add answered by any 5xx is as ambiguous as a cut
 * connection: a layer in between says 502 when the app may have written already.
 */

/** Units by product id. */
export type Units = ReadonlyMap<string, number>;

/** An add of one unit that the app said it has. */
export interface AcknowledgedAdd {
  readonly productId: string;
  /** `WEBSITE_INSTANCE_ID` of the instance that acknowledged it. */
  readonly instance: string;
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
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
  /** Failed requests whose one retry succeeded. */
  retriedSuccesses: number;
  /** Adds whose fate nobody knows. */
  ambiguousAdds: number;
  staleReads: number;
}

export interface Ledger {
  readonly adds: readonly AcknowledgedAdd[];
  readonly counts: Readonly<Counts>;
  count(what: keyof Counts): void;
  acknowledge(add: AcknowledgedAdd): void;
  /** What this shopper may count on now: to be taken before asking, because an add may be acknowledged meanwhile. */
  promised(): Units;
  /** Compares an answer with what had been promised before asking. */
  see(found: Units, promisedBefore: Units): void;
  /** @param later what a later look showed, or null if nobody looked again */
  judge(audit: Units, later: Units | null): Verdict;
}

export function openLedger(): Ledger {
  const adds: AcknowledgedAdd[] = [];
  const counts: Counts = { requests: 0, requestsFailed: 0, retriedSuccesses: 0, ambiguousAdds: 0, staleReads: 0 };
  const promised = (): Units => {
    const units = new Map<string, number>();
    for (const { productId } of adds) units.set(productId, (units.get(productId) ?? 0) + 1);
    return units;
  };
  return {
    adds,
    counts,
    count: (what) => void counts[what]++,
    acknowledge: (add) => void adds.push(add),
    promised,
    see: (found, before) => {
      if (missing(found, before) > 0) counts.staleReads++;
    },
    judge: (audit, later) => judge(promised(), audit, later),
  };
}

/** The verdict on one cart. Where an ambiguous add of the same product may be among what is found, losses are a lower bound. */
export function judge(promised: Units, audit: Units, later: Units | null): Verdict {
  const lost = holdsNone(audit, promised);
  return {
    lost,
    resurrected: lost && later !== null && !holdsNone(later, promised),
    writesLost: lost ? 0 : missing(audit, promised),
  };
}

/** How many promised units are not among those found. */
export function missing(found: Units, promised: Units): number {
  let units = 0;
  for (const [productId, count] of promised) units += Math.max(0, count - (found.get(productId) ?? 0));
  return units;
}

/** A cart that never held anything cannot be lost. */
const holdsNone = (found: Units, promised: Units): boolean =>
  promised.size > 0 && [...promised.keys()].every((productId) => (found.get(productId) ?? 0) === 0);
