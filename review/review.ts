import type { Affinity, Deployment, EntryKind, RegionRole } from '../architecture/deployment';
import type { Known } from '../architecture/known';
import type { SessionStore } from '../sessions/stores';
import { type Availability, availability } from './availability/availability';
import { monthlyCost } from './cost/cost';
import type { MonthlyCost } from './cost/monthlyCost';
import { type PriceFile, readPrices } from './cost/prices';
import type { Usage } from './cost/use/usage';
import { type Losses, lossesOf } from './losses';
import { rules as allRules } from './rules';
import type { Answer, Pillar, Rule, Severity } from './rules/rule';
import type { StateEntry } from './state/entry';
import { stateMap } from './state/map';
import { covers, isExpired, names, type Suppression } from './suppression';

export interface Finding {
  readonly rule: string;
  /** What the rule asks for, and why. */
  readonly title: string;
  readonly why: string;
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

export interface ReviewedRegion {
  readonly name: string;
  readonly location: Known<string>;
  readonly role: Known<RegionRole>;
  readonly instances: Known<number>;
  readonly zoneRedundant: Known<boolean>;
}

/** A variant as reviewed. A fact that the Terraform does not show is `{ unknown: reason }`. */
export interface ReviewedVariant {
  readonly name: string;
  readonly entry: Known<EntryKind>;
  readonly regions: readonly ReviewedRegion[];
  readonly affinity: Affinity;
  readonly sessions: Known<SessionStore>;
  /** Number of managed resources. */
  readonly resources: number;
  readonly stateMap: readonly StateEntry[];
  /** What the loss of an instance, a zone and a region costs. */
  readonly losses: Losses;
  readonly availability: Availability;
  readonly monthlyCost: MonthlyCost;
  readonly findings: readonly Finding[];
  readonly cannotTell: readonly CannotTell[];
}

/** What every report is made from. `report/json.ts` has the form in which others script against it. */
export interface ReviewResult {
  readonly variants: readonly ReviewedVariant[];
  /** How many rules each variant was checked against. */
  readonly ruleCount: number;
}

export interface ReviewOptions {
  readonly rules?: readonly Rule[];
  readonly suppressions?: readonly Suppression[];
  readonly prices?: PriceFile;
  /** What is known of the use; by default what is assumed of it. */
  readonly usage?: Usage;
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
    usage,
    today = new Date().toISOString().slice(0, 10),
    pillars,
  } = options;
  const asked = rules.filter(({ pillar }) => pillars?.includes(pillar) ?? true);
  const live = suppressions.filter((one) => !isExpired(one, today));
  const variants = deployments.map((deployment): ReviewedVariant => {
    const answers = asked.flatMap((rule) => answersOf(rule, deployment).map((answer) => ({ rule, answer })));
    return {
      ...summary(deployment),
      stateMap: stateMap(deployment),
      losses: lossesOf(deployment),
      availability: availability(deployment),
      monthlyCost: monthlyCost(deployment, prices, usage),
      findings: answers.flatMap(({ rule, answer }) => findingOf(rule, answer, deployment.name, live)),
      cannotTell: answers.flatMap(({ rule, answer }) => doubtOf(rule, answer, deployment.name, live)),
    };
  });
  // A rule that is not asked finds nothing to suppress.
  const judged = suppressions.filter(({ rule }) => pillars === undefined || asked.some(({ id }) => id === rule));
  const idle = judged.flatMap((one) => idleSuppression(one, variants, today));
  return {
    ruleCount: asked.length,
    variants: variants.map((variant) => ({
      ...variant,
      findings: [...variant.findings, ...idle.flatMap(({ name, finding }) => (name === variant.name ? finding : []))],
    })),
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

function doubtOf({ id }: Rule, answer: Answer, variant: string, live: readonly Suppression[]): CannotTell[] {
  if (answer.kind !== 'cannot tell') return [];
  const { resource, reason } = answer;
  const accepted = live.find((one) => one.unknown === true && covers(one, variant, id, resource));
  const doubt = { rule: id, resource, reason, suppressed: accepted !== undefined };
  return [accepted ? { ...doubt, accepted: accepted.reason } : doubt];
}

/**
 * A suppression that has expired, or that suppresses nothing any more, is a finding of each variant that it names: otherwise
 * it hides the next one.
 */
function idleSuppression(
  one: Suppression,
  variants: readonly ReviewedVariant[],
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
