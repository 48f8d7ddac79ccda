import { isUnknown } from '../../architecture/known';
import { leastInstances } from '../regions';
import { hasZones } from '../tiers';
import { compliant, eachPlan, finding, notApplicable, type Rule, whenKnown } from './rule';

/**
 * Regions with zones have three, and a plan may use three or two of them, which only Azure says (`maximumNumberOfZones`).
 * Either way two instances are in two of them.
 *
 * @see https://learn.microsoft.com/azure/reliability/reliability-app-service
 */
const enough = 3;

export const instancePerZone: Rule = {
  id: 'instance-per-zone',
  title: 'Keep an instance in every zone, not only the minimum of two',
  severity: 'warning',
  pillar: 'reliability',
  why: 'Azure does not guarantee to replace instances after the loss of a zone: only those in other zones are left.',
  source: 'https://learn.microsoft.com/azure/reliability/reliability-app-service',
  check: (deployment) =>
    eachPlan(deployment, (plan) => {
      const { address, zoneBalanced, autoscale, location } = plan;
      return whenKnown(address, [zoneBalanced], (balanced) => {
        if (!balanced) return notApplicable(`${address} is not zone redundant`);
        if (!isUnknown(location) && !hasZones(location)) return notApplicable(`${location} has no zones`);
        return whenKnown(address, [leastInstances(plan)], (count) => {
          if (count >= enough) return compliant(address);
          const which = autoscale ? `The autoscale floor is ${count}` : `The plan declares ${count}`;
          return finding(
            autoscale?.address ?? address,
            `${which}: the loss of a zone takes ${count < 2 ? 'all' : 'half'} of the capacity with it.`,
            'Use three instances, one per zone, as floor and as default (instances=3).',
          );
        });
      });
    }),
};
