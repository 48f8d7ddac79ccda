/**
 * Which shoppers must lose their cart, from the facts and from where each cart lived: never from a variant's name.
 *
 * A cart lives in one place: a process, a region's Redis, or the geo-replicated Redis. With facts that bring a shopper
 * back to that place, exactly the carts whose place was destroyed are lost. Without them the place is left to chance, and
 * the prediction follows it: the jar holds the last session only, so a cart is seen if the audit is answered from the
 * place that acknowledged the last add.
 */

import { originPool } from './frontends/frontDoor';
import type { FleetPlan } from './plan';

/** Who answered, as far as it decides where a cart lives. */
export interface Whereabouts {
  readonly region: string;
  readonly instance: string;
}

/** What the drill saw of one shopper. */
export interface Observation {
  readonly shopper: number;
  /** The region whose edge is nearest. */
  readonly near: string;
  /** Who acknowledged the last add before the fault; null: the shopper never got one. */
  readonly home: Whereabouts | null;
  /** Who answered the audit. */
  readonly audit: Whereabouts;
}

export interface Prediction {
  /** Shoppers that must lose their cart. */
  readonly lost: ReadonlySet<number>;
  /** One sentence: which fact it follows from. */
  readonly source: string;
}

/** @param destroyed ids of the instances whose memory the fault destroyed */
export function predict(
  plan: FleetPlan,
  destroyed: ReadonlySet<string>,
  observations: readonly Observation[],
): Prediction {
  const lost = new Set<number>();
  for (const { shopper, near, home, audit } of observations) {
    if (home === null) continue;
    const gone = plan.store === 'in-process' && destroyed.has(home.instance);
    const strayed = !returnsHome(plan, near) && placeOf(plan, audit) !== placeOf(plan, home);
    if (gone || strayed) lost.add(shopper);
  }
  return { lost, source: reason(plan, destroyed.size > 0) };
}

/** Where a cart lives. */
function placeOf({ store }: FleetPlan, { region, instance }: Whereabouts): string {
  if (store === 'in-process') return instance;
  return store === 'redis' ? region : 'everywhere';
}

/** Whether the facts bring this shopper's every request to the place where its cart lives. */
function returnsHome(plan: FleetPlan, near: string): boolean {
  if (plan.store === 'redis-geo') return true;
  return regionHolds(plan, near) && (plan.store === 'redis' || arrHolds(plan));
}

function regionHolds({ frontDoor, regions }: FleetPlan, near: string): boolean {
  if (frontDoor === null) return true;
  const pool = originPool(
    regions.map(({ name, priority }) => ({ region: name, priority })),
    near,
    frontDoor.latencyWindowMs,
  );
  return pool.length === 1 || frontDoor.affinity;
}

/**
 * An overridden host makes App Service set its cookie for a name that the browser did not ask for, so it is refused.
 * @see https://learn.microsoft.com/azure/architecture/best-practices/host-name-preservation
 */
function arrHolds({ regions, hostPreserved }: FleetPlan): boolean {
  if (regions.every(({ instances }) => instances.length === 1)) return true;
  return hostPreserved && regions.every(({ appServiceAffinity }) => appServiceAffinity);
}

function reason(plan: FleetPlan, destroys: boolean): string {
  const { store, regions, hostPreserved } = plan;
  if (store === 'redis-geo') {
    return (
      'Carts live in Redis, outside every process, so none is lost with one. Replication between regions is not ' +
      'emulated yet: with the fastest origin only, no shopper changes region here.'
    );
  }
  const strays = regions.some(({ name }) => !regionHolds(plan, name));
  const lostRegion = 'Front Door spreads a shopper over regions that know nothing of each other’s carts';
  if (store === 'redis') {
    return strays
      ? `${lostRegion}: carts are out of reach without any fault, depending on which region answers.`
      : 'Carts live in Redis, outside every process, so none is lost with one.';
  }
  if (strays) return `${lostRegion}: carts in process are out of reach without any fault.`;
  if (!arrHolds(plan)) {
    const why =
      regions.some(({ appServiceAffinity }) => appServiceAffinity) && !hostPreserved
        ? 'App Service’s affinity cookie is set for an overridden host name, so browsers refuse it'
        : 'App Service’s affinity is off';
    const gone = destroys ? ' The destroyed process took its carts with it.' : '';
    return `Carts live in the process that took the last add, and ${why}: without any fault, the next request may meet another.${gone}`;
  }
  return destroys
    ? 'Carts live in process and affinity holds each shopper to one: exactly the carts of the destroyed process are lost.'
    : 'Carts live in process, affinity holds each shopper to one, and no process is destroyed.';
}
