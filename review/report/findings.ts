/** Findings, unknowns and missing prices of all variants, each once, for every report to word in its own way. */

import { grouping } from '../../report/grouping';
import type { Unpriced } from '../cost/monthlyCost';
import { unpricedReason } from '../cost/wording';
import type { CannotTell, Finding, ReviewedVariant, ReviewResult } from '../review';

export interface RuleFindings extends Pick<Finding, 'rule' | 'title' | 'why' | 'severity' | 'source'> {
  /** One per message, with the places where it holds. */
  readonly groups: readonly MessageGroup[];
}

export interface MessageGroup extends Pick<Finding, 'message' | 'fix'> {
  readonly places: readonly Place[];
}

/** Where one message holds in one variant. */
export interface Place {
  readonly variant: string;
  /** Terraform addresses. */
  readonly resources: readonly string[];
}

/** Findings that are not suppressed by rule and message, errors first: the same one in seven variants is read once. */
export function openFindings(variants: readonly ReviewedVariant[]): RuleFindings[] {
  const all = variants.flatMap(({ name, findings }) =>
    findings.filter(({ suppressed }) => !suppressed).map((finding) => ({ ...finding, variant: name })),
  );
  const byRule = groupsOf(all, ({ rule }) => rule).map(([{ rule, title, why, severity, source }, ofRule]) => ({
    ...{ rule, title, why, severity, source },
    groups: groupsOf(ofRule, ({ message, fix }) => `${message}\n${fix}`).map(([{ message, fix }, same]) => ({
      message,
      fix,
      places: groupsOf(same, ({ variant }) => variant).map(([{ variant }, here]) => ({
        variant,
        resources: here.map(({ resource }) => resource),
      })),
    })),
  }));
  return (['error', 'warning'] as const).flatMap((wanted) => byRule.filter(({ severity }) => severity === wanted));
}

export interface Doubt {
  readonly variant: string;
  readonly rules: readonly string[];
  /** What is unknown. */
  readonly reason: string;
}

/** What no rule could judge, by variant and reason. */
export const openDoubts = (variants: readonly ReviewedVariant[]): Doubt[] =>
  variants.flatMap(({ name, cannotTell }) =>
    groupsOf(
      cannotTell.filter(({ suppressed }) => !suppressed),
      ({ reason }) => reason,
    ).map(([{ reason }, same]) => ({ variant: name, rules: same.map(({ rule }) => rule), reason })),
  );

export interface Accepted extends Pick<Finding, 'rule' | 'resource'> {
  readonly variant: string;
  /** What was found, or what is unknown. */
  readonly found: string;
  /** Why it is accepted. */
  readonly reason: string;
}

/** Findings and unknowns that somebody accepted, with the reason. */
export const accepted = (variants: readonly ReviewedVariant[]): Accepted[] =>
  variants.flatMap(({ name, findings, cannotTell }) => [
    ...findings.filter(({ suppressed }) => suppressed).map((one) => acceptedFinding(name, one)),
    ...cannotTell.filter(({ suppressed }) => suppressed).map((one) => acceptedDoubt(name, one)),
  ]);

const acceptedFinding = (variant: string, { rule, resource, message, reason }: Finding): Accepted => ({
  ...{ variant, rule, resource, found: message, reason: reason ?? '' },
});

const acceptedDoubt = (variant: string, { rule, resource, reason, accepted: why }: CannotTell): Accepted => ({
  ...{ variant, rule, resource, found: `Unknown: ${reason}`, reason: why ?? '' },
});

export interface UnpricedGroup extends Omit<Unpriced, 'resource'> {
  /** Terraform addresses, each once although several variants have it. */
  readonly resources: readonly string[];
}

/** What has no price, by reason: the same resource of several variants is named once. */
export const unpricedGroups = (variants: readonly ReviewedVariant[]): UnpricedGroup[] =>
  groupsOf(
    variants.flatMap(({ monthlyCost }) => monthlyCost.unpriced),
    unpricedReason,
  ).map(([{ resource: _, ...shared }, same]) => ({
    ...shared,
    resources: [...new Set(same.map(({ resource }) => resource))],
  }));

/** What was examined and what came of it. */
export interface Verdict {
  readonly variants: number;
  readonly rules: number;
  readonly findings: number;
  readonly errors: number;
  readonly unknown: number;
  readonly suppressed: number;
  /** How many rules a `review.json` leaves out, for at least one variant. */
  readonly notAsked: number;
  readonly kind: 'not assessed' | 'nothing found' | 'found';
}

export function verdictOf({ variants, ruleCount }: ReviewResult): Verdict {
  const all = variants.flatMap(({ findings, cannotTell }) => [...findings, ...cannotTell]);
  const open = all.filter(({ suppressed }) => !suppressed);
  const findings = open.filter((one): one is Finding => 'severity' in one);
  return {
    variants: variants.length,
    rules: ruleCount,
    findings: findings.length,
    errors: findings.filter(({ severity }) => severity === 'error').length,
    unknown: open.length - findings.length,
    suppressed: all.length - open.length,
    notAsked: new Set(variants.flatMap(({ settings }) => settings?.notAsked ?? [])).size,
    kind: variants.length === 0 ? 'not assessed' : open.length === 0 ? 'nothing found' : 'found',
  };
}

/** The verdict as a line. @param strong marks up what may be good news */
export function verdictLine(verdict: Verdict, strong: (text: string) => string = String): string {
  const { variants, rules, findings, errors, unknown, suppressed, notAsked, kind } = verdict;
  if (kind === 'not assessed') return 'Nothing was assessed.';
  const found =
    kind === 'nothing found'
      ? strong('nothing found')
      : `${counted(findings, 'finding')} (${counted(errors, 'error')}), ${unknown} unknown`;
  return `${counted(variants, 'variant')} checked against ${rules} rules: ${found}${suppressed > 0 ? `, ${suppressed} suppressed` : ''}${notAsked > 0 ? `, ${counted(notAsked, 'rule')} left out by review.json` : ''}.`;
}

const counted = (number: number, what: string) => `${number} ${what}${number === 1 ? '' : 's'}`;

/** Items with the same key together, with the first of them for what they share. */
function groupsOf<T>(items: readonly T[], key: (item: T) => string): [first: T, same: readonly T[]][] {
  return grouping(items, key).map((same) => [same[0] as T, same]);
}
