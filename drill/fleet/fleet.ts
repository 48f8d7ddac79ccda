/** The processes that a variant declares, region by region, and what a platform does with them. */

import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { usesRedis } from '../../sessions/stores';
import type { FleetPlan, InstancePlan, RegionPlan } from '../plan/fleetPlan';
import { type Caches, startCaches } from '../redis/caches';
import { type Link, openLink } from '../redis/link';
import { type Instance, startInstance } from './instance';
import { emptySlot, nextSettings, type Slot } from './slots';
import { storesReached } from './storeReached';

/**
 * Real milliseconds from SIGTERM until front ends send requests elsewhere. An assumption: Azure documents no time. It
 * exists so that a drill shows what an app loses if it stops listening as soon as it gets SIGTERM.
 */
const noticeMs = 500;

export interface FleetRegion {
  readonly plan: RegionPlan;
  /** Instances that the platform counts as the app's, dead ones too until they are replaced or removed. */
  readonly listed: () => readonly Instance[];
}

export interface Fleet {
  readonly regions: readonly FleetRegion[];
  /** null: the sessions are not in Redis. */
  readonly caches: Caches | null;
  /** Instances that run now. */
  readonly instances: () => readonly Instance[];
  /** Resolves when every instance that runs reaches its Redis; at once where there is none. @throws if one does not in time */
  reachStores(): Promise<void>;
  /** What ended by itself, in words: processes of the app, servers of Redis. */
  readonly endedByThemselves: () => readonly string[];
  /** The process with that key, even if it has ended; undefined for a key that this fleet never had. */
  processOf(key: string): Instance | undefined;
  /** Starts another instance with a new id in place of this one. It is counted when it is ready. */
  replace(gone: Instance, zone?: string | null): Promise<Instance>;
  /** Starts the next process on the same instance, under the same id, then drains this one. */
  restart(instance: Instance, options?: RestartOptions): Promise<Instance>;
  /** The process's own way to Redis. @throws without `throughLinks`, or where there is no Redis */
  linkOf(instance: Instance): Link;
  /** Whether this process was asked to end. */
  isEnding(instance: Pick<Instance, 'key'>): boolean;
  /** Real milliseconds from the request to end until front ends sent elsewhere, at the most; on a busy machine more than `noticeMs`. */
  readonly slowestNoticeMs: () => number;
  /** Every process that was started, also those that have ended, in the order in which they were ready. */
  readonly started: () => readonly Instance[];
  /**
   * Starts a second process on every instance, sends all traffic to those and drains the first ones.
   * @see https://learn.microsoft.com/azure/app-service/deploy-staging-slots#what-happens-during-a-swap
   */
  swap(deployment: string): Promise<void>;
  /** Adds an instance to a region. */
  add(region: string, zone: string | null): Promise<Instance>;
  /** Drains an instance and gives it up. */
  remove(instance: Instance): Promise<void>;
  /** Ends every process. Safe to call twice. */
  stop(): Promise<void>;
}

export interface RestartOptions {
  /** Default: - the package stays. */
  readonly deployment?: string;
  /** Whether the platform cannot read the session secret from Key Vault meanwhile. Default: - it can. */
  readonly isSecretAway?: boolean;
}

export interface FleetOptions {
  readonly appFile: string;
  /** A command that starts another app in place of `appFile`. Default: - none. */
  readonly appCommand?: string | undefined;
  /** Where compiled code of the app is kept between processes; null: nowhere. */
  readonly codeCache: string | null;
  readonly seed: number;
  /** Path of `redis-server`; needed if the plan's store is Redis. */
  readonly redisServer: string | null;
  readonly signal: AbortSignal;
  /** Whether each process gets a way of its own to Redis, see `linkOf`. Default: - they share one. */
  readonly throughLinks?: boolean;
}

/** Starts everything and waits until all of it is ready. On failure nothing stays behind. */
export async function startFleet(plan: FleetPlan, options: FleetOptions): Promise<Fleet> {
  const { signal, seed, appFile, appCommand, codeCache } = options;
  const slots: Slot[] = plan.regions.flatMap((region) => region.instances.map((each) => emptySlot(region, each)));
  const processes = new Map<string, { readonly instance: Instance; readonly slot: Slot }>();
  const links = new Map<string, Link>();
  const starting = new Set<Promise<unknown>>();
  const ending = new Set<string>();
  let caches: Caches | null = null;
  let slowestNoticeMs = 0;

  const tracked = <T>(work: Promise<T>): Promise<T> => {
    starting.add(work);
    const done = (): boolean => starting.delete(work);
    work.then(done, done);
    return work;
  };

  async function start(
    slot: Slot,
    sameInstance: boolean,
    { deployment = 'first', isSecretAway = false }: RestartOptions = {},
  ): Promise<Instance> {
    const cache = caches?.in(slot.region.name) ?? null;
    const link = cache !== null && options.throughLinks ? await openLink(cache.port) : null;
    const redisUrl = link ? `redis://127.0.0.1:${link.port}` : (cache?.url ?? null);
    const packageHash = createHash('sha256').update(`${seed}/${deployment}`).digest('hex');
    const settings = nextSettings(slot, sameInstance, {
      ...{ plan, appFile, appCommand, codeCache, seed, redisUrl, isSecretAway, packageHash },
    });
    if (link) links.set(settings.key, link);
    const instance = await startInstance(settings, signal);
    processes.set(instance.key, { instance, slot });
    return instance;
  }

  async function fill(slot: Slot): Promise<Instance> {
    const instance = await start(slot, false);
    slot.instance = instance;
    return instance;
  }

  function slotOf(instance: Instance): Slot {
    const known = processes.get(instance.key);
    if (!known) throw new Error(`\`instance\` must be one of this fleet, got: ${instance.key}.`);
    return known.slot;
  }

  async function stop(): Promise<void> {
    await Promise.allSettled(starting);
    await Promise.all([...processes.values()].map(({ instance }) => instance.kill()));
    await Promise.all([...links.values()].map((link) => link.close()));
    await caches?.stop();
  }

  const listedIn = (region: RegionPlan): readonly Instance[] =>
    slots.flatMap((slot) => (slot.instance && slot.region === region ? [slot.instance] : []));

  const place = (region: RegionPlan, zone: string | null): Slot => {
    const taken = slots.filter((slot) => slot.region === region).map(({ plan: { ordinal } }) => ordinal);
    const plannedAs: InstancePlan = { ordinal: Math.max(-1, ...taken) + 1, zone };
    const slot = emptySlot(region, plannedAs);
    slots.push(slot);
    return slot;
  };

  const running = (): readonly Instance[] => slots.flatMap(({ instance }) => (instance?.alive() ? [instance] : []));

  const reachStores = async (): Promise<void> => {
    if (usesRedis(plan.store)) await storesReached(running(), signal);
  };

  try {
    if (usesRedis(plan.store)) {
      caches = await tracked(startCaches(plan, options.redisServer, signal));
    }
    await Promise.all(slots.map((slot) => tracked(fill(slot))));
    await reachStores();
  } catch (error) {
    await stop();
    throw error;
  }
  /** Asks processes to end. Front ends notice it a moment later and go on sending to them until then. */
  async function end(instances: readonly Instance[], leaveRotation: () => void): Promise<void> {
    for (const { key } of instances) ending.add(key);
    const askedAt = performance.now();
    const ended = instances.map((instance) => instance.stop(slotOf(instance).region.stopTimeLimitSeconds));
    await delay(noticeMs, undefined, { signal });
    leaveRotation();
    slowestNoticeMs = Math.max(slowestNoticeMs, performance.now() - askedAt);
    await Promise.all(ended);
  }
  return {
    regions: plan.regions.map((region) => ({ plan: region, listed: () => listedIn(region) })),
    caches,
    instances: running,
    reachStores,
    endedByThemselves: () => [
      ...(caches?.endedByThemselves() ?? []),
      ...[...processes.values()].flatMap(({ instance: { key, endedByItself } }) =>
        endedByItself() ? [`process ${key}`] : [],
      ),
    ],
    processOf: (key) => processes.get(key)?.instance,
    replace: (gone, zone) =>
      tracked(
        (async () => {
          const slot = slotOf(gone);
          if (zone === undefined || zone === slot.plan.zone) return fill(slot);
          // An instance in another zone gets a new place. The old one is given up when the new one is ready.
          const other = place(slot.region, zone);
          const instance = await fill(other);
          slot.instance = null;
          return instance;
        })(),
      ),
    linkOf: ({ key }) => {
      const link = links.get(key);
      if (!link) throw new Error(`\`instance\` must be one with a way of its own to Redis, got: ${key}.`);
      return link;
    },
    restart: (instance, options) =>
      tracked(
        (async () => {
          const slot = slotOf(instance);
          const next = await start(slot, true, options);
          await end([instance], () => {
            slot.instance = next;
          });
          return next;
        })(),
      ),
    isEnding: ({ key }) => ending.has(key),
    slowestNoticeMs: () => slowestNoticeMs,
    started: () => [...processes.values()].map(({ instance }) => instance),
    swap: (deployment) =>
      tracked(
        (async () => {
          const pairs = await Promise.all(
            slots.flatMap((slot) =>
              slot.instance
                ? [start(slot, true, { deployment }).then((warm) => ({ slot, warm, old: slot.instance }))]
                : [],
            ),
          );
          const olds = pairs.flatMap(({ old }) => old ?? []);
          // Routing first: the old processes are recycled in the last step of a swap.
          for (const { slot, warm } of pairs) slot.instance = warm;
          await end(olds, () => {});
        })(),
      ),
    add: (region, zone) =>
      tracked(
        (async () => {
          const plannedIn = plan.regions.find(({ name }) => name === region);
          if (!plannedIn) throw new Error(`\`region\` must be one of the plan, got: ${region}.`);
          return fill(place(plannedIn, zone));
        })(),
      ),
    remove: async (instance) => {
      await end([instance], () => {
        slotOf(instance).instance = null;
      });
    },
    stop,
  };
}
