/** The drill's Redis, with what is done to it written down for the picture. */

import type { Cache } from '../../drill/redis/cache';
import type { Caches } from '../../drill/redis/caches';
import type { DrawnCache } from '../messages';

export interface WatchedCaches {
  /** The same caches; null: there are none. */
  readonly caches: Caches | null;
  /** null: the region has no Redis. */
  state(region: string): Omit<DrawnCache, 'carts'> | null;
  /** Regions that are cut off from the others. */
  readonly cut: ReadonlySet<string>;
}

type State = { -readonly [Key in keyof Omit<DrawnCache, 'carts'>]: DrawnCache[Key] };

/** @param hasReplica whether the region's Redis is declared with a replica */
export function watchCaches(caches: Caches | null, hasReplica: (region: string) => boolean): WatchedCaches {
  const states = new Map<string, State>();
  const cut = new Set<string>();
  const stateOf = (region: string): State => {
    const known = states.get(region);
    if (known) return known;
    const fresh: State = { primary: 'up', replica: hasReplica(region) ? 'in step' : 'none', reachable: true };
    states.set(region, fresh);
    return fresh;
  };
  const watched = (region: string, cache: Cache): Cache => {
    const state = stateOf(region);
    return {
      ...cache,
      losePrimary: async () => {
        state.primary = 'gone';
        await cache.losePrimary();
      },
      promote: async () => {
        await cache.promote();
        state.primary = 'up';
        state.replica = 'none';
      },
      repair: async () => {
        await cache.repair();
        if (hasReplica(region)) state.replica = 'in step';
      },
      outOfReach: (away) => {
        state.reachable = !away;
        cache.outOfReach(away);
      },
      redeploy: async () => {
        await cache.redeploy();
        state.primary = 'up';
        state.reachable = true;
        if (hasReplica(region)) state.replica = 'in step';
      },
    };
  };
  return {
    caches: caches && {
      ...caches,
      in: (region) => watched(region, caches.in(region)),
      holdReplication: async (region) => {
        await caches.holdReplication(region);
        if (hasReplica(region)) stateOf(region).replica = 'behind';
      },
      cutOff: (region, away) => {
        if (away) cut.add(region);
        else cut.delete(region);
        caches.cutOff(region, away);
      },
    },
    state: (region) => (caches ? stateOf(region) : null),
    cut,
  };
}
