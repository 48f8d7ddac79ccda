import type { Answer, Pillar, Rule, Severity } from './rules/rule';
import { covers, isExpired, names, type Suppression } from './suppression';

export interface Finding {
  readonly rule: string;
  /** What the rule asks for, and why. */
  readonly title: string;
  readonly why: string;
  readonly severity: Severity;
  /** Of the Well-Architected Framework; of a suppression that is of no use any more, operational excellence. */
  readonly pillar: Pillar;
  /** Terraform address. */
  readonly resource: string;
  readonly message: string;
  readonly fix: string;
  readonly source: string;
  readonly suppressed: boolean;
  /** Why it is accepted; only of a suppressed one. */
  readonly reason?: string;
}

/** A rule that could not judge a resource. */
export interface CannotTell {
  readonly rule: string;
  /** Terraform address. */
  readonly resource: string;
  /** What is unknown. */
  readonly reason: string;
  readonly suppressed: boolean;
  /** Why it is accepted; only of a suppressed one. */
  readonly accepted?: string;
}

/** A finding of a rule, with why it is accepted where it is. */
export function findingOf(
  { id, title, why, severity, pillar, source }: Rule,
  answer: Answer,
  variant: string,
  live: readonly Suppression[],
): Finding[] {
  if (answer.kind !== 'finding') return [];
  const { resource, message, fix } = answer;
  const accepted = live.find((one) => covers(one, variant, id, resource));
  const finding = {
    rule: id,
    title,
    why,
    severity,
    resource,
    message,
    fix,
    source,
    pillar,
    suppressed: accepted !== undefined,
  };
  return [accepted ? { ...finding, reason: accepted.reason } : finding];
}

/** What a rule could not judge, with why that is accepted where it is. */
export function doubtOf({ id }: Rule, answer: Answer, variant: string, live: readonly Suppression[]): CannotTell[] {
  if (answer.kind !== 'cannot tell') return [];
  const { resource, reason } = answer;
  const accepted = live.find((one) => one.unknown === true && covers(one, variant, id, resource));
  const doubt = { rule: id, resource, reason, suppressed: accepted !== undefined };
  return [accepted ? { ...doubt, accepted: accepted.reason } : doubt];
}

/** What was found in a variant. */
interface Reviewed {
  readonly name: string;
  readonly findings: readonly Finding[];
  readonly cannotTell: readonly CannotTell[];
}

/**
 * A suppression that has expired, or that suppresses nothing any more, is a finding of each variant that it names: otherwise
 * it hides the next one.
 */
export function idleSuppression(
  one: Suppression,
  variants: readonly Reviewed[],
  today: string,
): { readonly name: string; readonly finding: Finding }[] {
  // Of a variant with overrides it need not find anything.
  const named = variants.filter(({ name }) => names(one, name));
  const matched = named.some(
    ({ name, findings, cannotTell }) =>
      findings.some(({ rule, resource }) => covers(one, name, rule, resource)) ||
      (one.unknown === true && cannotTell.some(({ rule, resource }) => covers(one, name, rule, resource))),
  );
  const expired = isExpired(one, today);
  if (matched && !expired) return [];
  const finding: Finding = {
    rule: 'suppression',
    title: 'Keep suppressions true',
    why: 'One that accepts nothing any more hides the next finding in the same place.',
    severity: 'error',
    resource: one.resource,
    message: `The suppression of ${one.rule} (${one.reason}) ${expired ? `expired on ${one.expires}` : 'matches no finding'}.`,
    fix: expired && matched ? 'Fix what it accepts, or give it a new date and say why.' : 'Remove it.',
    source: 'https://learn.microsoft.com/azure/well-architected/operational-excellence/principles',
    pillar: 'operational-excellence',
    suppressed: false,
  };
  return named.map(({ name }) => ({ name, finding }));
}
