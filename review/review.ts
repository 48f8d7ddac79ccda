import type { Affinity, Architecture, EntryKind, Known, RegionRole, SessionStore } from '../architecture/model';
import { rules as allRules } from './rules';
import type { Answer, Rule, Severity } from './rules/rule';

export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  /** Terraform address. */
  readonly resource: string;
  readonly message: string;
  readonly fix: string;
  readonly source: string;
  readonly suppressed: boolean;
}

export interface CannotTell {
  readonly rule: string;
  readonly resource: string;
  readonly reason: string;
}

export interface ReviewedRegion {
  readonly name: string;
  readonly location: Known<string>;
  readonly role: Known<RegionRole>;
  readonly instances: Known<number>;
  readonly zoneRedundant: Known<boolean>;
}

/** A variant as reviewed. A fact that the Terraform does not settle is `{ unknown: reason }`. */
export interface ReviewedVariant {
  readonly name: string;
  readonly entry: Known<EntryKind>;
  readonly regions: readonly ReviewedRegion[];
  readonly affinity: Affinity;
  readonly sessions: Known<SessionStore>;
  /** Number of managed resources. */
  readonly resources: number;
  readonly findings: readonly Finding[];
  readonly cannotTell: readonly CannotTell[];
}

/** What `review --json` prints: a contract, others script against it. */
export interface ReviewResult {
  readonly variants: readonly ReviewedVariant[];
}

/** Holds every architecture against the rules. A rule that throws is a finding of its own, never a pass. */
export function review(architectures: readonly Architecture[], rules: readonly Rule[] = allRules): ReviewResult {
  return { variants: architectures.map((architecture) => reviewOne(architecture, rules)) };
}

function reviewOne(architecture: Architecture, rules: readonly Rule[]): ReviewedVariant {
  const answers = rules.flatMap((rule) => answersOf(rule, architecture).map((answer) => ({ rule, answer })));
  return {
    name: architecture.name,
    entry: architecture.entry,
    regions: architecture.regions.map(({ name, location, role, app: { plan } }) => ({
      name,
      location,
      role,
      instances: plan.instances,
      zoneRedundant: plan.zoneBalanced,
    })),
    affinity: architecture.affinity,
    sessions: architecture.sessions,
    resources: architecture.resources.length,
    findings: answers.flatMap(({ rule: { id, severity, source }, answer }) =>
      answer.kind === 'finding'
        ? {
            rule: id,
            severity,
            resource: answer.resource,
            message: answer.message,
            fix: answer.fix,
            source,
            suppressed: false,
          }
        : [],
    ),
    cannotTell: answers.flatMap(({ rule, answer }) =>
      answer.kind === 'cannot tell' ? { rule: rule.id, resource: answer.resource, reason: answer.reason } : [],
    ),
  };
}

function answersOf(rule: Rule, architecture: Architecture): readonly Answer[] {
  try {
    return rule.check(architecture);
  } catch (error) {
    const message = `The rule itself failed: ${(error as Error).message}.`;
    return [
      { kind: 'finding', resource: architecture.name, message, fix: `Report the rule ${rule.id} with this Terraform.` },
    ];
  }
}
