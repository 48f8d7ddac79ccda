import { isUnknown } from '../../architecture/known';
import type { Part } from '../losses';
import type { ReviewedVariant } from '../review';

/** A design that survives more than another one and shows less uptime all the same. */
export interface LowerUptime {
  readonly variant: ReviewedVariant;
  readonly than: ReviewedVariant;
  /** Products that only the first has in a row; each multiplies. */
  readonly added: readonly string[];
  /** What the first survives and the other does not. */
  readonly survives: readonly Part[];
}

/**
 * Each design that survives the loss of a zone or a region, beside the first one that does not and shows more uptime. One
 * entry for each of the former.
 */
export function lowerUptimes(variants: readonly ReviewedVariant[]): LowerUptime[] {
  return variants.flatMap((variant): LowerUptime[] => {
    const { lowPercent, factors } = variant.availability;
    if (lowPercent === null) return [];
    for (const than of variants) {
      const other = than.availability.lowPercent;
      if (other === null || other <= lowPercent) continue;
      const survives = (['zone', 'region'] as const).filter(
        (part) => variant.availability.survives[part] === true && than.availability.survives[part] === false,
      );
      if (survives.length === 0) continue;
      const names = new Set(than.availability.factors.map(({ name }) => name));
      // App Service is in both, with and without zones.
      const added = factors.filter(({ name }) => !names.has(name) && !name.startsWith('App Service'));
      return [{ variant, than, added: added.map(({ name }) => name), survives }];
    }
    return [];
  });
}

/** What a variant serves on without, in words: `an instance, a zone`; `nothing`; a part that is unknown is said so. */
export function survivesWords({ availability: { survives } }: Pick<ReviewedVariant, 'availability'>): string {
  const words = (['instance', 'zone', 'region'] as const).flatMap((part) => {
    const one = survives[part];
    const name = part === 'instance' ? 'an instance' : `a ${part}`;
    return isUnknown(one) ? [`${name}: unknown`] : one ? [name] : [];
  });
  return words.length === 0 ? 'nothing' : words.join(', ');
}
