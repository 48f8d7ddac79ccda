/** What several faults need. */

import { isUnknown } from '../../architecture/known';
import { usesRedis } from '../../sessions/stores';
import type { Instance } from '../fleet/instance';
import type { FleetPlan, RegionPlan } from '../plan/fleetPlan';
import type { Stage } from './fault';

/**
 * Lets something last: so many of Azure's seconds, and at least so many real milliseconds, because shoppers are real and have to
 * meet it.
 */
export async function lasts({ clock }: Stage, azureSeconds: number, leastRealMs: number): Promise<void> {
  const [real] = await Promise.all([
    new Promise<void>((resolve) => void setTimeout(resolve, leastRealMs)),
    clock.wait(azureSeconds),
  ]);
  return real;
}

/** One instance of the struck region that carts depend on. */
export function holder({ fleet, random, holders, region }: Stage): Instance {
  const inRegion = fleet.instances().filter((instance) => instance.region === region.name);
  return random.pick(holders.length > 0 ? holders : inRegion);
}

/** The instances of one zone of the struck region: a zone that carts depend on. */
export function zoneOf({ fleet, random, holders, region }: Stage): readonly Instance[] {
  const inRegion = fleet.instances().filter((instance) => instance.region === region.name);
  const zones = [...new Set((holders.length > 0 ? holders : inRegion).map(({ zone }) => zone))];
  const zone = random.pick(zones);
  return inRegion.filter((instance) => instance.zone === zone);
}

/** Why a fault of a zone cannot be placed; null: it is known whether instances are spread over zones. */
export function unknownZones(plan: FleetPlan): string | null {
  for (const { name, zoneBalanced } of plan.regions) {
    if (isUnknown(zoneBalanced)) return `the zones of region ${name} are unknown: ${zoneBalanced.unknown}`;
  }
  return null;
}

/** Why a fault of Redis does not apply; null: it does. */
export const withoutRedis = ({ store }: FleetPlan): string | null =>
  usesRedis(store) ? null : 'there is no Redis: sessions live elsewhere';

export const keysOf = (instances: readonly Instance[]): ReadonlySet<string> => new Set(instances.map(({ key }) => key));

/** Why a fault cannot be timed whose length depends on health check; null: its settings are known. */
export function unknownHealthCheck(plan: FleetPlan): string | null {
  for (const { name, healthCheck } of plan.regions) {
    if (isUnknown(healthCheck)) return `the health check of region ${name} is unknown: ${healthCheck.unknown}`;
  }
  return null;
}

/** Why a fault cannot be timed whose length depends on Front Door's probes; null: their settings are known. */
export function unknownProbe({ frontDoor }: FleetPlan): string | null {
  const probe = frontDoor?.probe;
  return isUnknown(probe) ? `Front Door’s probe is unknown: ${probe.unknown}` : null;
}

/**
 * Seconds until Azure replaces an instance that stays unhealthy, at the earliest: one an hour and three a day for a plan.
 * Where health check is off nothing documented replaces it; the same hour is assumed.
 * @see https://learn.microsoft.com/azure/app-service/monitor-instances-health-check
 */
export const replacementSeconds = 3_600;

/** Azure seconds of an outage that shoppers meet before the drill leaves out the rest of the hour. */
const seenSeconds = 60;

/**
 * Resolves when clients have stopped meeting instances that are gone: health check has taken them out; or Front Door has
 * left a region where none is; or, where neither helps, Azure has replaced them.
 */
export async function leftRotation(stage: Stage, gone: readonly Instance[]): Promise<void> {
  const stays = await Promise.all(gone.map((instance) => staysInRotation(stage, instance)));
  if (!stays.includes(true)) return;
  const { clock, fleet, plan, region } = stage;
  const isEmpty = !fleet.instances().some((instance) => instance.region === region.name);
  if (isEmpty && plan.regions.length > 1 && plan.frontDoor?.probe && !stage.isBlind) {
    await stage.frontDoorAgrees(region.name, false);
    return;
  }
  await clock.wait(seenSeconds);
  clock.leap('Azure replaces what is gone, at the earliest', replacementSeconds);
}

/** Resolves when Front Door sends traffic to the struck region, which has instances again. */
export async function foundAgain({ plan, region, isBlind, frontDoorAgrees }: Stage): Promise<void> {
  if (plan.regions.length > 1 && plan.frontDoor?.probe && !isBlind) await frontDoorAgrees(region.name, true);
}

/** The zone that the next instance gets: the one with the fewest where a region is balanced, otherwise that of the others. */
export function emptiestZone({ zoneBalanced }: RegionPlan, taken: readonly Instance[]): string | null {
  const inZone = (zone: string): number => taken.filter((instance) => instance.zone === zone).length;
  const emptiest = ['1', '2', '3'].sort((a, b) => inZone(a) - inZone(b))[0] ?? null;
  return zoneBalanced === true ? emptiest : (taken[0]?.zone ?? null);
}

/** Whether health check took an instance out that answers badly; resolves when that is decided. */
export const outOfRotation = async (stage: Stage, instance: Instance): Promise<boolean> =>
  !(await staysInRotation(stage, instance));

/** Whether clients go on meeting the instance until it is replaced. */
async function staysInRotation({ fleet, healthCheck, plan, clock }: Stage, instance: Instance): Promise<boolean> {
  const listed = fleet.regions.find(({ plan }) => plan.name === instance.region)?.listed() ?? [];
  // If a region has no other, health check takes none out.
  if (!listed.some((other) => other.key !== instance.key && other.alive())) return true;
  const settings = plan.regions.find(({ name }) => name === instance.region)?.healthCheck;
  const decision = healthCheck(instance.region).fate(instance);
  if (!settings || isUnknown(settings)) return (await decision) !== 'evicted';
  // A health check that never decides must not hold the run: the judge then misses its decision.
  const overdue = clock.wait((settings.evictionMinutes + 2) * 60).then(() => 'kept' as const);
  overdue.catch(() => undefined);
  return (await Promise.race([decision, overdue])) !== 'evicted';
}

/**
 * Seconds from the loss of a primary until its replica has taken over: 10 to 15, since replicas first make sure.
 * @see https://learn.microsoft.com/azure/redis/failover
 */
export const promotionSeconds = { least: 10, most: 15 } as const;

/** Waits for the promotion; then the cache has a replica again and goes on replicating to other regions. */
export async function promote({ fleet, clock, random, region, plan }: Stage): Promise<void> {
  const { caches } = fleet;
  if (!caches) return;
  const seconds = random.between(promotionSeconds.least, promotionSeconds.most);
  await clock.wait(seconds);
  await caches.in(region.name).promote();
  clock.note(region.redisReplica ? 'Redis promotes the replica' : 'an empty Redis takes over', seconds, 'promotion');
  caches.dropHeld(region.name);
  if (usesRedis(plan.store)) await caches.in(region.name).repair();
}
