import type { FleetPlan, RegionPlan } from '../plan/fleetPlan';
import type { Fault } from './fault';
import { emptiestZone } from './parts';
import { takesNothing } from './takes';

const oneInstance = (region: RegionPlan): RegionPlan => ({ ...region, instances: region.instances.slice(0, 1) });

const beginWith = (plan: FleetPlan): FleetPlan => ({ ...plan, regions: plan.regions.map(oneInstance) });

/**
 * Every shopper arrives while one instance runs in each region, then the rest is added at once. Documented: with affinity
 * clients that are there stay where they are, and new instances get new clients only; without it requests are spread. So who serves
 * the old crowd?
 *
 * On the wire: new processes are pinged before they take requests; nothing else happens.
 */
export const hotInstance: Fault<'hot-instance'> = {
  id: 'hot-instance',
  isGrey: true,
  description:
    'all shoppers arrive at one instance in each region, then the others are added: who serves the old crowd',
  takes: takesNothing,
  source: 'https://learn.microsoft.com/azure/app-service/manage-automatic-scaling',
  sparesApi: true,
  scalesOut: true,
  inapplicable: ({ regions }) => {
    const single = regions.find(({ instances }) => instances.length < 2);
    return single ? `region ${single.name} runs one instance, so there is none to add` : null;
  },
  beginWith,
  remark: () => 'It begins with one instance in each region, whatever autoscale’s minimum is.',
  async start({ fleet, declared }) {
    await Promise.all(
      fleet.regions.map(async ({ plan, listed }) => {
        const planned = declared.regions.find(({ name }) => name === plan.name)?.instances.length ?? 0;
        for (let more = planned - listed().length; more > 0; more--)
          await fleet.add(plan.name, emptiestZone(plan, listed()));
      }),
    );
    return { destroyed: new Set(), undo: async () => {} };
  },
};
