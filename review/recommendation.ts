/**
 * Which variant to start from. The rule, in this order:
 *
 * 1. Only a variant in which no rule finds an error, and of which it is known what every loss costs.
 * 2. The one that loses the smallest share of the carts with an instance; of equals, with a zone; then, with a region.
 * 3. Of equals, the one that costs least a month. A sum in which a whole region is missing is not compared.
 * 4. Of equals, the one that was named first.
 *
 * Carts are not all: a deployment in one region serves nobody while that region is away, however safe its carts are. So
 * where the choice is such a one, the cheapest that serves on, and loses no more with an instance or a zone, is named too.
 */

import { isUnknown } from '../architecture/known';
import { type Part, parts } from './losses';
import type { ReviewedVariant } from './review';

export interface Recommendation {
  readonly variant: ReviewedVariant;
  /** How many variants tie with it in what they lose, itself included. */
  readonly equals: number;
  /** What to take where the shop must be served without its region, too; null: the variant is, or none is. */
  readonly servesOn: ReviewedVariant | null;
}

/** null: there is nothing to choose, or no variant can be recommended. */
export function recommended(variants: readonly ReviewedVariant[]): Recommendation | null {
  if (variants.length < 2) return null;
  const ranked = variants.filter(isEligible).sort(better);
  const [variant] = ranked;
  if (!variant) return null;
  const needsPeople = variant.losses.region.needsPeople !== false;
  const others = ranked.filter(
    ({ losses }) =>
      losses.region.needsPeople === false &&
      (['instance', 'zone'] as const).every((part) => shareOf(losses[part]) === shareOf(variant.losses[part])),
  );
  return {
    variant,
    equals: ranked.filter((other) => compareLosses(other, variant) === 0).length,
    servesOn: needsPeople ? (others[0] ?? null) : null,
  };
}

/** What a drill counted, where it did; otherwise what the facts say. null: unknown. */
export function shareOf({ share, measured }: ReviewedVariant['losses'][Part]): number | null {
  if (measured) return measured.cartsLost / measured.shoppers;
  return isUnknown(share) ? null : share;
}

/** Why a variant cannot be recommended; null: it can. */
export function objection({ findings, losses }: ReviewedVariant): 'errors' | 'unknown' | null {
  if (findings.some(({ severity, suppressed }) => severity === 'error' && !suppressed)) return 'errors';
  return parts.some((part) => shareOf(losses[part]) === null) ? 'unknown' : null;
}

const isEligible = (variant: ReviewedVariant) => objection(variant) === null;

const better = (a: ReviewedVariant, b: ReviewedVariant): number => compareLosses(a, b) || compareCosts(a, b);

function compareLosses(a: ReviewedVariant, b: ReviewedVariant): number {
  for (const part of parts) {
    const difference = (shareOf(a.losses[part]) ?? 1) - (shareOf(b.losses[part]) ?? 1);
    if (Math.abs(difference) > 1e-9) return difference;
  }
  return 0;
}

function compareCosts(a: ReviewedVariant, b: ReviewedVariant): number {
  const [costA, costB] = [comparable(a), comparable(b)];
  return costA === costB ? 0 : costA - costB;
}

const comparable = ({ monthlyCost: { atFloor, regionsWithoutPrice } }: ReviewedVariant): number =>
  atFloor === null || regionsWithoutPrice.length > 0 ? Number.MAX_VALUE : atFloor;
