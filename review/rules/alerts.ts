import { isUnknown } from '../../architecture/known';
import { layersInFront } from '../../architecture/layersInFront';
import { type Answer, cannotTell, compliant, finding, type Rule } from './rule';

export const alerts: Rule = {
  id: 'alerts',
  title: 'Alert somebody when the app or its entry fails',
  severity: 'warning',
  pillar: 'operational-excellence',
  why: 'Without an alert an outage lasts until a client reports it.',
  source: 'https://github.com/Azure/azure-monitor-baseline-alerts',
  check: (deployment): readonly Answer[] => {
    const { regions, monitoring } = deployment;
    const { gateways, frontDoors } = layersInFront(deployment);
    const watched = [...regions.map(({ app }) => app), ...gateways, ...frontDoors].map(({ address }) => address);
    const fix =
      'Add an `azurerm_monitor_metric_alert` with an action group: Http5xx and HealthCheckStatus of the app, unhealthy hosts or origin health of the entry.';
    return watched.map((resource) => {
      const own = monitoring.alerts.filter(({ scopes }) => scopes.includes(resource));
      const undecided = monitoring.alerts.find(({ open }) => open)?.open;
      if (own.length === 0 && undecided)
        return cannotTell(resource, { unknown: `${undecided.unknown}, so it may be for this one` });
      const profile = frontDoors.find(({ address }) => address === resource);
      if (own.length === 0 && profile?.open) return cannotTell(resource, profile.open);
      const [elsewhere] = deployment.elsewhere;
      if (own.length === 0)
        return elsewhere === undefined
          ? finding(resource, 'No metric alert watches it.', fix)
          : { kind: 'cannot tell', resource, reason: `${elsewhere} may declare its alerts` };
      if (own.some(({ enabled, hasAction }) => enabled === true && hasAction)) return compliant(resource);
      const open = own.map(({ enabled }) => enabled).find(isUnknown);
      if (open) return cannotTell(resource, open);
      return finding(resource, 'Its alerts are off or notify nobody.', 'Enable them and give them an action group.');
    });
  },
};
