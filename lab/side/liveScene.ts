/** A drill's scene that goes on between faults: its timers run from the start, and everything done to it is seen. */

import type { RequestLog } from '../../drill/running/log';
import { randomFrom } from '../../drill/running/random';
import type { Scene } from '../../drill/running/scene';
import { shopperAt } from '../../drill/shoppers/addresses';
import type { Dot } from '../messages';
import { type RoundClock, roundClock } from './roundClock';
import { type WatchedCaches, watchCaches } from './watchedCaches';
import type { WatchedRequests } from './watchedRequests';

export interface LiveScene {
  readonly caches: WatchedCaches;
  /** Regions whose front ends answer nobody. */
  readonly dark: ReadonlySet<string>;
  /**
   * Starts the platform's timers. Not before the first carts are filled: a probe that an instance has answered changes whose
   * turn it is, and a drill of the same seed has none before its fault.
   */
  begin(): void;
  /** Drops the record of the requests so far. Not while a fault is played, which is judged by them. */
  forget(): void;
  /** The scene as one fault sees it: its clock begins with the fault, and its fleet is what runs now. */
  round(signal: AbortSignal, onProgress: (line: string) => void): Scene & { readonly clock: RoundClock };
}

export function goLive(scene: Scene, requests: WatchedRequests): LiveScene {
  const { plan, clock, entry, fleet, options } = scene;
  const declared = new Map(plan.regions.map(({ name, redisReplica }) => [name, redisReplica]));
  const caches = watchCaches(fleet.caches, (region) => declared.get(region) ?? false);
  const dark = new Set<string>();
  return {
    ...{ caches, dark },
    begin: () => {
      clock.begin();
      for (const { name } of plan.regions)
        scene.healthCheck(name).begin(randomFrom(options.seed, 'ping', name).next() * 60);
      entry.beginProbes(clock);
    },
    forget: () => {
      scene.log.forget();
      scene.timeline.forget();
    },
    round: (signal, onProgress) => ({
      ...scene,
      plan: {
        ...plan,
        regions: plan.regions.map((region) => ({
          ...region,
          instances: (fleet.regions.find((each) => each.plan.name === region.name)?.listed() ?? []).map(
            ({ zone }, ordinal) => ({ ordinal, zone }),
          ),
        })),
      },
      options: { ...options, signal, onProgress },
      clock: roundClock(clock),
      log: since(scene.log),
      stalls: scene.stalls.fromNow(),
      fleet: { ...fleet, caches: caches.caches },
      // They have begun already, and go on.
      healthCheck: (region) => ({ ...scene.healthCheck(region), begin: () => {} }),
      entry: {
        ...entry,
        beginProbes: () => {},
        goDark: (region, isDark) => {
          if (isDark) dark.add(region);
          else dark.delete(region);
          entry.goDark(region, isDark);
        },
      },
      browser: (near, address) =>
        requests.watch(scene.browser(near, address), whoIs(address), indexOf(plan.regions, near)),
    }),
  };
}

/** What is logged from now on: a fault is judged by the requests of its own shoppers. */
function since(log: RequestLog): RequestLog {
  const begin = log.all.length;
  return {
    ...{ enter: log.enter, forget: log.forget },
    get all() {
      return log.all.slice(begin);
    },
  };
}

const whoIs = (address: string): Dot['who'] => shopperAt(address) ?? 'probe';

const indexOf = (regions: readonly { readonly name: string }[], near: string): number =>
  Math.max(
    0,
    regions.findIndex(({ name }) => name === near),
  );
