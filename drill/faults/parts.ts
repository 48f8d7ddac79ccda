/** What several faults need. */

import { isUnknown } from '../../architecture/known';
import { usesRedis } from '../../sessions/stores';
import type { Instance } from '../fleet/instance';
import type { FleetPlan } from '../plan/fleetPlan';
import type { Stage } from './fault';

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
 * Resolves when the platform has stopped sending requests to instances that are gone. If a region has no other, health
 * check keeps all of them, and nothing documented says when the platform acts: then at once.
 * @see https://learn.microsoft.com/azure/app-service/monitor-instances-health-check
 */
export async function leftRotation({ fleet, healthCheck }: Stage, gone: readonly Instance[]): Promise<void> {
  await Promise.all(
    gone.map(async (instance) => {
      const listed = fleet.regions.find(({ plan }) => plan.name === instance.region)?.listed() ?? [];
      if (listed.some((other) => other.alive())) await healthCheck(instance.region).fate(instance);
    }),
  );
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
  clock.note(region.redisReplica ? 'Redis promotes the replica' : 'an empty Redis takes over', seconds);
  caches.dropHeld(region.name);
  if (usesRedis(plan.store)) await caches.in(region.name).repair();
}
