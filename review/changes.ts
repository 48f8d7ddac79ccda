/** What changed between two reviews of a variant, in the order in which a pull request is judged: affinity and sessions, money, findings. */

import { isUnknown, type Known } from '../architecture/known';
import { type SessionStore, sessionStore, sessionStores } from '../sessions/stores';
import { unpricedText } from './cost/wording';
import type { EarlierResult } from './gate';
import type { CannotTell, Finding, ReviewedVariant, ReviewResult } from './review';
import { rules } from './rules';
import type { Rule } from './rules/rule';

export type EarlierVariant = EarlierResult['variants'][number];

export interface Changes {
  readonly variants: readonly VariantChange[];
  /** Variants that the earlier result has and this one has not. */
  readonly gone: readonly string[];
}

export interface VariantChange {
  readonly variant: string;
  /** Whether the earlier result has none of this name; then there is nothing to compare, and every finding is new. */
  readonly isNew: boolean;
  /** Where sessions are kept, and which layers bring a client back. */
  readonly state: readonly StateChange[];
  readonly cost: CostChange;
  readonly found: readonly Finding[];
  readonly fixed: readonly FindingPlace[];
  /** Findings of before that somebody has accepted since. */
  readonly accepted: readonly Finding[];
  /** What rules cannot judge, and could before. */
  readonly doubts: readonly CannotTell[];
}

export interface StateChange {
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

export type FindingPlace = Pick<Finding, 'rule' | 'resource'> & { readonly severity?: string | undefined };

/** List prices of a month. */
export interface CostChange {
  readonly currency: string;
  readonly floor: Sums;
  readonly maximum: Sums;
  /** Why the sums cannot be compared, a few words each; empty: they can be. */
  readonly because: readonly string[];
}

export interface Sums {
  /** null: there was none, or nothing had a price. */
  readonly before: number | null;
  readonly after: number | null;
  /** null: the sums cannot be compared. */
  readonly difference: number | null;
}

/** @param known rules that were asked */
export function changesSince(
  earlier: EarlierResult,
  { variants }: Pick<ReviewResult, 'variants'>,
  known: readonly Rule[] = rules,
): Changes {
  const names = new Set(variants.map(({ name }) => name));
  return {
    variants: variants.map((after) =>
      changeOf(earlier.variants.find(({ name }) => name === after.name) ?? null, after, known),
    ),
    gone: earlier.variants.flatMap(({ name }) => (names.has(name) ? [] : [name])),
  };
}

/** @param before null: there is no earlier one */
export function changeOf(
  before: EarlierVariant | null,
  after: ReviewedVariant,
  known: readonly Rule[] = rules,
): VariantChange {
  // Those of the list, and the one that suppressions are judged by.
  const knownRules = new Set([...known.map(({ id }) => id), 'suppression']);
  const openBefore = before?.findings.filter(({ suppressed }) => !suppressed) ?? [];
  const was = keysOf(openBefore);
  const [nowFound, nowDoubted] = [keysOf(after.findings), keysOf(after.cannotTell)];
  const doubted = keysOf(before?.cannotTell ?? []);
  return {
    variant: after.name,
    isNew: before === null,
    state: before === null ? [] : stateChanges(before, after),
    cost: costChange(before?.monthlyCost, after.monthlyCost),
    found: after.findings.filter((one) => !one.suppressed && !was.has(keyOf(one))),
    // What a rule cannot judge any more, or does not exist any more to judge, is not mended.
    fixed: openBefore.filter(
      (one) => !nowFound.has(keyOf(one)) && !nowDoubted.has(keyOf(one)) && knownRules.has(one.rule),
    ),
    accepted: after.findings.filter((one) => one.suppressed && was.has(keyOf(one))),
    doubts: after.cannotTell.filter((one) => !one.suppressed && !doubted.has(keyOf(one))),
  };
}

const keyOf = ({ rule, resource }: Pick<Finding, 'rule' | 'resource'>) => `${rule} ${resource}`;
const keysOf = (all: readonly Pick<Finding, 'rule' | 'resource'>[]) => new Set(all.map(keyOf));

const layers = [
  ['affinity at App Service', 'appService'],
  ['affinity at Application Gateway', 'applicationGateway'],
  ['affinity at Front Door', 'frontDoor'],
] as const;

function stateChanges(before: EarlierVariant, after: ReviewedVariant): StateChange[] {
  const row = (what: string, was: string | undefined, is: string): StateChange[] =>
    was === undefined || was === is ? [] : [{ what, before: was, after: is }];
  return [
    ...row('sessions', before.sessions && storeWords(before.sessions), storeWords(after.sessions)),
    ...layers.flatMap(([what, layer]) => {
      const was = before.affinity?.[layer];
      return row(what, was && words(was), words(after.affinity[layer]));
    }),
  ];
}

const words = (value: Known<string>): string => (isUnknown(value) ? 'unknown' : value);

/** The label of a store; of one that this version does not know its id. */
const storeWords = (id: Known<string>): string =>
  isUnknown(id) ? 'unknown' : Object.hasOwn(sessionStores, id) ? sessionStore(id as SessionStore).label : id;

function costChange(then: EarlierVariant['monthlyCost'], now: ReviewedVariant['monthlyCost']): CostChange {
  const because: string[] = [];
  if (then === undefined) because.push('the earlier result has no cost');
  else {
    if (then.currency !== now.currency) because.push(`it was in ${then.currency}`);
    const missing = [...new Set([...(then.regionsWithoutPrice ?? []), ...now.regionsWithoutPrice])];
    if (missing.length > 0) because.push(`prices in ${missing.join(', ')} are missing`);
    const known = new Set(then.unpriced);
    const added = now.unpriced.filter((one) => one.kind !== 'by use' && !known.has(unpricedText(one)));
    if (added.length > 0) because.push(`${added.length} new without a price`);
  }
  const sums = (before: number | null, after: number | null): Sums => ({
    ...{ before, after },
    difference: because.length > 0 || before === null || after === null ? null : after - before,
  });
  return {
    currency: now.currency,
    floor: sums(then?.atFloor ?? null, now.atFloor),
    maximum: sums(then?.atMaximum ?? null, now.atMaximum),
    because,
  };
}
