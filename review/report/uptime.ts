/** Uptime explained where it stands: the app and its entry apart, what each design survives, and why more shows less. */

import type { Column } from '../../report/layout';
import type { PartUptime } from '../availability/availability';
import { lowerUptimes, survivesWords } from '../availability/explained';
import { uptimeWords } from '../concerns';
import type { Part } from '../losses';
import type { ReviewedVariant } from '../review';
import { wordedLoss } from './losses';

const partWords = (part: PartUptime | null, otherwise: string) =>
  part === null ? otherwise : uptimeWords(part.percent, part.lowPercent);

/** Columns of the table that takes uptime apart. */
export function uptimeColumns(variants: readonly ReviewedVariant[]): readonly Column<ReviewedVariant>[] {
  const unlessUnknown = (
    { availability }: ReviewedVariant,
    part: 'entry' | 'app' | 'withDependencies',
    none: string,
  ) => (availability.percent === null ? 'unknown' : partWords(availability[part], none));
  const needed = [
    ...new Set(
      variants.flatMap(({ availability }) => availability.withDependencies?.factors.map(({ name }) => name) ?? []),
    ),
  ];
  return [
    { head: 'variant', text: ({ name }) => name },
    { head: 'app alone', text: (variant) => unlessUnknown(variant, 'app', 'unknown') },
    { head: 'entry alone', text: (variant) => unlessUnknown(variant, 'entry', 'none') },
    { head: 'both', text: ({ availability: { percent, lowPercent } }) => uptimeWords(percent, lowPercent) },
    ...(needed.length > 0
      ? [
          {
            head: `with ${needed.join(', ')}`,
            text: (variant: ReviewedVariant) => unlessUnknown(variant, 'withDependencies', 'none needed'),
          },
        ]
      : []),
    { head: 'serves on without', text: survivesWords },
    ...(variants.some(({ losses }) => losses.zone.measured)
      ? [
          {
            head: 'carts lost with a zone, drilled',
            text: ({ losses }: ReviewedVariant) =>
              losses.zone.measured ? wordedLoss(losses.zone, false).lost : 'not drilled',
          },
        ]
      : []),
  ];
}

const without: Readonly<Record<Part, string>> = { instance: 'an instance', zone: 'a zone', region: 'a region' };

/** Why designs that survive more show less uptime, a sentence each; empty: none does. */
export function uptimeSentences(variants: readonly ReviewedVariant[]): string[] {
  const lower = lowerUptimes(variants);
  if (lower.length === 0) return [];
  const low = ({ availability: { lowPercent } }: ReviewedVariant) => uptimeWords(lowPercent, lowPercent);
  const sentences = lower.map(
    ({ variant, than, added, survives }) =>
      `${variant.name} shows less uptime than ${than.name} (${low(variant)}, not ${low(than)})${
        added.length > 0
          ? `: ${added.join(', ')} ${added.length === 1 ? 'adds a promise' : 'add promises'} to the row`
          : ''
      }. It serves on without ${survives.map((part) => without[part]).join(' and ')}, and ${than.name} does not.`,
  );
  return [
    'Every product in a row multiplies its own promise, so a design with more products shows less uptime, even where it survives more. A promise is a refund when it is missed, not a forecast.',
    ...sentences,
    ...drilled(lower),
  ];
}

/** What the drill counted, where it was run for both. */
function drilled(lower: ReturnType<typeof lowerUptimes>): string[] {
  const [first] = lower.filter(({ variant, than }) => variant.losses.zone.measured && than.losses.zone.measured);
  if (!first) return [];
  const words = ({ name, losses }: ReviewedVariant) => {
    const { cartsLost, shoppers } = losses.zone.measured ?? { cartsLost: 0, shoppers: 0 };
    return `${cartsLost} of ${shoppers} carts in ${name}`;
  };
  return [`In the drill, the loss of a zone cost ${words(first.than)} and ${words(first.variant)}.`];
}
