/** How long answers took, by phase of a run: of this machine, so a figure to compare within one drill and no other. */

import type { Logged } from './requests';

/** Milliseconds. */
export interface Percentiles {
  readonly requests: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** null: nothing was asked. */
export interface PhaseLatency {
  readonly shoppers: Percentiles | null;
  /** Of the stateless API. */
  readonly api: Percentiles | null;
}

/** Before the fault, from it until everybody had recovered, and after that. */
export interface Latency {
  readonly before: PhaseLatency;
  readonly during: PhaseLatency;
  readonly after: PhaseLatency;
}

export function percentilesOf(milliseconds: readonly number[]): Percentiles | null {
  if (milliseconds.length === 0) return null;
  const sorted = [...milliseconds].sort((one, other) => one - other);
  // The nearest rank: a value that was measured, never one between two.
  const at = (share: number): number =>
    Math.round((sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0) * 10) / 10;
  return { requests: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

/** By the moment at which a request was sent. Requests without an answer count with the time that they waited. */
export function latencyOf(log: readonly Logged[], faultAt: number, recoveredAt: number): Latency {
  const phase = (from: number, until: number): PhaseLatency => {
    const within = log.filter(({ sentAt }) => sentAt >= from && sentAt < until);
    const took = (counts: (request: Logged) => boolean) =>
      percentilesOf(within.filter(counts).map(({ tookMs }) => tookMs));
    return { shoppers: took(({ shopper }) => shopper !== null), api: took(({ isApi }) => isApi) };
  };
  return {
    before: phase(Number.NEGATIVE_INFINITY, faultAt),
    during: phase(faultAt, recoveredAt),
    after: phase(recoveredAt, Number.POSITIVE_INFINITY),
  };
}

/** A page takes milliseconds here, so half a second is not the machine alone if the stateless API is quick meanwhile. */
const slowMs = 500;
const timesSlower = 5;

/** What is slow while nothing is broken, in words: carts, measured against the stateless API of the same moments. */
export function slownessIn({ before }: Latency): readonly string[] {
  const { shoppers, api } = before;
  if (shoppers === null || api === null) return [];
  return shoppers.p50 > slowMs && shoppers.p50 > timesSlower * api.p50
    ? [
        `half of the shoppers' requests took ${Math.round(shoppers.p50)} ms or more while nothing was broken, and those to the stateless API ${Math.round(api.p50)} ms`,
      ]
    : [];
}
