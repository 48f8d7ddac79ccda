/** How money, and what is missing from it, is worded in every report. */

import { grouping } from '../../report/grouping';
import type { MonthlyCost, Unpriced } from './monthlyCost';
import type { CostByUse } from './use/costByUse';

/** `address: part: reason`, as `review --json` has it. */
export const unpricedText = (one: Unpriced): string => `${one.resource}: ${unpricedReason(one)}`;

/** Why it has no price, without the address: the same for the same part of another resource. */
export const unpricedReason = ({ kind, part, reason }: Omit<Unpriced, 'resource' | 'region'>): string =>
  kind === 'by use' ? `billed by use (${reason})` : `${part === null ? '' : `${part}: `}${reason}`;

/**
 * A sum. As soon as something has no price it is what it costs at least, and a region that is not in it is named.
 *
 * @param unit written behind the figure, such as the currency
 */
export function amount(
  value: number | null,
  { unpriced, regionsWithoutPrice: missing }: Pick<MonthlyCost, 'unpriced' | 'regionsWithoutPrice'>,
  unit = '',
): string {
  if (value === null) return 'no price';
  const figure = `${unpriced.length > 0 ? '> ' : ''}${value.toFixed(2)}${unit === '' ? '' : ` ${unit}`}`;
  return missing.length > 0 ? `${figure} without ${missing.join(', ')}` : figure;
}

/** The traffic that what is billed by use follows from, and what of it is assumed. */
export function trafficWords({ traffic, stated }: Pick<CostByUse, 'traffic' | 'stated'>): string {
  const { monthlyRequests, requestKb, responseKb, sessionKb } = traffic;
  const words = `${monthlyRequests.toLocaleString('en-US')} requests a month of ${requestKb} KB, answered with ${responseKb} KB, each with ${sessionKb} KB of session read and written`;
  const all = Object.keys(traffic).length;
  if (stated.length === all) return words;
  const how = 'say otherwise with --requests or --usage';
  return stated.length === 0
    ? `${words} (assumed, not measured; ${how})`
    : `${words} (${all - stated.length} of these ${all} figures are assumed; ${how})`;
}

/** Use that is in no sum, by what and why: the same of several resources is said once. */
export const unpricedUseGroups = (costs: readonly Pick<MonthlyCost, 'byUse'>[]) =>
  grouping(
    costs.flatMap(({ byUse }) => byUse.unpriced),
    ({ what, usage, reason }) => `${what}: ${usage}: ${reason}`,
  ).map((same) => ({
    what: same[0]?.what ?? '',
    usage: same[0]?.usage ?? '',
    kind: same[0]?.kind ?? 'unknown',
    reason: same[0]?.reason ?? '',
    resources: [...new Set(same.map(({ resource }) => resource))],
  }));

/** The age of the prices behind some sums and where they are from, as in `as of 2026-10-02, the oldest of 2024-07-01`. */
export function basis(costs: readonly Pick<MonthlyCost, 'asOf' | 'oldest' | 'secondHand'>[]): string {
  const asOf = costs
    .map((cost) => cost.asOf)
    .sort()
    .at(-1);
  const oldest = costs.flatMap((cost) => cost.oldest ?? []).sort()[0];
  const priced = costs.filter((cost) => cost.oldest !== null);
  const secondHand = priced.every((cost) => cost.secondHand === 'all')
    ? 'all'
    : priced.every((cost) => cost.secondHand === 'none')
      ? 'none'
      : 'some';
  return [
    `as of ${asOf}`,
    ...(oldest !== undefined && oldest !== asOf ? [`the oldest of ${oldest}`] : []),
    ...(priced.length > 0 && secondHand !== 'none'
      ? [`${secondHand} second-hand until npm run prices asks the API`]
      : []),
  ].join(', ');
}
