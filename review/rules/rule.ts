import type { Deployment, ServicePlan } from '../../architecture/deployment';
import { isUnknown, type Known, type Unknown } from '../../architecture/known';
import { servicesOf } from '../../architecture/services';

export type Severity = 'error' | 'warning';

/** The pillars of the Azure Well-Architected Framework. @see https://learn.microsoft.com/azure/well-architected/pillars */
export const pillars = [
  'reliability',
  'security',
  'cost-optimization',
  'operational-excellence',
  'performance-efficiency',
] as const;

export type Pillar = (typeof pillars)[number];

/** A rule's answer about one resource. A rule that found nothing to check says so: silence never means compliant. */
export type Answer =
  | { readonly kind: 'compliant'; readonly resource: string }
  | { readonly kind: 'finding'; readonly resource: string; readonly message: string; readonly fix: string }
  | { readonly kind: 'not applicable'; readonly reason: string }
  | { readonly kind: 'cannot tell'; readonly resource: string; readonly reason: string };

export interface Rule {
  /** Stable: suppressions and scripts name it. */
  readonly id: string;
  /** An instruction. */
  readonly title: string;
  readonly severity: Severity;
  /** The pillar that it serves first. A report can be filtered by it. */
  readonly pillar: Pillar;
  /** Whether it asks for what only production needs: see `environment` in `review.json`. */
  readonly productionOnly?: true;
  /** One line of why. */
  readonly why: string;
  /** Where the recommendation comes from. */
  readonly source: string;
  /** Pure: facts in, answers out, at least one. */
  readonly check: (deployment: Deployment) => readonly Answer[];
}

export const compliant = (resource: string): Answer => ({ kind: 'compliant', resource });
export const finding = (resource: string, message: string, fix: string): Answer => ({
  kind: 'finding',
  resource,
  message,
  fix,
});
export const notApplicable = (reason: string): Answer => ({ kind: 'not applicable', reason });
export const cannotTell = (resource: string, { unknown }: Unknown): Answer => ({
  kind: 'cannot tell',
  resource,
  reason: unknown,
});

/** Judges when all values are known; otherwise the answer names the first unknown one. */
export function whenKnown<T extends readonly Known<unknown>[]>(
  resource: string,
  values: readonly [...T],
  judge: (...known: { [I in keyof T]: Exclude<T[I], Unknown> }) => Answer,
): Answer {
  const open = values.find(isUnknown);
  return open ? cannotTell(resource, open) : judge(...(values as { [I in keyof T]: Exclude<T[I], Unknown> }));
}

/** One answer per item; without items the rule is not applicable, with the reason. */
export const eachOr = <T>(items: readonly T[], nothing: string, judge: (item: T) => Answer): readonly Answer[] =>
  items.length > 0 ? items.map(judge) : [notApplicable(nothing)];

/** Asks about each set of apps that serve the same requests by itself: an API beside a shop has its own ways in. */
export const eachService = (
  deployment: Deployment,
  check: (service: Deployment) => readonly Answer[],
): readonly Answer[] => servicesOf(deployment).flatMap(check);

/** One answer per service plan on which an app runs. For a plan that could not be read, the answer is the reason. */
export function eachPlan({ regions }: Deployment, judge: (plan: ServicePlan) => Answer): readonly Answer[] {
  // Of plans of which it is unknown which one an app runs on, each is judged.
  const plans = regions.flatMap(({ app }) =>
    (app.plan.mayBe.length > 0 ? app.plan.mayBe : [app.plan]).map(
      (plan) => [plan.address || app.address, plan] as const,
    ),
  );
  const byResource = new Map(plans);
  return [...byResource].map(([resource, plan]) => (plan.notRead ? cannotTell(resource, plan.notRead) : judge(plan)));
}

/** A list in words: a, b and c. */
export const listed = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
