import { isUnknown } from '../../architecture/known';
import { leastInstances } from '../regions';
import { canBeZoneRedundant, hasZones } from '../tiers';
import { compliant, eachPlan, finding, notApplicable, type Rule, whenKnown } from './rule';

export const singleInstance: Rule = {
  id: 'single-instance',
  title: 'Run at least two instances',
  severity: 'warning',
  pillar: 'reliability',
  productionOnly: true,
  why: 'One instance is away while it restarts, is patched or moved, and so is the app.',
  source: 'https://learn.microsoft.com/azure/well-architected/service-guides/app-service-web-apps',
  check: (deployment) =>
    eachPlan(deployment, (plan) => {
      const { address, autoscale, zoneBalanced, skuName, location } = plan;
      if (autoscale) return notApplicable(`${address} is scaled by ${autoscale.address}`);
      return whenKnown(address, [leastInstances(plan)], (count) => {
        if (count > 1) return compliant(address);
        if (zoneBalanced === true)
          return notApplicable(`${address} is over zones, which zone-redundant-floor is about`);
        const zonesHelp =
          !isUnknown(skuName) && canBeZoneRedundant(skuName) && !isUnknown(location) && hasZones(location);
        return zonesHelp
          ? notApplicable(`${address} could be over zones, which zones-not-asked is about`)
          : finding(
              address,
              'The plan has one instance: while it restarts, is patched or moved, nobody is served.',
              'Set `worker_count = 2` or more.',
            );
      });
    }),
};
