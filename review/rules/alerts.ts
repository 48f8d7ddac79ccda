import { isUnknown } from '../../architecture/model';
import { type Answer, cannotTell, compliant, finding, type Rule } from './rule';

export const alerts: Rule = {
  id: 'alerts',
  title: 'Tell somebody when the app or its entry fails',
  severity: 'warning',
  why: 'An outage that nobody is told of lasts until a client calls.',
  source: 'https://github.com/Azure/azure-monitor-baseline-alerts',
  check: ({ facts }): readonly Answer[] => {
    const watched = [
      ...facts.apps.map(({ address }) => address),
      ...facts.gateways.map(({ address }) => address),
      ...(facts.frontDoor ? [facts.frontDoor.address] : []),
    ];
    const fix =
      'Add an `azurerm_monitor_metric_alert` with an action group: Http5xx and HealthCheckStatus of the app, unhealthy hosts or origin health of the entry.';
    return watched.map((resource) => {
      const own = facts.monitoring.alerts.filter(({ scopes }) => scopes.includes(resource));
      const undecided = facts.monitoring.alerts.find(({ open }) => open)?.open;
      if (own.length === 0 && undecided)
        return cannotTell(resource, { unknown: `${undecided.unknown}, so it may be for this one` });
      const profile = facts.frontDoor;
      if (own.length === 0 && profile?.address === resource && profile.open) return cannotTell(resource, profile.open);
      const [elsewhere] = facts.elsewhere;
      if (own.length === 0)
        return elsewhere === undefined
          ? finding(resource, 'No metric alert watches it.', fix)
          : { kind: 'cannot tell', resource, reason: `${elsewhere} may declare its alerts` };
      if (own.some(({ enabled, hasAction }) => enabled === true && hasAction)) return compliant(resource);
      const open = own.map(({ enabled }) => enabled).find(isUnknown);
      if (open) return cannotTell(resource, open);
      return finding(resource, 'Its alerts are off or tell nobody.', 'Enable them and give them an action group.');
    });
  },
};
