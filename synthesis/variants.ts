import type { AffinityLayer, EntryId } from '../stacks/entry/entries';
import type { AffinityState, Variant } from '../stacks/variant';

/** A variant as `main.ts` declares it: `all` regions of the settings, and routing where there is something to choose. */
export type DeclaredVariant = Omit<Variant, 'entry' | 'affinity' | 'regions' | 'routing'> & {
  readonly entry: EntryId;
  /** `absent` exactly where the entry has no such layer. */
  readonly affinity: { readonly appService: 'on' | 'off' } & Readonly<Record<AffinityLayer, AffinityState>>;
  readonly regions: number | 'all';
  readonly routing?: Variant['routing'];
};

export type Variants = Readonly<Record<string, DeclaredVariant>>;
