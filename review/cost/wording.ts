/** How money, and what is missing from it, is worded in every report. */

import type { MonthlyCost, Unpriced } from './monthlyCost';

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
