import {
  MonitorActivityLogAlert,
  type MonitorActivityLogAlertCriteria,
} from '@cdktf/provider-azurerm/lib/monitor-activity-log-alert';
import type { Construct } from 'constructs';
import type { WatchedPlace } from '../place';
import type { AlertedType } from './metrics';

/** An alert on an event of the activity log. Azure gives these no severity. */
interface EventRule {
  /** Its name, and the anchor of its runbook. */
  readonly name: string;
  /** Distinguishes it from others with the same runbook, in name and address. */
  readonly part?: string;
  readonly says: string;
  readonly criteria: MonitorActivityLogAlertCriteria;
  /** Where the event must happen: the resource itself, or anywhere in its group. */
  readonly at: 'resource' | 'group';
}

const administrative = (what: Partial<MonitorActivityLogAlertCriteria>): MonitorActivityLogAlertCriteria => ({
  category: 'Administrative',
  // Each operation is logged when it starts and when it ends: once is enough.
  status: 'Succeeded',
  ...what,
});

const gone = (of: string, operation: string, part?: string): EventRule => ({
  name: 'entry-deleted',
  ...(part !== undefined && { part }),
  says: `${of} was deleted: users cannot reach the shop.`,
  criteria: administrative({ operationName: operation }),
  at: 'resource',
});

const firewallChanged = (resourceType: string): EventRule => ({
  name: 'firewall-policy-changed',
  says: 'The WAF policy was changed or deleted: it may block users, or let attacks in.',
  criteria: administrative({ resourceType }),
  at: 'group',
});

/**
 * Alerts on events of a resource, by its type.
 *
 * @see https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-types#activity-log-alerts
 */
const eventsOfResources: Partial<Record<AlertedType, readonly EventRule[]>> = {
  'Microsoft.Web/sites': [
    {
      name: 'app-deleted',
      says: 'The web app was deleted.',
      criteria: administrative({ operationName: 'Microsoft.Web/sites/delete' }),
      at: 'resource',
    },
  ],
  'Microsoft.Network/applicationGateways': [
    gone('The gateway', 'Microsoft.Network/applicationGateways/delete'),
    firewallChanged('Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies'),
  ],
  'Microsoft.Cdn/profiles': [
    gone("Front Door's profile", 'Microsoft.Cdn/profiles/delete'),
    gone("Front Door's endpoint", 'Microsoft.Cdn/profiles/afdEndpoints/delete', 'endpoint'),
    gone('A route of Front Door', 'Microsoft.Cdn/profiles/afdEndpoints/routes/delete', 'route'),
    firewallChanged('Microsoft.Network/FrontDoorWebApplicationFirewallPolicies'),
  ],
};

/** Declares the alerts on events of one resource. */
export function alertOnEvents(scope: Construct, type: AlertedType, resourceId: string, place: WatchedPlace): void {
  for (const rule of eventsOfResources[type] ?? [])
    declare(scope, rule, rule.at === 'resource' ? resourceId : place.resourceGroupId, place);
}

/** Declares the alert on the health of everything in a resource group. */
export function alertOnResourceHealth(scope: Construct, place: WatchedPlace): void {
  declare(
    scope,
    {
      name: 'resource-health',
      says: 'Azure found a resource of this group degraded or unavailable, not by your doing.',
      criteria: {
        category: 'ResourceHealth',
        resourceHealth: { current: ['Degraded', 'Unavailable'], reason: ['PlatformInitiated', 'Unknown'] },
      },
      at: 'group',
    },
    place.resourceGroupId,
    place,
  );
}

/**
 * Declares the alerts on what happens to the whole subscription. Service Health can be watched nowhere else. Its events
 * are not narrowed by service or region: Azure logs those that concern the subscription.
 *
 * @param subscriptionId in the form `/subscriptions/<id>`
 * @see https://learn.microsoft.com/azure/azure-monitor/alerts/resource-manager-alerts-service-health
 */
export function alertOnSubscription(scope: Construct, subscriptionId: string, place: WatchedPlace): void {
  const policy = (operation: 'write' | 'delete', part?: string): EventRule => ({
    name: 'azure-policy-changed',
    ...(part !== undefined && { part }),
    says: `An Azure Policy assignment of the subscription was ${operation === 'write' ? 'made or changed' : 'removed'}: the next apply may be refused.`,
    criteria: administrative({ operationName: `Microsoft.Authorization/policyAssignments/${operation}` }),
    at: 'group',
  });
  const rules: readonly EventRule[] = [
    {
      name: 'service-health',
      says: 'Azure reports an incident, maintenance, a security matter or something to do about services of the subscription.',
      criteria: {
        category: 'ServiceHealth',
        serviceHealth: { events: ['ActionRequired', 'Incident', 'Maintenance', 'Security'] },
      },
      at: 'group',
    },
    policy('write'),
    policy('delete', 'removed'),
  ];
  for (const rule of rules) declare(scope, rule, subscriptionId, place);
}

function declare(
  scope: Construct,
  { name, part, says, criteria }: EventRule,
  where: string,
  { resourceGroupName, location, actionGroupId, settings, tags }: WatchedPlace,
): void {
  const full = part === undefined ? name : `${name}-${part}`;
  new MonitorActivityLogAlert(scope, `alert_${full.replaceAll('-', '_')}`, {
    name: `${full}-${location}`,
    resourceGroupName,
    // Where the rule is kept. Service Health takes `global` only.
    location: 'global',
    scopes: [where],
    description: `${says} Runbook: ${settings.runbooks}#${name}`,
    criteria,
    action: [{ actionGroupId }],
    tags,
  });
}
