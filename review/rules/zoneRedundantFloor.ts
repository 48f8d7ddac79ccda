import { isUnknown } from '../../architecture/model';
import type { Answer, Rule } from './rule';

/** The service's own minimum since spring 2025; it was three before. */
const leastInstances = 2;

export const zoneRedundantFloor: Rule = {
  id: 'zone-redundant-floor',
  title: 'Give a zone-redundant plan at least two instances',
  severity: 'error',
  why: 'One instance is in one zone; the platform imposes and bills two, and what is declared is no longer what runs.',
  source: 'https://learn.microsoft.com/azure/reliability/reliability-app-service',
  check: ({ regions }) =>
    regions.map(({ app: { plan, address } }): Answer => {
      const { zoneBalanced, instances, autoscale } = plan;
      const resource = plan.address || address;
      if (isUnknown(zoneBalanced)) return { kind: 'cannot tell', resource, reason: zoneBalanced.unknown };
      if (!zoneBalanced) return { kind: 'not applicable', reason: `${resource} is not zone redundant` };
      // What is declared is only where autoscale starts from.
      if (autoscale)
        return { kind: 'not applicable', reason: `${autoscale.address} decides, which autoscale-floor judges` };
      if (isUnknown(instances)) return { kind: 'cannot tell', resource, reason: instances.unknown };
      if (instances >= leastInstances) return { kind: 'compliant', resource };
      return {
        kind: 'finding',
        resource,
        message: `The plan is zone redundant with ${instances} instance${instances === 1 ? '' : 's'}, below the service's minimum of ${leastInstances}.`,
        fix: 'Declare three instances, one for each zone (instances=3): the loss of a zone then leaves two.',
      };
    }),
};
