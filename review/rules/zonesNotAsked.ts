import { canBeZoneRedundant, hasZones } from '../tiers';
import { compliant, eachPlan, finding, notApplicable, type Rule, whenKnown } from './rule';

export const zonesNotAsked: Rule = {
  id: 'zones-not-asked',
  title: 'Spread a plan that can have zones over them',
  severity: 'warning',
  pillar: 'reliability',
  productionOnly: true,
  why: 'Without zone redundancy all instances may be in one datacenter, whose loss stops the app.',
  source: 'https://learn.microsoft.com/azure/reliability/reliability-app-service',
  check: (deployment) =>
    eachPlan(deployment, ({ address, zoneBalanced, skuName, location, instances, autoscale }) => {
      if (zoneBalanced === true) return compliant(address);
      return whenKnown(address, [zoneBalanced, skuName, location], (_, sku, region) => {
        if (!canBeZoneRedundant(sku)) return notApplicable(`${sku} has no zones`);
        if (!hasZones(region)) return notApplicable(`${region} has no zones`);
        return finding(
          address,
          instances === 1 && autoscale === null
            ? 'The plan has one instance in one zone: its loss, or that of the zone, stops the app.'
            : 'The plan is not zone redundant: the loss of one datacenter may take all of its instances.',
          'Set `zone_balancing_enabled = true` with two instances or more; zones cost nothing on top of the instances.',
        );
      });
    }),
};
