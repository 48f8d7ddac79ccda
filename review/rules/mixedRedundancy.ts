import { isUnknown, type Known } from '../../architecture/known';
import { layersInFront } from '../../architecture/layersInFront';
import { redisInZones } from '../redisZones';
import { type Answer, cannotTell, compliant, finding, notApplicable, type Rule, whenKnown } from './rule';

export const mixedRedundancy: Rule = {
  id: 'mixed-redundancy',
  title: 'Make everything that a zone-redundant app depends on zone redundant',
  severity: 'error',
  pillar: 'reliability',
  why: 'The app survives the loss of a zone only as far as its weakest dependency does.',
  source: 'https://learn.microsoft.com/azure/well-architected/service-guides/app-service-web-apps',
  check: (deployment): readonly Answer[] => {
    const { regions, caches, dataServices, name } = deployment;
    const balanced = regions.map(({ app }) => app.plan.zoneBalanced);
    if (!balanced.some((yes) => yes === true)) {
      const open = balanced.find(isUnknown);
      return [open ? cannotTell(name, open) : notApplicable('no plan is zone redundant')];
    }
    const fix = 'Choose its zone-redundant form, or say in a suppression why its loss may stop the app.';
    const judge = (resource: string, survives: Known<boolean>, what: string) =>
      whenKnown(resource, [survives], (yes) =>
        yes ? compliant(resource) : finding(resource, `A zone-redundant app depends on ${what}.`, fix),
      );
    const answers = [
      ...layersInFront(deployment).gateways.map(({ address, zones }) =>
        // A new gateway without a list is spread over all zones. @see https://learn.microsoft.com/azure/reliability/reliability-application-gateway-v2
        judge(address, isUnknown(zones) ? zones : zones.length !== 1, 'a gateway in one zone'),
      ),
      ...caches.map((cache) =>
        whenKnown(cache.address, [cache.highAvailability], (available) =>
          available
            ? judge(cache.address, redisInZones(cache), 'a Redis that is not declared over zones')
            : finding(cache.address, 'A zone-redundant app depends on a Redis without a replica.', fix),
        ),
      ),
      ...dataServices.flatMap(({ address, service, zoneRedundant }) =>
        zoneRedundant === null ? [] : [judge(address, zoneRedundant, `a ${service} that is not zone redundant`)],
      ),
    ];
    return answers.length > 0 ? answers : [notApplicable('the app depends on nothing that has zones')];
  },
};
