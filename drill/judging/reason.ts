/** Why the prediction is what it is, in one or two sentences that name the facts. */

import type { FaultName } from '../faults';
import type { FleetPlan } from '../plan/fleetPlan';
import { arrHolds, regionHolds } from './expectation';

export interface Circumstances {
  readonly plan: FleetPlan;
  readonly fault: FaultName;
  /** Whether any process ended. */
  readonly destroys: boolean;
  /** Whether writes were acknowledged that died with a primary. */
  readonly lagLost: boolean;
}

export function reasonOf(circumstances: Circumstances): string {
  const { plan, fault, lagLost } = circumstances;
  const base = reasonByStore[plan.store](circumstances);
  if (!lagLost) return base;
  return fault === 'region-loss'
    ? `${base} What the lost region acknowledged inside the replication lag is missing until it comes back.`
    : `${base} What the dead primary acknowledged inside the replication lag is lost.`;
}

const elsewhere = 'Front Door spreads a shopper over regions that know nothing of each other’s carts';

const strays = (plan: FleetPlan): boolean => plan.regions.some(({ name }) => !regionHolds(plan, name));

const alone = ({ regions }: FleetPlan): boolean => regions.length === 1;

const reasonByStore: Readonly<Record<FleetPlan['store'], (circumstances: Circumstances) => string>> = {
  cookie: () => 'Carts travel with the browser, sealed by a secret that every instance has, so no place can lose one.',
  'redis-geo': () => 'Carts live in Redis in every region, outside every process, so none is lost with one.',
  redis: ({ plan, fault }) => {
    if (strays(plan))
      return `${elsewhere}: carts are out of reach without any fault, depending on which region answers.`;
    const kept = 'Carts live in Redis, outside every process, so none is lost with one';
    if (fault !== 'region-loss') {
      const single = plan.regions.some(({ redisReplica }) => !redisReplica);
      return single && (fault === 'zone-loss' || fault === 'redis-failover')
        ? 'Carts live in one Redis node without a replica, and it dies with all of them.'
        : `${kept}.`;
    }
    return alone(plan)
      ? `${kept}, but that Redis is gone with its region.`
      : `${kept}, but the other region’s Redis knows none of the lost one’s: its carts are out of reach until it comes back.`;
  },
  'in-process': ({ plan, destroys }) => {
    if (strays(plan)) return `${elsewhere}: carts in process are out of reach without any fault.`;
    if (!arrHolds(plan)) {
      const overridden = plan.regions.some(({ appServiceAffinity }) => appServiceAffinity) && !plan.hostPreserved;
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
