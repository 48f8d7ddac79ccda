import type { Affinity, Deployment, EntryKind, RegionRole } from '../architecture/deployment';
import type { Known } from '../architecture/known';
import { servicesOf } from '../architecture/services';
import type { ProviderSeen } from '../architecture/terraform/provider';
import { InputError } from '../inputError';
import type { SessionPlace } from '../sessions/stores';
import { type Availability, availability } from './availability/availability';
import { monthlyCost } from './cost/cost';
import type { MonthlyCost } from './cost/monthlyCost';
import { type PriceFile, readPrices } from './cost/prices';
import type { Usage } from './cost/use/usage';
import { type CannotTell, doubtOf, type Finding, findingOf, idleSuppression } from './findings';
import { type Losses, lossesOf } from './losses';
import { type PlanSaid, planSaid } from './planned';
import { rules as allRules } from './rules';
import type { Answer, Pillar, Rule } from './rules/rule';
import { rulesFor, type StatedSeverities, withStatedSessions } from './settings/apply';
import { remarkSuppressions } from './settings/remarks';
import type { environments, ReviewSettings } from './settings/reviewJson';
import type { StateEntry } from './state/entry';
import { stateMap } from './state/map';
import { isExpired, type Suppression } from './suppression';

export type { CannotTell, Finding };

export interface ReviewedRegion {
  readonly name: string;
  readonly location: Known<string>;
  readonly role: Known<RegionRole>;
  readonly instances: Known<number>;
  readonly zoneRedundant: Known<boolean>;
}

/** Apps that serve the same requests, where a variant has several such sets: a shop and its API, say. */
export interface ReviewedService {
  /** Terraform addresses. */
  readonly apps: readonly string[];
  readonly entry: Known<EntryKind>;
  readonly regions: readonly ReviewedRegion[];
  readonly affinity: Affinity;
  readonly sessions: Known<SessionPlace>;
  readonly losses: Losses;
  readonly availability: Availability;
}

/** A variant as reviewed. A fact that the Terraform does not show is `{ unknown: reason }`. */
export interface ReviewedVariant {
  readonly name: string;
  readonly entry: Known<EntryKind>;
  readonly regions: readonly ReviewedRegion[];
  readonly affinity: Affinity;
  readonly sessions: Known<SessionPlace>;
  /** Number of managed resources. */
  readonly resources: number;
  readonly stateMap: readonly StateEntry[];
  /** The same facts for each set of apps that serve the same requests; empty: all of them do. */
  readonly services: readonly ReviewedService[];
  /** What the loss of an instance, a zone and a region costs. */
  readonly losses: Losses;
  readonly availability: Availability;
  readonly monthlyCost: MonthlyCost;
  readonly findings: readonly Finding[];
  readonly cannotTell: readonly CannotTell[];
  /** Where a rule found everything in order. Where it is not applicable it says nothing. */
  readonly compliant: readonly Compliant[];
  /** What a plan says beside what exists after it; null: it is not a plan. */
  readonly plan: PlanSaid | null;
  /** The azurerm that the Terraform is for; null: it does not say. */
  readonly provider: ProviderSeen | null;
  /** What a `review.json` beside the Terraform changed; null: there is none. */
  readonly settings: AppliedSettings | null;
}

export interface Compliant {
  readonly rule: string;
  /** Terraform address. */
  readonly resource: string;
}

export interface AppliedSettings {
  readonly file: string;
  readonly environment: (typeof environments)[number];
  /** Rules that were not asked for that reason. */
  readonly notAsked: readonly string[];
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
  /** What the reader of a deployment says about it; null: nothing. */
  readonly settings?: ((deployment: Deployment) => ReviewSettings | null) | undefined;
  /** By rule, for every deployment. Default: - each rule has its own. */
  readonly severities?: StatedSeverities | undefined;
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
    settings = () => null,
    severities,
  } = options;
  const asked = rules.filter(({ pillar }) => pillars?.includes(pillar) ?? true);
  const all: Suppression[] = [...suppressions];
  const notAsked = new Set<string>();
  const variants = deployments.map((read): ReviewedVariant => {
    const own = settings(read);
    const deployment = own ? withStatedSessions(read, own) : read;
    const { name } = deployment;
    const further = [
      ...(own?.suppressions ?? []).map((one) => ({ ...one, variant: name })),
      ...remarkSuppressions(deployment, rules),
    ];
    all.push(...further);
    const live = [...suppressions, ...further].filter((one) => !isExpired(one, today));
    const wanted = rulesFor(asked, own, severities);
    for (const { id } of asked) if (!wanted.some((rule) => rule.id === id)) notAsked.add(`${name} ${id}`);
    const answers = wanted.flatMap((rule) => answersOf(rule, deployment).map((answer) => ({ rule, answer })));
    return {
      ...summary(deployment),
      stateMap: stateMap(deployment),
      services: servicesIn(deployment),
      losses: lossesOf(deployment),
      availability: availability(deployment),
      monthlyCost: monthlyCost(deployment, prices, usage),
      findings: answers.flatMap(({ rule, answer }) => findingOf(rule, answer, name, live)),
      cannotTell: answers.flatMap(({ rule, answer }) => doubtOf(rule, answer, name, live)),
      compliant: answers.flatMap(({ rule: { id }, answer }) =>
        answer.kind === 'compliant' ? { rule: id, resource: answer.resource } : [],
      ),
      plan: planSaid(deployment),
      provider: deployment.provider,
      settings: own && {
        file: own.file,
        environment: own.environment ?? 'production',
        notAsked: asked.filter(({ id }) => notAsked.has(`${name} ${id}`)).map(({ id }) => id),
      },
    };
  });
  // A rule that is not asked finds nothing to suppress.
  const judged = ({ rule }: Suppression, name: string) =>
    !notAsked.has(`${name} ${rule}`) && (pillars === undefined || asked.some(({ id }) => id === rule));
  const idle = all.flatMap((one) => idleSuppression(one, variants, today).filter(({ name }) => judged(one, name)));
  return {
    ruleCount: asked.length,
    variants: variants.map((variant) => ({
      ...variant,
      findings: [...variant.findings, ...idle.flatMap(({ name, finding }) => (name === variant.name ? finding : []))],
    })),
  };
}

const summary = ({ name, entry, regions, affinity, sessions, resources }: Deployment) => ({
  ...{ name, entry, regions: regionsOf(regions), affinity, sessions },
  resources: resources.length,
});

const regionsOf = (regions: Deployment['regions']): ReviewedRegion[] =>
  regions.map(({ name, location, role, app: { plan } }) => ({
    ...{ name, location, role },
    instances: plan.instances,
    zoneRedundant: plan.zoneBalanced,
  }));

function servicesIn(deployment: Deployment): ReviewedService[] {
  const services = servicesOf(deployment);
  if (services.length < 2) return [];
  return services.map((service) => ({
    apps: service.regions.map(({ app }) => app.address),
    entry: service.entry,
    regions: regionsOf(service.regions),
    affinity: service.affinity,
    sessions: service.sessions,
    losses: lossesOf(service),
    availability: availability(service),
  }));
}

function answersOf(rule: Rule, deployment: Deployment): readonly Answer[] {
  try {
    // Sets of apps that serve different requests may share a layer, and get the same answer about it.
    return [...new Map(rule.check(deployment).map((answer) => [JSON.stringify(answer), answer])).values()];
  } catch (error) {
    // A rule of a team is theirs to mend, and the error says where it is.
    if (error instanceof InputError) throw error;
    const message = `The rule itself failed: ${(error as Error).message}.`;
    return [
      { kind: 'finding', resource: deployment.name, message, fix: `Report the rule ${rule.id} with this Terraform.` },
    ];
  }
}
