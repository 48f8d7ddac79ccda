import { MonitorScheduledQueryRulesAlertV2 } from '@cdktf/provider-azurerm/lib/monitor-scheduled-query-rules-alert-v2';
import type { Construct } from 'constructs';
import type { WatchedPlace } from '../place';

/**
 * Declares the alert that says when a workspace has taken all that its daily cap lets in. From then on logs are
 * missing, and alerts that read them see nothing. We set no cap, but the owner of the subscription may.
 *
 * @param part what the workspace serves, as a part of the name: a location, or `global`
 * @see https://learn.microsoft.com/azure/azure-monitor/logs/daily-cap
 */
export function alertOnLogCap(scope: Construct, place: WatchedPlace, part: string): void {
  const { location, resourceGroupName, workspaceId, actionGroupId, settings, tags } = place;
  new MonitorScheduledQueryRulesAlertV2(scope, 'alert_log_cap', {
    name: `log-cap-${part}`,
    location,
    resourceGroupName,
    scopes: [workspaceId],
    description: `The daily cap of the Log Analytics workspace is reached: logs are missing until it is reset. Runbook: ${settings.runbooks}#log-cap`,
    severity: 2,
    evaluationFrequency: 'PT15M',
    windowDuration: 'PT15M',
    criteria: [
      {
        query: '_LogOperation | where Category =~ "Ingestion" | where Detail contains "OverQuota"',
        timeAggregationMethod: 'Count',
        operator: 'GreaterThan',
        threshold: 0,
      },
    ],
    action: { actionGroups: [actionGroupId] },
    tags,
  });
}
