/** Where carts live: in a process, in a region's Redis, in all regions' Redis, or with the client. */

import type { Fleet } from '../fleet/fleet';
import type { FleetPlan } from '../plan/fleetPlan';

export interface Places {
  /** Where a cart lives that this process answers for. */
  of(process: string): string;
  /**
   * Whether what lives there can be reached now. Memory is there until the fault takes it (`destroyed`): were a process
   * asked whether it lives, one that ends by itself would be predicted from the very loss that it causes.
   */
  reachable(place: string, destroyed: ReadonlySet<string>): boolean;
  /** Takes a region's places out of reach, or gives them back. */
  cutOff(region: string, away: boolean): void;
}

export function placesOf({ store }: FleetPlan, fleet: Fleet): Places {
  const away = new Set<string>();
  const cacheOf = (region: string): string => `${region} ${fleet.caches?.in(region).epoch() ?? 0}`;
  const regionOf = (process: string): string => fleet.processOf(process)?.region ?? 'unknown';
  return {
    of: (process) => {
      if (store === 'in-process') return process;
      if (store === 'redis') return cacheOf(regionOf(process));
      return store === 'cookie' ? 'the client' : 'every region';
    },
    reachable: (place, destroyed) => {
      if (store === 'in-process') return fleet.processOf(place) !== undefined && !destroyed.has(place);
      if (store !== 'redis') return true;
      const region = fleet.regions.find(({ plan: { name } }) => place === cacheOf(name))?.plan.name;
      return region !== undefined && !away.has(region);
    },
    cutOff: (region, isAway) => void (isAway ? away.add(region) : away.delete(region)),
  };
}
