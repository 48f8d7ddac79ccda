import { type Answer, cannotTell, compliant, finding, type Rule } from './rule';

export const diagnostics: Rule = {
  id: 'diagnostics',
  title: 'Send the logs of everything on the request path somewhere',
  severity: 'warning',
  why: 'Without a diagnostic setting a resource keeps no log: the cause of an outage is gone with it.',
  source: 'https://learn.microsoft.com/azure/azure-monitor/essentials/diagnostic-settings',
  check: ({ facts }): readonly Answer[] => {
    const path = [
      ...facts.apps.map(({ address }) => address),
      ...facts.gateways.map(({ address }) => address),
      ...(facts.frontDoor ? [facts.frontDoor.address] : []),
      ...facts.caches.map(({ address }) => address),
    ];
    return path.map((resource) => {
      if (facts.monitoring.diagnosed.includes(resource)) return compliant(resource);
      const [undecided] = facts.monitoring.undecided;
      if (undecided) return cannotTell(resource, { unknown: `${undecided.unknown}, so it may be for this one` });
      const profile = facts.frontDoor;
      if (profile?.address === resource && profile.open) return cannotTell(resource, profile.open);
      const [elsewhere] = facts.elsewhere;
      return elsewhere === undefined
        ? finding(
            resource,
            'No diagnostic setting sends its logs anywhere.',
            'Add an `azurerm_monitor_diagnostic_setting` to a Log Analytics workspace.',
          )
        : { kind: 'cannot tell', resource, reason: `${elsewhere} may declare its diagnostic setting` };
    });
  },
};
