/** A cache per region, and between geo-replicated ones a replicator in each direction. */

import { isGeoReplicated } from '../../sessions/stores';
import type { FleetPlan } from '../plan/fleetPlan';
import { type Cache, startCache } from './cache';
import { createReplicator, effectsIn, noWrites, type Replicator } from './replicator';
import { howToGetRedis } from './server';

export interface Caches {
  in(region: string): Cache;
  /** From now on nothing that this region acknowledges leaves its primary. Everything before has left it. */
  holdReplication(region: string): Promise<void>;
  /**
   * What was held dies with the primary; afterwards replication between regions goes on. What other regions had passed on to
   * that primary since the hold died with it too, and they pass it on again.
   */
  dropHeld(region: string): void;
  /** Cuts the region off from the others, or lets both sides catch up. */
  cutOff(region: string, away: boolean): void;
  /** Servers that ended by themselves, in words. */
  endedByThemselves(): readonly string[];
  /** The region whose Redis answers nobody and will not again, since its primary ended by itself; null: none. */
  orphaned(): string | null;
  /**
   * Resolves when every region has what the others have acknowledged; a region cut off is not waited for.
   * @throws if writes could not be passed on: what is judged then is not what was acknowledged
   */
  caughtUp(): Promise<void>;
  stop(): Promise<void>;
}

/** @throws if `executable` is null or a server does not come up; then none stays behind. */
export async function startCaches(plan: FleetPlan, executable: string | null, signal: AbortSignal): Promise<Caches> {
  if (executable === null) throw new Error(howToGetRedis);
  const caches = new Map<string, Cache>();
  const outOf = new Map<string, Map<string, Replicator>>();
  const writes = new Map(plan.regions.map(({ name }) => [name, noWrites()] as const));
  const stop = async (): Promise<void> => void (await Promise.all([...caches.values()].map((cache) => cache.stop())));
  const replicators = (from: string): readonly Replicator[] => [...(outOf.get(from)?.values() ?? [])];
  const all = (): readonly Replicator[] => [...outOf.keys()].flatMap(replicators);
  const into = (region: string): readonly Replicator[] =>
    [...outOf.values()].flatMap((to) => {
      const replicator = to.get(region);
      return replicator ? [replicator] : [];
    });

  const begun = await Promise.allSettled(
    plan.regions.map(async ({ name, redisReplica }) => {
      const onCommand = (command: readonly string[]): void => {
        const effects = effectsIn(writes.get(name) ?? noWrites(), command, Date.now());
        for (const replicator of replicators(name)) replicator.see(effects);
      };
      const cache = await startCache({
        ...{ executable, replica: redisReplica, signal },
        ...(isGeoReplicated(plan.store) && { onCommand }),
      });
      caches.set(name, cache);
    }),
  );
  const failed = begun.find((each) => each.status === 'rejected');
  if (failed) {
    await stop();
    throw failed.reason;
  }
  if (isGeoReplicated(plan.store)) {
    for (const { name: from } of plan.regions) {
      const others = plan.regions.filter(({ name }) => name !== from);
      const replicatorTo = (to: string): Replicator =>
        createReplicator({
          other: writes.get(to) ?? noWrites(),
          apply: async (command) => caches.get(to)?.apply(command),
        });
      outOf.set(from, new Map(others.map(({ name }) => [name, replicatorTo(name)])));
    }
  }

  const cacheIn = (region: string): Cache => {
    const cache = caches.get(region);
    if (!cache) throw new Error(`\`region\` must be one of ${[...caches.keys()].join(', ')}, got: ${region}.`);
    return cache;
  };
  const caughtUp = async (): Promise<void> => {
    await Promise.all([...caches.values()].map((cache) => cache.commandsSeen()));
    await Promise.all(all().map((each) => each.caughtUp()));
    const [failure] = all().flatMap((each) => each.failure() ?? []);
    if (failure !== undefined) throw new Error(`geo-replication could not pass a write on (${failure})`);
  };
  return {
    in: cacheIn,
    async holdReplication(region) {
      await caughtUp();
      for (const replicator of replicators(region)) replicator.hold();
      await cacheIn(region).holdReplication();
      for (const replicator of into(region)) replicator.remember();
    },
    dropHeld: (region) => {
      for (const replicator of replicators(region)) {
        replicator.drop();
        replicator.resume();
      }
      for (const replicator of into(region)) replicator.repeat();
    },
    cutOff: (region, away) => {
      const touching = [...replicators(region), ...into(region)];
      for (const replicator of touching) {
        if (away) replicator.hold();
        else replicator.resume();
      }
    },
    endedByThemselves: () =>
      [...caches].flatMap(([region, cache]) => cache.endedByThemselves().map((was) => `the Redis ${was} of ${region}`)),
    orphaned: () => [...caches].find(([, cache]) => cache.isOrphaned())?.[0] ?? null,
    caughtUp,
    stop,
  };
}
