/** Totals over all shoppers of a run: the figures that need no prediction. */

import type { CompletedRun, RunDetails } from '../report/result';
import type { Audit } from './evidence';
import type { Counts } from './ledger';
import { rounded } from './rounded';

export type ShopperFigures = Pick<
  CompletedRun,
  | 'shoppers'
  | 'cartsLost'
  | 'cartsResurrected'
  | 'writesAcknowledged'
  | 'writesLost'
  | 'staleReads'
  | 'requests'
  | 'requestsFailed'
>;

export type ShopperDetails = Pick<
  RunDetails,
  'retriedSuccesses' | 'ambiguousAdds' | 'checkouts' | 'forms' | 'formsRefused'
>;

export function figuresOf(audits: readonly Audit[]): ShopperFigures {
  const counted = (what: keyof Counts): number => sum(audits, ({ shopper }) => shopper.ledger.counts[what]);
  return {
    shoppers: audits.length,
    cartsLost: audits.filter(({ verdict }) => verdict.lost).length,
    cartsResurrected: audits.filter(({ verdict }) => verdict.resurrected).length,
    writesAcknowledged: sum(audits, ({ shopper }) => shopper.ledger.acknowledged),
    writesLost: sum(audits, ({ verdict }) => verdict.writesLost),
    staleReads: counted('staleReads'),
    requests: counted('requests'),
    requestsFailed: counted('requestsFailed'),
  };
}

export function detailsOf(audits: readonly Audit[]): ShopperDetails {
  const counted = (what: keyof Counts): number => sum(audits, ({ shopper }) => shopper.ledger.counts[what]);
  return {
    retriedSuccesses: counted('retriedSuccesses'),
    ambiguousAdds: counted('ambiguousAdds'),
    checkouts: counted('checkouts'),
    forms: counted('forms'),
    formsRefused: counted('formsRefused'),
  };
}

/**
 * Load skew: the busiest instance's share of the audit over the even share.
 * @param instances how many could have answered. Default: - as many as did, if the number of instances is unknown.
 */
export function loadSkew(audits: readonly Audit[], instances?: number): number {
  const answered = new Map<string, number>();
  for (const { process } of audits) answered.set(process, (answered.get(process) ?? 0) + 1);
  const busiest = Math.max(0, ...answered.values());
  return rounded((busiest / Math.max(1, audits.length)) * (instances ?? answered.size));
}

export const sum = <T>(items: readonly T[], value: (item: T) => number): number =>
  items.reduce((total, item) => total + value(item), 0);
