import type { Affinity, Deployment, EntryKind, RegionRole } from '../architecture/deployment';
import type { Known } from '../architecture/known';
import type { SessionStore } from '../sessions/stores';
import { type Availability, availability } from './availability/availability';
import { type MonthlyCost, monthlyCost } from './cost/cost';
import { type PriceFile, readPrices } from './cost/prices';
import { rules as allRules } from './rules';
import type { Answer, Pillar, Rule, Severity } from './rules/rule';
import type { StateEntry } from './state/entry';
import { stateMap } from './state/map';
import { covers, isExpired, type Suppression, speaksOf } from './suppression';

export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  /** Of the Well-Architected Framework; of a suppression that is no use any more, operational excellence. */
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
  readonly stateMap: readonly StateEntry[];
  readonly availability: Availability;
  readonly monthlyCost: MonthlyCost;
  readonly findings: readonly Finding[];
  readonly cannotTell: readonly CannotTell[];
}

/** What `review --json` prints: a contract, others script against it. */
export interface ReviewResult {
  readonly variants: readonly ReviewedVariant[];
}

export interface ReviewOptions {
  readonly rules?: readonly Rule[];
  readonly suppressions?: readonly Suppression[];
  readonly prices?: PriceFile;
  /** Only rules of these pillars; by default of all. */
  readonly pillars?: readonly Pillar[] | undefined;
  /** As in 2026-11-24; decides which suppressions have expired. */
  readonly today?: string;
}

/** Checks every deployment against the rules. A rule that throws is a finding of its own, never a pass. */
export function review(deployments: readonly Deployment[], options: ReviewOptions = {}): ReviewResult {
  const {
    rules = allRules,
    suppressions = [],
    prices = readPrices(),
    today = new Date().toISOString().slice(0, 10),
    pillars,
  } = options;
  const asked = rules.filter(({ pillar }) => pillars?.includes(pillar) ?? true);
  const live = suppressions.filter((one) => !isExpired(one, today));
  return {
    variants: deployments.map((deployment) => {
      const answers = asked.flatMap((rule) => answersOf(rule, deployment).map((answer) => ({ rule, answer })));
      const findings = answers.flatMap(({ rule, answer }) => findingOf(rule, answer, deployment.name, live));
      return {
        ...summary(deployment),
        stateMap: stateMap(deployment),
        availability: availability(deployment),
        monthlyCost: monthlyCost(deployment, prices),
        findings: [
          ...findings,
          ...idleSuppressions(
            // A rule that is not asked finds nothing to suppress.
            suppressions.filter(({ rule }) => pillars === undefined || asked.some(({ id }) => id === rule)),
            deployment.name,
            findings,
            today,
          ),
        ],
        cannotTell: answers.flatMap(({ rule, answer }) =>
          answer.kind === 'cannot tell' ? { rule: rule.id, resource: answer.resource, reason: answer.reason } : [],
        ),
      };
    }),
  };
}

function summary({ name, entry, regions, affinity, sessions, resources }: Deployment) {
  return {
    name,
    entry,
    regions: regions.map(({ name, location, role, app: { plan } }) => ({
      name,
      location,
      role,
      instances: plan.instances,
      zoneRedundant: plan.zoneBalanced,
    })),
    affinity,
    sessions,
    resources: resources.length,
  };
}

function findingOf(
  { id, severity, pillar, source }: Rule,
  answer: Answer,
  variant: string,
  live: readonly Suppression[],
): Finding[] {
  if (answer.kind !== 'finding') return [];
  const { resource, message, fix } = answer;
  const accepted = live.find((one) => covers(one, variant, id, resource));
  const finding = { rule: id, severity, resource, message, fix, source, pillar, suppressed: accepted !== undefined };
  return [accepted ? { ...finding, reason: accepted.reason } : finding];
}

/** A suppression that has expired, or that suppresses nothing any more, is a finding: otherwise it hides the next one. */
function idleSuppressions(
  suppressions: readonly Suppression[],
  variant: string,
  findings: readonly Finding[],
  today: string,
): Finding[] {
  return suppressions.flatMap((one): Finding[] => {
    // Of a variant with overrides it need not find anything.
    if (one.variant !== variant || !speaksOf(one, variant)) return [];
    const matched = findings.some(({ rule, resource }) => covers(one, variant, rule, resource));
    const expired = isExpired(one, today);
    if (matched && !expired) return [];
    return [
      {
        rule: 'suppression',
        severity: 'error',
        resource: one.resource,
        message: `The suppression of ${one.rule} (${one.reason}) ${expired ? `expired on ${one.expires}` : 'matches no finding'}.`,
        fix: expired && matched ? 'Mend what it accepts, or give it a new date and say why.' : 'Remove it.',
        source: 'https://learn.microsoft.com/azure/well-architected/operational-excellence/principles',
        pillar: 'operational-excellence',
        suppressed: false,
      },
    ];
  });
}

function answersOf(rule: Rule, deployment: Deployment): readonly Answer[] {
  try {
    return rule.check(deployment);
  } catch (error) {
    const message = `The rule itself failed: ${(error as Error).message}.`;
    return [
      { kind: 'finding', resource: deployment.name, message, fix: `Report the rule ${rule.id} with this Terraform.` },
    ];
  }
}
