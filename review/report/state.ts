import { isUnknown } from '../../architecture/known';
import { grouping } from '../../report/grouping';
import type { ReviewedVariant } from '../review';
import type { StateEntry, StateKind } from '../state/entry';

export interface SharedEntry {
  readonly entry: StateEntry;
  readonly variants: readonly string[];
}

const order: readonly StateKind[] = ['stateful', 'stateless with a cookie', 'stateless'];

/** What keeps the session itself comes before what keeps a connection. */
const rank = ({ kind, keeps }: StateEntry) =>
  isUnknown(kind) ? -1 : order.indexOf(kind) - (keeps.includes('session') ? 0.5 : 0);

/** The state maps of all variants, an entry once with the variants that have it; what keeps most comes first. */
export function sharedEntries(variants: readonly ReviewedVariant[]): SharedEntry[] {
  const all = variants.flatMap(({ name, stateMap }) => stateMap.map((entry) => ({ name, entry })));
  return grouping(all, ({ entry }) => JSON.stringify(entry))
    .map((same) => ({ entry: (same[0] as { entry: StateEntry }).entry, variants: same.map(({ name }) => name) }))
    .sort((a, b) => rank(a.entry) - rank(b.entry));
}

export const kindWord = ({ kind }: StateEntry) => (isUnknown(kind) ? 'unknown' : kind);

/** `in all` says less than a list of seven names and means the same. */
export const inVariants = (names: readonly string[], all: readonly ReviewedVariant[]) =>
  names.length === all.length && all.length > 1 ? 'every variant' : names.join(', ');
