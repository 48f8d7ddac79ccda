import { isUnknown } from '../../architecture/known';
import type { FleetPlan } from '../plan/fleetPlan';
import type { Fault } from './fault';
import { emptiestZone } from './parts';
import { takesNothing } from './takes';

const withoutAutoscale = ({ regions }: FleetPlan): boolean => regions.every(({ scaling }) => scaling === null);

/**
 * One instance more in one region. It is pinged before it takes traffic; clients that a cookie pins stay where they are.
 */
export const scaleOut: Fault<'scale-out'> = {
  id: 'scale-out',
  description: 'one instance more in one region, pinged before it takes traffic',
  takes: takesNothing,
  sparesApi: true,
  scalesOut: true,
  source: 'https://learn.microsoft.com/azure/app-service/monitor-instances-health-check',
  inapplicable({ regions }) {
    for (const { name, scaling, instances } of regions) {
      if (isUnknown(scaling)) return `the bounds of autoscale in region ${name} are unknown: ${scaling.unknown}`;
      if (scaling && instances.length >= scaling.maximum) {
        return `region ${name} already runs as many instances as its autoscale allows (${scaling.maximum})`;
      }
    }
    return null;
  },
  remark: (plan) => (withoutAutoscale(plan) ? 'No autoscale is declared: somebody adds one instance by hand.' : null),
  async start({ fleet, region }) {
    const taken = fleet.regions.find(({ plan }) => plan.name === region.name)?.listed() ?? [];
    await fleet.add(region.name, emptiestZone(region, taken));
    return { destroyed: new Set(), undo: async () => {} };
  },
};
