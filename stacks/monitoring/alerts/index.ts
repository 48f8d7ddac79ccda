import { MonitorMetricAlert } from '@cdktf/provider-azurerm/lib/monitor-metric-alert';
import type { Construct } from 'constructs';
import type { WatchedPlace } from '../place';
import { criteriaOf, sentenceOf } from './condition';
import { alertOnEvents } from './events';
import { type AlertedType, type MetricAlertRule, metricAlerts } from './metrics';

export type { AlertedType } from './metrics';

/**
 * Declares the alerts of one resource, each with the runbook that says what to do. One resource and region an alert: it
 * then names what is broken, and lives in the group of its region.
 *
 * @param thresholds by alert name, where the deployment's size decides; the table's otherwise
 */
export function alert(
  scope: Construct,
  type: AlertedType,
  resourceId: string,
  place: WatchedPlace,
  thresholds: Readonly<Record<string, number>> = {},
): void {
  for (const rule of metricAlerts[type] as readonly MetricAlertRule[])
    declare(scope, type, { ...rule, threshold: thresholds[rule.name] ?? rule.threshold }, resourceId, place);
  alertOnEvents(scope, type, resourceId, place);
}

function declare(
  scope: Construct,
  type: AlertedType,
  rule: MetricAlertRule,
  resourceId: string,
  { resourceGroupName, location, actionGroupId, settings, tags }: WatchedPlace,
): void {
  new MonitorMetricAlert(scope, `alert_${rule.name.replaceAll('-', '_')}`, {
    name: `${rule.name}-${location}`,
    resourceGroupName,
    scopes: [resourceId],
    description: `${sentenceOf(rule)} ${rule.means} Runbook: ${settings.runbooks}#${rule.name}`,
    severity: rule.severity,
    autoMitigate: true,
    ...criteriaOf(rule, type === 'geo-replicated Redis' ? 'Microsoft.Cache/redisEnterprise' : type),
    action: [{ actionGroupId }],
    tags,
  });
}
