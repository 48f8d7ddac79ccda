import type { Deployment, ServicePlan } from '../../architecture/deployment';
import { isUnknown } from '../../architecture/known';
import { canBeZoneRedundant, hasSlotsAndAutoscale, hasZones } from '../tiers';
import { type Answer, cannotTell, compliant, eachPlan, finding, type Rule, whenKnown } from './rule';

export const tierLacksFeature: Rule = {
  id: 'tier-lacks-feature',
  title: 'Choose a plan that has what the Terraform asks of it',
  severity: 'error',
  pillar: 'reliability',
  why: 'Free, Shared and Basic have no slots and no autoscale, and zones take Premium v2 or later or Isolated v2: the apply fails.',
  source: 'https://learn.microsoft.com/azure/app-service/overview-hosting-plans',
  check: (deployment) =>
    eachPlan(deployment, (plan) => {
      const { address, skuName, zoneBalanced, location } = plan;
      const asked = wishes(plan, deployment);
      if (isUnknown(skuName) && zoneBalanced !== true && asked === null) return compliant(address);
      return whenKnown(address, [skuName], (sku): Answer => {
        if (isUnknown(zoneBalanced) && !canBeZoneRedundant(sku)) return cannotTell(address, zoneBalanced);
        if (zoneBalanced === true && !canBeZoneRedundant(sku))
          return finding(
            address,
            `The plan asks for zones on ${sku}, which has none: the apply fails.`,
            'Choose Premium v2, v3 or v4 (Isolated v2 in an environment), or leave `zone_balancing_enabled` out.',
          );
        if (zoneBalanced === true && !isUnknown(location) && !hasZones(location))
          return finding(
            address,
            `The plan asks for zones in ${location}, which has none: the apply fails.`,
            'Choose a region with availability zones, or leave `zone_balancing_enabled` out.',
          );
        return asked !== null && !hasSlotsAndAutoscale(sku)
          ? finding(address, `${sku} has no ${asked}: the apply fails.`, 'Choose Standard or Premium.')
          : compliant(address);
      });
    }),
};

/** What a plan has to have for slots and autoscale; null: it needs neither. */
function wishes({ address, autoscale }: ServicePlan, { regions }: Deployment): string | null {
  const [slot] = regions.filter(({ app }) => app.plan.address === address).flatMap(({ app }) => app.slots);
  if (slot) return `deployment slots (${slot.address})`;
  return autoscale?.rules ? `autoscale (${autoscale.address})` : null;
}
