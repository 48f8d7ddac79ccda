import { isUnknown, type Known } from '../../architecture/model';
import { type Answer, cannotTell, compliant, finding, notApplicable, type Rule, whenKnown } from './rule';

export const mixedRedundancy: Rule = {
  id: 'mixed-redundancy',
  title: 'Make what a zone-redundant app depends on zone redundant, too',
  severity: 'error',
  why: 'The app survives the loss of a zone only as far as its weakest dependency does.',
  source: 'https://learn.microsoft.com/azure/well-architected/service-guides/app-service-web-apps',
  check: ({ regions, facts, name }): readonly Answer[] => {
    const balanced = regions.map(({ app }) => app.plan.zoneBalanced);
    if (!balanced.some((yes) => yes === true)) {
      const open = balanced.find(isUnknown);
      return [open ? cannotTell(name, open) : notApplicable('no plan is zone redundant')];
    }
    const fix = 'Choose its zone-redundant form, or say in a suppression why its loss may take the app along.';
    const judge = (resource: string, survives: Known<boolean>, what: string) =>
      whenKnown(resource, [survives], (yes) =>
        yes ? compliant(resource) : finding(resource, `A zone-redundant app depends on ${what}.`, fix),
      );
    const answers = [
      ...facts.gateways.map(({ address, zones }) =>
        // Without a list a new gateway is spread over all zones. @see https://learn.microsoft.com/azure/reliability/reliability-application-gateway-v2
        judge(address, isUnknown(zones) ? zones : zones.length !== 1, 'a gateway in one zone'),
      ),
      ...facts.caches.map(({ address, highAvailability }) =>
        judge(address, highAvailability, 'a Redis without a replica'),
      ),
      ...facts.dataServices.flatMap(({ address, service, zoneRedundant }) =>
        zoneRedundant === null ? [] : [judge(address, zoneRedundant, `a ${service} that is not zone redundant`)],
      ),
    ];
    return answers.length > 0 ? answers : [notApplicable('the app depends on nothing that has zones')];
  },
};
