import { grouping } from '../../report/grouping';
import type { ReviewedVariant } from '../review';

/** Which settings file a review followed, and what it changed, a sentence each; empty: there was none. */
export function settingsSentences(variants: readonly ReviewedVariant[]): string[] {
  const all = variants.flatMap(({ name, settings }) => (settings ? [{ name, settings }] : []));
  return grouping(all, ({ settings }) => JSON.stringify(settings)).map((same) => {
    const { file, environment, notAsked } = (same[0] as (typeof all)[number]).settings;
    const of = same.length === variants.length ? '' : ` for ${same.map(({ name }) => name).join(', ')}`;
    const without = notAsked.length > 0 ? `, without the rules ${notAsked.join(', ')}` : '';
    return `Settings of the review${of}: ${file}, as ${environment}${without}.`;
  });
}
