import { layersInFront } from '../../architecture/layersInFront';
import { type Answer, cannotTell, compliant, finding, type Rule } from './rule';

export const diagnostics: Rule = {
  id: 'diagnostics',
  title: 'Send the logs of everything on the request path somewhere',
  severity: 'warning',
  pillar: 'operational-excellence',
  why: 'Without a diagnostic setting a resource keeps no log, so the cause of an outage cannot be found.',
  source: 'https://learn.microsoft.com/azure/azure-monitor/essentials/diagnostic-settings',
  check: (deployment): readonly Answer[] => {
    const { regions, caches, monitoring } = deployment;
    const { gateways, frontDoors } = layersInFront(deployment);
    const path = [...regions.map(({ app }) => app), ...gateways, ...frontDoors, ...caches].map(
      ({ address }) => address,
    );
    return path.map((resource) => {
      if (monitoring.diagnosed.includes(resource)) return compliant(resource);
      const [undecided] = monitoring.undecided;
      if (undecided) return cannotTell(resource, { unknown: `${undecided.unknown}, so it may be for this one` });
      const profile = frontDoors.find(({ address }) => address === resource);
      if (profile?.open) return cannotTell(resource, profile.open);
      const [elsewhere] = deployment.elsewhere;
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
