/** How bad a loss is: one scale for every report, so that the same loss has the same colour everywhere. */
export type Risk = 'none' | 'some' | 'much' | 'unknown';

/** Half of what there was, or more, is much. */
const much = 0.5;

/**
 * @param share of the carts that are lost, from 0 to 1; null: unknown
 * @param more whether something else is lost, such as single adds of carts that are still there
 */
export function riskOf(share: number | null, more = false): Risk {
  if (share === null) return 'unknown';
  if (share >= much) return 'much';
  return share > 0 || more ? 'some' : 'none';
}

/** What the colours mean, in the order of the scale. */
export const riskWords: readonly (readonly [risk: Risk, words: string])[] = [
  ['none', 'none lost'],
  ['some', 'less than half, or single adds'],
  ['much', 'half or more'],
  ['unknown', 'unknown or not assessed'],
];
