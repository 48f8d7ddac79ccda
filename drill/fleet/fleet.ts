/** The processes that a variant declares: its instances, region by region, and a Redis beside each where it needs one. */

import { createHash } from 'node:crypto';
import type { FleetPlan, InstancePlan, RegionPlan } from '../plan';
import { type Instance, startInstance } from './instance';
import { type RedisServer, startRedis } from './redis';

export interface FleetRegion {
  readonly plan: RegionPlan;
  /** Instances that run now, in the order in which they were declared. */
  readonly instances: () => readonly Instance[];
}

export interface Fleet {
  readonly regions: readonly FleetRegion[];
  readonly instances: () => readonly Instance[];
  /** Name of the region that an instance belongs or belonged to; `unknown` for an id that this fleet never had. */
  regionOf(instanceId: string): string;
  /** Starts another instance in the place of one that is gone, under a new id; resolves when it is ready. */
  replace(gone: Instance): Promise<Instance>;
  /** Ends every process. Safe to call twice. */
  stop(): Promise<void>;
}

export interface FleetOptions {
  readonly appFile: string;
  readonly seed: number;
  /** Path of `redis-server`; needed if the plan's store is Redis. */
  readonly redisServer: string | null;
  readonly signal: AbortSignal;
}

interface Slot {
  readonly region: RegionPlan;
  readonly plan: InstancePlan;
  /** null: between two processes. */
  instance: Instance | null;
  /** How many processes this slot has had. */
  generation: number;
}

/** Starts everything and waits until all of it is ready. On failure nothing stays behind. */
export async function startFleet(plan: FleetPlan, options: FleetOptions): Promise<Fleet> {
  const { signal, seed } = options;
  const slots: Slot[] = plan.regions.flatMap((region) =>
    region.instances.map((instance) => ({ region, plan: instance, instance: null, generation: 0 })),
  );
  const slotOf = new Map<string, Slot>();
  const caches = new Map<string, RedisServer>();
  const starting = new Set<Promise<unknown>>();

  const tracked = <T>(work: Promise<T>): Promise<T> => {
    starting.add(work);
    const done = (): boolean => starting.delete(work);
    work.then(done, done);
    return work;
  };

  async function startCache(region: RegionPlan): Promise<void> {
    if (options.redisServer === null) throw new Error(`${plan.variant} needs \`redis-server\`, got: none.`);
    caches.set(region.name, await startRedis(options.redisServer, signal));
  }

  async function fill(slot: Slot): Promise<Instance> {
    const { region } = slot;
    const place = `${plan.variant}/${region.name}/${slot.plan.ordinal}/${slot.generation++}`;
    const instance = await startInstance(
      {
        appFile: options.appFile,
        id: createHash('sha256').update(`${seed}/${place}`).digest('hex'),
        location: region.location,
        siteName: region.siteName,
        hostname: region.defaultHost,
        zone: slot.plan.zone,
        store: plan.store,
        redisUrl: caches.get(region.name)?.url ?? null,
        // One secret for every instance, as Key Vault gives it; it guards nothing outside this machine.
        sessionSecret: createHash('sha256').update(`session secret ${seed}`).digest('hex'),
      },
      signal,
    );
    slot.instance = instance;
    slotOf.set(instance.id, slot);
    void instance.exited.then(() => {
      if (slot.instance === instance) slot.instance = null;
    });
    return instance;
  }

  async function stop(): Promise<void> {
    await Promise.allSettled(starting);
    await Promise.all(slots.map((slot) => slot.instance?.kill()));
    await Promise.all([...caches.values()].map((cache) => cache.stop()));
  }

  const runningIn = (region?: RegionPlan): readonly Instance[] =>
    slots.flatMap((slot) => (slot.instance && (!region || slot.region === region) ? [slot.instance] : []));

  try {
    if (plan.store !== 'in-process') await Promise.all(plan.regions.map((region) => tracked(startCache(region))));
    await Promise.all(slots.map((slot) => tracked(fill(slot))));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    regions: plan.regions.map((region) => ({ plan: region, instances: () => runningIn(region) })),
    instances: () => runningIn(),
    regionOf: (instanceId) => slotOf.get(instanceId)?.region.name ?? 'unknown',
    replace: (gone) => {
      const slot = slotOf.get(gone.id);
      if (!slot) throw new Error(`\`gone\` must be an instance of this fleet, got: ${gone.id}.`);
      return tracked(fill(slot));
    },
    stop,
  };
}
