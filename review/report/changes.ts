/** How reports word what changed since an earlier review. */

import { type Column, cellsOf, headsOf } from '../../report/layout';
import type { Changes, CostChange, FindingPlace, Sums, VariantChange } from '../changes';
import { counted } from './losses';

/** One sentence: what a reviewer of the change must not miss, first. */
export function changesSentence({ variants, gone }: Changes): string {
  const stateful = variants.filter(({ state }) => state.length > 0).map(({ variant }) => variant);
  const dearer = variants.filter(({ cost }) => cost.floor.difference !== null && !isZero(cost.floor.difference));
  const [only] = dearer;
  const total = (of: (one: VariantChange) => readonly unknown[]) =>
    variants.reduce((sum, one) => sum + of(one).length, 0);
  const [found, fixed] = [total((one) => one.found), total((one) => one.fixed)];
  const added = variants.filter(({ isNew }) => isNew).map(({ variant }) => variant);
  const said = [
    ...(stateful.length > 0 ? [`affinity or sessions change in ${listed(stateful)}`] : []),
    ...(added.length > 0 ? [`${listed(added)} ${added.length === 1 ? 'is' : 'are'} new`] : []),
    ...(gone.length > 0 ? [`${listed(gone)} ${gone.length === 1 ? 'is' : 'are'} gone`] : []),
    ...(dearer.length > 1 ? [`the cost of ${dearer.length} variants changes`] : []),
    ...(only && dearer.length === 1
      ? [`${only.variant} costs ${signed(only.cost.floor.difference)} ${only.cost.currency} a month`]
      : []),
    ...(found > 0 ? [counted(found, 'new finding')] : []),
    ...(fixed > 0 ? [`${fixed} fixed`] : []),
  ];
  if (said.length === 0) return 'Nothing changes that the review sees.';
  return `Since then: ${said.join(', ')}.`;
}

const listed = (names: readonly string[]) =>
  names.length > 3 ? `${names.length} variants` : names.join(', ').replace(/, ([^,]*)$/, ' and $1');

const isZero = (difference: number) => Math.abs(difference) < 0.005;

/** `+107.08`, `-3.00`, `0.00`; or that it is unknown. */
const signed = (difference: number | null): string => {
  if (difference === null) return 'unknown';
  return isZero(difference) ? '0.00' : `${difference > 0 ? '+' : '-'}${Math.abs(difference).toFixed(2)}`;
};

const money = (value: number | null) => (value === null ? 'no price' : value.toFixed(2));

interface CostRow extends Sums {
  readonly variant: string;
  readonly isNew: boolean;
  readonly which: string;
  readonly cost: CostChange;
}

/** Cost before, after, and the difference. */
export const costColumns = (currency: string): readonly Column<CostRow>[] => [
  { head: 'variant', text: ({ variant }) => variant },
  { head: `${currency} a month`, text: ({ which }) => which },
  { head: 'before', numeric: true, text: ({ before, isNew }) => (isNew ? 'new' : money(before)) },
  { head: 'after', numeric: true, text: ({ after }) => money(after) },
  {
    head: 'difference',
    numeric: true,
    text: ({ difference, isNew, cost: { because } }) =>
      isNew ? 'new' : because.length > 0 ? `unknown: ${because.join('; ')}` : signed(difference),
  },
];

/** Two rows a variant: at the fewest instances, and at the most. */
export const costRows = (variants: readonly VariantChange[]): CostRow[] =>
  variants.flatMap(({ variant, isNew, cost }) => [
    { variant, isNew, which: 'at the floor', cost, ...cost.floor },
    { variant, isNew, which: 'at the maximum', cost, ...cost.maximum },
  ]);

export interface StateRow {
  readonly variant: string;
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

export const stateColumns: readonly Column<StateRow>[] = [
  { head: 'variant', text: ({ variant }) => variant },
  { head: 'what', text: ({ what }) => what },
  { head: 'before', text: ({ before }) => before },
  { head: 'after', text: ({ after }) => after },
];

export const stateRows = (variants: readonly VariantChange[]): StateRow[] =>
  variants.flatMap(({ variant, state }) => state.map((one) => ({ variant, ...one })));

/** A finding that came or went, with the variant that has it. */
export interface Moved extends FindingPlace {
  readonly variant: string;
  /** What was found, or why it is accepted or unknown; null: the earlier result does not say. */
  readonly said: string | null;
}

export interface MovedGroup {
  readonly name: 'new' | 'fixed' | 'accepted since' | 'unknown since';
  readonly all: readonly Moved[];
}

/** New findings first; groups without any are left out. */
export function movedFindings(variants: readonly VariantChange[]): MovedGroup[] {
  const groups: readonly MovedGroup[] = [
    {
      name: 'new',
      all: variants.flatMap(({ variant, found }) =>
        found.map(({ rule, resource, severity, message }) => ({ variant, rule, resource, severity, said: message })),
      ),
    },
    {
      name: 'unknown since',
      all: variants.flatMap(({ variant, doubts }) =>
        doubts.map(({ rule, resource, reason }) => ({ variant, rule, resource, said: reason })),
      ),
    },
    {
      name: 'accepted since',
      all: variants.flatMap(({ variant, accepted }) =>
        accepted.map(({ rule, resource, severity, reason }) => ({
          ...{ variant, rule, resource, severity },
          said: reason ?? null,
        })),
      ),
    },
    {
      name: 'fixed',
      all: variants.flatMap(({ variant, fixed }) =>
        fixed.map(({ rule, resource, severity }) => ({ variant, rule, resource, severity, said: null })),
      ),
    },
  ];
  return groups.filter(({ all }) => all.length > 0);
}

/** Heads and rows of a table. */
export const tabled = <Row>(columns: readonly Column<Row>[], rows: readonly Row[]) =>
  [headsOf(columns), rows.map((row) => cellsOf(columns, row))] as const;
