import { MonitorDiagnosticSetting } from '@cdktf/provider-azurerm/lib/monitor-diagnostic-setting';
import type { Construct } from 'constructs';

/**
 * Log categories and metrics by resource type, each as Azure Monitor's reference lists it. Left out on purpose: what
 * costs without telling about availability or access (App Service's file and antivirus audits) and what Azure retired
 * (flow events of network security groups).
 *
 * @see https://learn.microsoft.com/azure/azure-monitor/reference/logs-index
 */
const categories = {
  'Microsoft.Web/sites': {
    logs: [
      'AppServiceHTTPLogs',
      'AppServiceConsoleLogs',
      'AppServiceAppLogs',
      'AppServiceAuditLogs',
      'AppServiceIPSecAuditLogs',
      'AppServicePlatformLogs',
    ],
    metrics: true,
  },
  'Microsoft.Web/serverFarms': { logs: [], metrics: true },
  'Microsoft.Insights/autoscalesettings': { logs: ['AutoscaleEvaluations', 'AutoscaleScaleActions'], metrics: true },
  'Microsoft.KeyVault/vaults': { logs: ['AuditEvent', 'AzurePolicyEvaluationDetails'], metrics: true },
  'Microsoft.Storage/storageAccounts/blobServices': {
    logs: ['StorageRead', 'StorageWrite', 'StorageDelete'],
    metrics: true,
  },
  'Microsoft.Cache/redisEnterprise': { logs: [], metrics: true },
  'Microsoft.Cache/redisEnterprise/databases': { logs: ['ConnectionEvents'], metrics: false },
  'Microsoft.Network/virtualNetworks': { logs: ['VMProtectionAlerts'], metrics: true },
  'Microsoft.Network/networkSecurityGroups': {
    logs: ['NetworkSecurityGroupEvent', 'NetworkSecurityGroupRuleCounter'],
    metrics: false,
  },
  'Microsoft.Network/publicIPAddresses': {
    logs: ['DDoSProtectionNotifications', 'DDoSMitigationFlowLogs', 'DDoSMitigationReports'],
    metrics: true,
  },
  'Microsoft.Network/applicationGateways': {
    logs: ['ApplicationGatewayAccessLog', 'ApplicationGatewayPerformanceLog', 'ApplicationGatewayFirewallLog'],
    metrics: true,
  },
  'Microsoft.Cdn/profiles': {
    logs: ['FrontDoorAccessLog', 'FrontDoorHealthProbeLog', 'FrontDoorWebApplicationFirewallLog'],
    metrics: true,
  },
} as const satisfies Record<string, { logs: readonly string[]; metrics: boolean }>;

export type DiagnosedType = keyof typeof categories;

/**
 * Sends a resource's logs and metrics to the workspace.
 *
 * @param scope the construct that owns the resource; the setting becomes its child `id`
 * @param targetId resource id, or that of a part, as in `<account>/blobServices/default`
 * @param replaceTriggeredBy references of which a change takes the setting away with its resource, so that it is made again
 */
export function diagnose(
  scope: Construct,
  id: string,
  type: DiagnosedType,
  targetId: string,
  workspaceId: string,
  replaceTriggeredBy: readonly string[] = [],
): void {
  const { logs, metrics } = categories[type];
  new MonitorDiagnosticSetting(scope, id, {
    name: 'to-log-analytics',
    targetResourceId: targetId,
    logAnalyticsWorkspaceId: workspaceId,
    enabledLog: logs.map((category) => ({ category })),
    ...(metrics && { enabledMetric: [{ category: 'AllMetrics' }] }),
    ...(replaceTriggeredBy.length > 0 && { lifecycle: { replaceTriggeredBy: [...replaceTriggeredBy] } }),
  });
}
