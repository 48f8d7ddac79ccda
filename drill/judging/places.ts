/**
 * Where carts live, and what a fault does to them there: in a process, in a region's Redis, in all regions' Redis, or
 * with the client. Derived from the promises and from what the fault declares to take, not from the emulation.
 */

import { sessionStore } from '../../sessions/stores';
import type { Takes } from '../faults/takes';
import type { AcknowledgedAdd } from './ledger';
import { hasOneSecret, leavesWithoutRedis, type Promises } from './promises';

/** The fault as it happened. */
export interface Strike {
  readonly takes: Takes;
  /** The region that it affected. */
  readonly region: string;
  /** Keys of the processes that it ended. One that ends by itself is not among them, so its loss is never predicted. */
  readonly destroyed: ReadonlySet<string>;
  /** Whether shoppers wrote just before, while nothing left the Redis primary. */
  readonly wroteInsideLag: boolean;
  /** Whether Front Door, or some of its edges, left the region because probes met an instance that failed them. Default: none did. */
  readonly probedAway?: boolean;
  /** Whether the region came back after the audit. */
  readonly cameBack: boolean;
}

/** What the fault did to places. */
export interface Damage {
  /** Whether what lives there can be reached at the audit. */
  readonly reachable: (place: string) => boolean;
  /** Whether an entry led shoppers to another region for a while, although their carts were kept. Left out: no. */
  readonly ledAway?: boolean;
  /** Whether what this process acknowledged while replication was held died with the primary: only in the struck region. */
  readonly lagLost: (process: string) => boolean;
  /** Whether what lives there can be reached at the second look, after a region came back; null: none did. */
  readonly returns: ((place: string) => boolean) | null;
}

export interface Places {
  /** Where a cart lives that this process serves, before the fault or after it. */
  of(process: string, when: AcknowledgedAdd['when']): string;
  readonly damage: Damage;
}

const emptied = (place: string): string => `${place}, empty again`;

export function placesOf(promises: Promises, strike: Strike, regionOf: (process: string) => string): Places {
  const { regions } = promises;
  const { keptIn, sharedBy } = sessionStore(promises.sessions);
  const { takes, region: struck } = strike;
  const isAlone = regions.length === 1;
  const hasReplica = regions.every(({ name, redisReplica }) => name !== struck || redisReplica);
  const redisIsEmptied = (takes.region && isAlone) || (takes.redis === 'primary' && !hasReplica);

  /** A session is nothing without the secret that signed or sealed it. */
  const secretOf = (region: string): string => regions.find(({ name }) => name === region)?.secretOf ?? region;
  const readable = (place: string, region: string): string =>
    hasOneSecret(promises) ? place : `${place}, with the secret of ${secretOf(region)}`;
  const redisOf = (region: string): string => (sharedBy === 'deployment' ? readable('every region', region) : region);
  const isKept = (place: string): boolean => {
    if (keptIn === 'client') return true;
    if (keptIn === 'process') return !strike.destroyed.has(place);
    return !(redisIsEmptied && place === redisOf(struck));
  };
  const readersLeft = regions.some(({ name, secretOf: secret }) => name !== struck && secret === secretOf(struck));
  const isAway = (place: string): boolean => {
    if (!takes.region || isAlone || keptIn === 'process') return false;
    if (sharedBy === 'region') return place === struck;
    return !readersLeft && place.endsWith(`, with the secret of ${secretOf(struck)}`);
  };
  return {
    of: (process, when) => {
      if (keptIn === 'process') return process;
      if (keptIn === 'client') return readable('the client', regionOf(process));
      const place = redisOf(regionOf(process));
      return redisIsEmptied && when === 'after' && place === redisOf(struck) ? emptied(place) : place;
    },
    damage: {
      reachable: (place) => isKept(place) && !isAway(place),
      ledAway:
        strike.probedAway === true ||
        (takes.redis === 'access' && sharedBy === 'region' && leavesWithoutRedis(promises, struck)),
      lagLost: (process) => strike.wroteInsideLag && regionOf(process) === struck,
      returns: strike.cameBack ? isKept : null,
    },
  };
}
