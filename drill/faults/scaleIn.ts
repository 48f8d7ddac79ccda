import { isUnknown } from '../../architecture/known';
import type { FleetPlan, RegionPlan } from '../plan/fleetPlan';
import type { Fault } from './fault';
import { keysOf } from './parts';

/** A fleet at its floor cannot shrink, so it begins as autoscale would have left it: one instance above. */
function oneAboveFloor(region: RegionPlan): RegionPlan {
  const { scaling, instances } = region;
  if (scaling === null || isUnknown(scaling) || instances.length > scaling.minimum) return region;
  const zone = region.zoneBalanced === true ? String((instances.length % 3) + 1) : (instances[0]?.zone ?? null);
  return { ...region, instances: [...instances, { ordinal: instances.length, zone }] };
}

const beginWith = (plan: FleetPlan): FleetPlan => ({ ...plan, regions: plan.regions.map(oneAboveFloor) });

/**
 * One instance fewer in one region: it takes no new requests, drains and ends. Its clients are sent elsewhere without
 * an error. What was only in its memory is lost.
 */
export const scaleIn: Fault<'scale-in'> = {
  id: 'scale-in',
  description: 'one instance fewer in one region, drained before it ends',
  takes: { processes: 'instance', redis: 'none', region: false },
  source: 'https://techcommunity.microsoft.com/blog/appsonazureblog/session-lost-due-to-arraffinity-cookies/2777712',
  inapplicable({ regions }) {
    for (const { name, scaling, instances } of regions) {
      if (isUnknown(scaling)) return `the bounds of autoscale in region ${name} are unknown: ${scaling.unknown}`;
      if (scaling && scaling.minimum >= scaling.maximum) {
        return `autoscale of region ${name} has no room to shrink: minimum and maximum are ${scaling.minimum}`;
      }
      if (!scaling && instances.length < 2) return `region ${name} runs one instance, so there is none to remove`;
    }
    return null;
  },
  beginWith,
  remark: (plan) => {
    if (plan.regions.every(({ scaling }) => scaling === null)) {
      return 'No autoscale is declared: somebody removes one instance by hand.';
    }
    return beginWith(plan).regions.some(({ instances }, index) => instances !== plan.regions[index]?.instances)
      ? 'It begins one instance above autoscale’s floor, or there would be none to remove.'
      : null;
  },
  async start({ fleet, random, holders, region }) {
    const inRegion = fleet.instances().filter((instance) => instance.region === region.name);
    const victim = random.pick(holders.length > 0 ? holders : inRegion);
    await fleet.remove(victim);
    return { destroyed: keysOf([victim]), undo: async () => {} };
  },
};
