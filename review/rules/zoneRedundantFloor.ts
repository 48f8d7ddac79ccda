import { compliant, eachPlan, finding, notApplicable, type Rule, whenKnown } from './rule';

/** The service's own minimum since spring 2025; it was three before. */
const leastInstances = 2;

export const zoneRedundantFloor: Rule = {
  id: 'zone-redundant-floor',
  title: 'Give a zone-redundant plan at least two instances',
  severity: 'error',
  pillar: 'reliability',
  why: 'One instance is in one zone; the platform runs and bills two, so the Terraform no longer says what runs.',
  source: 'https://learn.microsoft.com/azure/reliability/reliability-app-service',
  check: (deployment) =>
    eachPlan(deployment, ({ address, zoneBalanced, instances, autoscale }) =>
      whenKnown(address, [zoneBalanced], (balanced) => {
        if (!balanced) return notApplicable(`${address} is not zone redundant`);
        // The declared count is only where autoscale starts.
        if (autoscale) return notApplicable(`${autoscale.address} decides, which autoscale-floor judges`);
        return whenKnown(address, [instances], (count) =>
          count >= leastInstances
            ? compliant(address)
            : finding(
                address,
                `The plan is zone redundant with ${count} instance${count === 1 ? '' : 's'}, below the service's minimum of ${leastInstances}.`,
                'Declare three instances, one for each zone (instances=3): the loss of a zone then leaves two.',
              ),
        );
      }),
    ),
};
