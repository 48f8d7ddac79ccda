import { privateZones } from '../../stacks/settings/existingSchema';
import { settings } from '../support/settings';
import { synthesized } from '../support/snapshots';
import { variant } from './constructs/stack';

const hub = '/subscriptions/1/resourceGroups/hub/providers';
const zones = Object.fromEntries(
  Object.entries(privateZones).map(([service, zone]) => [service, `${hub}/Microsoft.Network/privateDnsZones/${zone}`]),
) as Record<keyof typeof privateZones, string>;
const logAnalyticsWorkspaceId = `${hub}/Microsoft.OperationalInsights/workspaces/central`;
const actionGroupId = `${hub}/Microsoft.Insights/actionGroups/oncall`;

const dnsTypes = ['azurerm_private_dns_zone', 'azurerm_private_dns_zone_virtual_network_link'];

test('where a policy owns private DNS, no zone is made, no endpoint names one, and a plan leaves what the policy adds', () => {
  const terraform = variant('zone-redundant', { existing: { privateDnsZones: 'policy' } });
  for (const type of dnsTypes) expect(terraform.types).not.toContain(type);
  const endpoints = terraform.blocks('azurerm_private_endpoint');
  expect(endpoints).toHaveLength(variant('zone-redundant').blocks('azurerm_private_endpoint').length);
  for (const endpoint of endpoints) {
    expect(endpoint).not.toHaveProperty('private_dns_zone_group');
    expect(endpoint.lifecycle).toEqual({ ignore_changes: ['private_dns_zone_group'] });
  }
});

test('with zones by id, each endpoint is written into the zone of its service', () => {
  const terraform = variant('zone-redundant', { existing: { privateDnsZones: zones } });
  for (const type of dnsTypes) expect(terraform.types).not.toContain(type);
  const bySubresource: Record<string, string> = {
    sites: zones.webApps,
    'sites-staging': zones.webApps,
    redisEnterprise: zones.managedRedis,
    vault: zones.keyVault,
    blob: zones.blobs,
  };
  const endpoints = terraform.blocks('azurerm_private_endpoint');
  for (const endpoint of endpoints) {
    const { subresource_names: [subresource = ''] = [] } = endpoint.private_service_connection as {
      subresource_names?: string[];
    };
    expect(endpoint.private_dns_zone_group).toMatchObject({ private_dns_zone_ids: [bySubresource[subresource]] });
  }
  expect(endpoints).toHaveLength(5);
});

test.each(['zone-redundant', 'multi-region-active-active'])(
  '%s sends its logs to a workspace that is there, and its alerts to a group that is',
  (word) => {
    const terraform = variant(word, { existing: { logAnalyticsWorkspaceId, actionGroupId } });
    for (const type of [
      'azurerm_log_analytics_workspace',
      'azurerm_monitor_action_group',
      'azurerm_monitor_scheduled_query_rules_alert_v2',
    ])
      expect(terraform.types).not.toContain(type);
    const diagnostics = terraform.blocks('azurerm_monitor_diagnostic_setting');
    expect(new Set(diagnostics.map(({ log_analytics_workspace_id }) => log_analytics_workspace_id))).toEqual(
      new Set([logAnalyticsWorkspaceId]),
    );
    for (const insights of terraform.blocks('azurerm_application_insights'))
      expect(insights.workspace_id).toBe(logAnalyticsWorkspaceId);
    for (const type of ['azurerm_monitor_metric_alert', 'azurerm_monitor_activity_log_alert'])
      for (const { action } of terraform.blocks(type)) expect(JSON.stringify(action)).toContain(actionGroupId);
  },
);

test('a DNS zone in another subscription is reached by a provider of its own', () => {
  const domain = {
    host: 'shop.contoso.com',
    dnsZoneId: '/subscriptions/2222/resourceGroups/rg-dns/providers/Microsoft.Network/dnsZones/contoso.com',
    dnsReady: false,
  };
  const terraform = variant('multi-region-active-active', { domain });
  const [, dns] = (terraform.json.provider as { azurerm: Record<string, unknown>[] }).azurerm;
  expect(dns).toMatchObject({ alias: 'dns', subscription_id: '2222' });
  for (const type of ['azurerm_dns_txt_record', 'azurerm_dns_cname_record'])
    for (const record of terraform.blocks(type))
      expect(record).toMatchObject({
        provider: 'azurerm.dns',
        zone_name: 'contoso.com',
        resource_group_name: 'rg-dns',
      });
  for (const { provider } of terraform.blocks('azurerm_linux_web_app')) expect(provider).toBeUndefined();
});

const answerTo = (existing: object): string => {
  try {
    synthesized(['zone-redundant'], { ...settings, existing });
  } catch (error) {
    return (error as Error).message;
  }
  return 'synthesizes';
};

test.each<[string, object, string]>([
  [
    'a zone of another service',
    { privateDnsZones: { ...zones, blobs: zones.keyVault } },
    '`existing.privateDnsZones.blobs` must be the resource id of the private DNS zone privatelink.blob.core.windows.net',
  ],
  [
    'a zone that is missing',
    { privateDnsZones: { webApps: zones.webApps } },
    "`existing.privateDnsZones` must be 'policy' or the resource ids",
  ],
  [
    'a workspace that is an action group',
    { logAnalyticsWorkspaceId: actionGroupId },
    '`existing.logAnalyticsWorkspaceId` must be the resource id of a workspace',
  ],
  [
    'an action group by its name',
    { actionGroupId: 'oncall' },
    '`existing.actionGroupId` must be the resource id of an action group',
  ],
  [
    'what is not known',
    { firewall: 'x' },
    '`firewall` is not known in `existing`. Remove it from settings.ts, or check its spelling.',
  ],
])('refuses %s', (_, existing, message) => expect(answerTo(existing)).toContain(message));
