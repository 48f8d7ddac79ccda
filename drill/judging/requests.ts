/** One request of a run, as the judge sees it. */

export interface Logged {
  /** Id of the shopper who sent it; null: another client did. */
  readonly shopper: number | null;
  /** Whether a client without cookies asked the stateless API. */
  readonly isApi: boolean;
  readonly path: string;
  /** `performance.now()`. */
  readonly sentAt: number;
  /** Milliseconds until the answer was complete, or until there was none. */
  readonly tookMs: number;
  /** null: no answer. */
  readonly status: number | null;
  /** Key of the process that answered; null: a layer before it did, or nobody. */
  readonly process: string | null;
}

/** `performance.now()` of what changes where requests go; null: it did not happen. */
export interface RouteMoments {
  readonly faultAt: number;
  /** All of Front Door has left the struck region. */
  readonly leftAt: number | null;
  /** Every instance that is gone was taken out of rotation. */
  readonly evictedAt: number | null;
  readonly recoveredAt: number;
  /** The region began to come back. */
  readonly backAt: number | null;
}

/** Requests of each shopper, in the order in which they were answered. */
export function byShopper(log: readonly Logged[]): ReadonlyMap<number, readonly Logged[]> {
  const grouped = new Map<number, Logged[]>();
  for (const each of log) {
    if (each.shopper === null) continue;
    const own = grouped.get(each.shopper);
    if (own) own.push(each);
    else grouped.set(each.shopper, [each]);
  }
  return grouped;
}
