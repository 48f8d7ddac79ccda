/** Why the prediction is what it is, in one or two sentences that name the facts. */

import { type SessionStoreDescriptor, sessionStore } from '../../sessions/stores';
import type { Takes } from '../faults/takes';
import { hasOneSecret, leavesWithoutRedis, type Promises, staysInRegion, staysOnInstance } from './promises';

export interface Circumstances {
  readonly promises: Promises;
  readonly takes: Takes;
  /** The region that the fault struck. */
  readonly region: string;
  /** Whether writes were acknowledged that died with a primary. */
  readonly lagLost: boolean;
}

export function reasonOf(circumstances: Circumstances): string {
  const { promises, takes, lagLost } = circumstances;
  const { keptIn, sharedBy } = sessionStore(promises.sessions);
  const base =
    sharedBy === 'deployment' && !hasOneSecret(promises)
      ? secretsDiffer(promises)
      : (sharedBy === 'deployment' ? everywhere : apart)[keptIn](circumstances);
  if (!lagLost) return base;
  return takes.region
    ? `${base} What the lost region acknowledged inside the replication lag is missing until it comes back.`
    : `${base} What the dead primary acknowledged inside the replication lag is lost.`;
}

const elsewhere = 'Front Door sends a shopper to several regions, and none has the carts of another';

const strays = (promises: Promises): boolean => promises.regions.some(({ name }) => !staysInRegion(promises, name));

const secretsDiffer = (promises: Promises): string =>
  `Regions have different session secrets, so a cart is readable only where its secret is${
    strays(promises) ? ', and Front Door spreads a shopper over regions' : ''
  }.`;

type Reasons = Readonly<Record<SessionStoreDescriptor['keptIn'], (circumstances: Circumstances) => string>>;

/** Where a part of the deployment has its own carts. */
const apart: Reasons = {
  client: () => 'The browser holds the cart, sealed with a secret that every instance has, so no server can lose it.',
  redis: ({ promises, takes, region }) => {
    if (strays(promises))
      return `${elsewhere}: carts are out of reach without any fault, depending on which region answers.`;
    const kept = 'Carts live in Redis, outside every process, so none is lost with one';
    if (takes.redis === 'access' && leavesWithoutRedis(promises, region))
      return `${kept}. But health fails with Redis, so Front Door leaves the region: whoever adds at the other region meanwhile begins a new cart, and the one before is out of reach.`;
    if (!takes.region) {
      const isSingle = promises.regions.some(({ redisReplica }) => !redisReplica);
      return isSingle && takes.redis === 'primary'
        ? 'Carts live in one Redis node without a replica, and it dies with all of them.'
        : `${kept}.`;
    }
    return promises.regions.length === 1
      ? `${kept}, but that Redis is gone with its region.`
      : `${kept}, but the other region’s Redis has none of the lost one’s: its carts are out of reach until it comes back.`;
  },
  process: ({ promises, takes }) => {
    if (strays(promises)) return `${elsewhere}: carts in process are out of reach without any fault.`;
    const destroys = takes.processes !== 'none';
    if (!staysOnInstance(promises)) {
      const overridden = promises.regions.some(({ affinity }) => affinity) && !promises.hostPreserved;
      const why = overridden
        ? 'App Service’s affinity cookie is set for an overridden host name, so browsers refuse it'
        : 'App Service’s affinity is off';
      const gone = destroys ? ' A process that ends takes its carts with it.' : '';
      return `Carts live in the process that took the last add, and ${why}: without any fault, the next request may meet another.${gone}`;
    }
    return destroys
      ? 'Carts live in process and affinity holds each shopper to one: exactly the carts of the processes that ended are lost.'
      : 'Carts live in process, affinity holds each shopper to one, and no process ends.';
  },
};

/** Where the whole deployment has the same carts. */
const everywhere: Reasons = {
  ...apart,
  redis: () => 'Carts live in Redis in every region, outside every process, so none is lost with one.',
};
