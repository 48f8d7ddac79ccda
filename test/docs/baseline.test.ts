import { blobName } from '../../ship/storage';
import { settings } from '../support/settings';
import { at, type Block, claimsIn, Declared, falseClaims } from './claims';
import { brokenLinks, code, readDoc, tableIn } from './markdown';

const declared = new Declared('zone-redundant');
const withAgents = new Declared('zone-redundant', { ...settings, agentsSubnet: true });
const rows = tableIn(readDoc('baseline.md'), 'row');
const keys = rows.map(([cell]) => code(cell));

const gateway = declared.one('application_gateway');
const app = declared.one('linux_web_app');
const appSettings = app.app_settings as Record<string, string>;
const profile = at(declared.one('monitor_autoscale_setting'), 'profile.0');

/** Rules of one subnet's filter, as `name from>to:ports`, in the order in which they are judged. */
function rulesOf(part: string, of: Declared = declared): string[] {
  return [...of.named('network_security_rule')]
    .filter(([address]) => address.includes(`_network_${part}_security_`))
    .map(([, rule]) => rule)
    .sort((a, b) => Number(a.priority) - Number(b.priority))
    .map(
      (rule) =>
        `${rule.access} ${rule.direction} ${rule.source_address_prefix}>${rule.destination_address_prefix}:${rule.destination_port_range}`,
    );
}

const endpoints = () =>
  declared.all('private_endpoint').map((one) => at(one, 'private_service_connection.subresource_names.0'));

/** What a row says beyond its claims. */
const assertions: Record<string, () => void> = {
  instances() {
    expect(at(declared.one('service_plan'), 'lifecycle.ignore_changes')).toEqual(['worker_count']);
  },
  'autoscale-floor'() {
    expect(at(profile, 'capacity')).toEqual({ minimum: 3, default: 3, maximum: 9 });
  },
  'autoscale-pairs'() {
    const rules = at(profile, 'rule') as Block[];
    expect(
      rules.map(
        (rule) =>
          `${at(rule, 'metric_trigger.metric_name')} ${at(rule, 'metric_trigger.operator')} ${at(rule, 'metric_trigger.threshold')} ${at(rule, 'scale_action.direction')}`,
      ),
    ).toEqual([
      'CpuPercentage GreaterThan 65 Increase',
      'CpuPercentage LessThan 30 Decrease',
      'MemoryPercentage GreaterThan 80 Increase',
      'MemoryPercentage LessThan 55 Decrease',
    ]);
  },
  sessions() {
    expect(appSettings.SESSION_STORE).toBe('redis');
  },
  'https-only'() {
    expect(at(app, 'site_config.scm_minimum_tls_version')).toBe('1.2');
  },
  slot() {
    expect(endpoints()).toContain('sites-staging');
    expect(at(declared.one('linux_web_app_slot'), 'app_settings.WEBSITE_RUN_FROM_PACKAGE')).toBe(
      appSettings.WEBSITE_RUN_FROM_PACKAGE,
    );
  },
  'sticky-settings'() {
    const slotSettings = declared.one('linux_web_app_slot').app_settings as Record<string, string>;
    const sticky = at(app, 'sticky_settings.app_setting_names') as string[];
    expect(Object.keys(slotSettings).filter((name) => slotSettings[name] !== appSettings[name])).toEqual(
      sticky.toSorted(),
    );
  },
  egress() {
    expect(rulesOf('app_service').filter((rule) => rule.includes('Outbound'))).toEqual([
      'Allow Outbound 10.0.0.0/24>10.0.2.0/24:443',
      'Allow Outbound 10.0.0.0/24>10.0.2.0/24:10000',
      'Allow Outbound 10.0.0.0/24>AzureMonitor:443',
      'Allow Outbound 10.0.0.0/24>AzureActiveDirectory:443',
      'Deny Outbound *>*:*',
    ]);
    expect(declared.all('firewall')).toEqual([]);
  },
  subnets() {
    expect(declared.one('virtual_network').address_space).toEqual(['10.0.0.0/16']);
    expect(declared.all('subnet').map(({ name, address_prefixes }) => [name, address_prefixes])).toEqual([
      ['snet-app-service', ['10.0.0.0/24']],
      ['snet-gateway', ['10.0.1.0/24']],
      ['snet-private-endpoints', ['10.0.2.0/24']],
    ]);
  },
  'packet-filters'() {
    const filtered = declared.all('subnet_network_security_group_association').map(({ subnet_id }) => subnet_id);
    expect(filtered).toHaveLength(declared.all('subnet').length);
    for (const part of ['app_service', 'private_endpoints']) {
      expect(rulesOf(part).slice(-2).sort()).toEqual(['Deny Inbound *>*:*', 'Deny Outbound *>*:*']);
    }
    const policies = declared
      .all('subnet')
      .map(({ private_endpoint_network_policies }) => private_endpoint_network_policies);
    expect(policies.filter(Boolean)).toEqual(['NetworkSecurityGroupEnabled']);
  },
  'gateway-filter'() {
    expect(rulesOf('gateway')).toEqual([
      'Allow Inbound Internet>10.0.1.0/24:443',
      'Allow Inbound Internet>10.0.1.0/24:80',
      'Allow Inbound GatewayManager>*:65200-65535',
      'Allow Inbound AzureLoadBalancer>*:*',
      'Deny Inbound *>*:*',
    ]);
  },
  'private-inbound'() {
    expect(declared.one('linux_web_app_slot').public_network_access_enabled).toBe(false);
    expect(endpoints().filter((one) => String(one).startsWith('sites'))).toEqual(['sites', 'sites-staging']);
  },
  'private-dns'() {
    const zones = declared.all('private_dns_zone').map(({ name }) => name);
    expect(zones.sort()).toEqual([
      'privatelink.azurewebsites.net',
      'privatelink.blob.core.windows.net',
      'privatelink.redis.azure.net',
      'privatelink.vaultcore.azure.net',
    ]);
    const linked = declared.all('private_dns_zone_virtual_network_link').map((link) => link.private_dns_zone_name);
    expect(new Set(linked).size).toBe(zones.length);
  },
  'agents-subnet'() {
    const names = (of: Declared) => of.all('subnet').map(({ name }) => name);
    expect(names(declared)).not.toContain('snet-agents');
    expect(names(withAgents)).toContain('snet-agents');
  },
  'agents-filter'() {
    expect(rulesOf('agents', withAgents)).toEqual([
      'Allow Outbound 10.0.3.0/24>*:443',
      'Deny Inbound *>*:*',
      'Deny Outbound *>*:*',
    ]);
  },
  waf() {
    const sets = at(declared.one('web_application_firewall_policy'), 'managed_rules.managed_rule_set') as Block[];
    expect(sets.map(({ type, version }) => `${type} ${version}`)).toEqual([
      'Microsoft_DefaultRuleSet 2.2',
      'Microsoft_BotManagerRuleSet 1.1',
    ]);
    expect(gateway.firewall_policy_id).toContain('azurerm_web_application_firewall_policy');
  },
  'gateway-zones'() {
    expect(at(gateway, 'autoscale_configuration.max_capacity')).toBe(10);
    const trial = new Declared('zone-redundant', { ...settings, size: 'trial' }).one('application_gateway');
    expect(trial.autoscale_configuration).toEqual({ min_capacity: 1, max_capacity: 2 });
  },
  host() {
    const [toApp] = gateway.backend_http_settings as Block[];
    expect(toApp).not.toHaveProperty('host_name');
    expect(toApp).not.toHaveProperty('pick_host_name_from_backend_address');
    expect(toApp?.sni_name).toMatch(/^\$\{azurerm_linux_web_app\..+\.default_hostname\}$/);
    const proven = new Declared('zone-redundant', {
      ...settings,
      domain: { host: 'shop.contoso.com', dnsReady: true },
    });
    expect(proven.one('app_service_custom_hostname_binding').hostname).toBe('shop.contoso.com');
    const trial = new Declared('zone-redundant', { ...settings, domain: 'none' }).one('application_gateway');
    expect(at(trial, 'backend_http_settings.0.pick_host_name_from_backend_address')).toBe(true);
  },
  redirect() {
    const rule = (gateway.request_routing_rule as Block[]).find(
      ({ http_listener_name }) => http_listener_name === 'http',
    );
    expect(rule).toMatchObject({ redirect_configuration_name: 'to-https' });
    expect(rule).not.toHaveProperty('backend_address_pool_name');
    expect(at(gateway, 'redirect_configuration.0')).toMatchObject({
      redirect_type: 'Permanent',
      target_listener_name: 'https',
    });
  },
  certificate() {
    expect(at(gateway, 'ssl_certificate.0.key_vault_secret_id')).toMatch(/\.versionless_secret_id\}$/);
    expect(at(declared.one('key_vault_certificate'), 'certificate_policy.issuer_parameters.name')).toBe('Self');
    const keyVaultSecretId = 'https://kv-team.vault.azure.net/secrets/shop';
    const own = new Declared('zone-redundant', { ...settings, certificate: { keyVaultSecretId } });
    expect(at(own.one('application_gateway'), 'ssl_certificate.0.key_vault_secret_id')).toBe(keyVaultSecretId);
  },
  vault() {
    expect(endpoints()).toContain('vault');
    expect(declared.all('key_vault_access_policy')).toEqual([]);
  },
  secrets() {
    for (const name of ['SESSION_SECRET', 'SESSION_SECRET_PREVIOUS'])
      expect(appSettings[name]).toMatch(/^@Microsoft\.KeyVault\(SecretUri=\$\{.+\.versionless_id\}\)$/);
    for (const secret of declared.all('key_vault_secret')) {
      expect(secret).toHaveProperty('value_wo');
      expect(secret).not.toHaveProperty('value');
    }
    expect(declared.all('key_vault_secret')).toHaveLength(2);
  },
  identity() {
    expect(declared.all('user_assigned_identity')).toHaveLength(3);
    expect(at(app, 'identity.type')).toBe('UserAssigned');
    expect(at(gateway, 'identity.type')).toBe('UserAssigned');
    for (const { scope } of declared.all('role_assignment'))
      expect(scope).toMatch(
        /^\$\{azurerm_resource_group\..+\.id\}$|^\$\{azurerm_key_vault\..+\.id\}\/secrets\/[\w-]+$/,
      );
  },
  database() {
    // The app's and the slot's.
    expect(declared.all('managed_redis_access_policy_assignment')).toHaveLength(2);
  },
  'storage-redundancy'() {
    expect(declared.all('storage_account')).toHaveLength(1);
  },
  'storage-access'() {
    expect(endpoints()).toContain('blob');
  },
  package() {
    expect(declared.one('storage_container').container_access_type).toBe('private');
    expect(Object.keys(appSettings).filter((name) => name.includes('PACKAGE'))).toEqual([]);
    expect(blobName('0123456789ab')).toBe('shop-0123456789ab.zip');
  },
  diagnostics() {
    const text = readDoc('baseline.md');
    const watched = declared
      .all('monitor_diagnostic_setting')
      .map(({ target_resource_id }) => String(target_resource_id));
    expect(text).toContain(`${watched.length} settings`);
    for (const type of [
      'service_plan',
      'linux_web_app',
      'application_gateway',
      'key_vault',
      'storage_account',
      'managed_redis',
    ])
      expect(watched.some((target) => target.includes(`azurerm_${type}.`))).toBe(true);
    for (const type of ['log_analytics_workspace', 'application_insights', 'private_endpoint'])
      expect(watched.some((target) => target.includes(`azurerm_${type}.`))).toBe(false);
  },
  alerts() {
    const alerts = declared.all('monitor_metric_alert');
    const events = declared.all('monitor_activity_log_alert');
    expect(readDoc('baseline.md')).toContain(`${alerts.length} alerts on metrics, ${events.length} on events`);
    for (const alert of [...alerts, ...events]) {
      expect(at(alert, 'action.0.action_group_id')).toContain('azurerm_monitor_action_group');
      expect(alert.description).toContain(settings.runbooks);
    }
    expect(declared.all('application_insights_standard_web_test')).toHaveLength(1);
  },
  telemetry() {
    expect(declared.all('role_assignment').map(({ role_definition_name }) => role_definition_name)).toContain(
      'Monitoring Metrics Publisher',
    );
  },
};

test('has about 25 rows or more, each once', () => {
  expect(keys.length).toBeGreaterThanOrEqual(25);
  expect(new Set(keys).size).toBe(keys.length);
});

test('names every gap of the sample', () => {
  const gaps = [
    ['health-check', 'No `healthCheckPath`'],
    ['affinity', '`clientAffinityEnabled` is not set'],
    ['slot', 'No slot'],
    ['autoscale-floor', 'Minimum 1, default 1'],
    ['autoscale-pairs', 'Nothing scales in'],
    ['https-only', '`httpsOnly: false`'],
    ['route-all', 'On, against the article'],
    ['host', '`pickHostNameFromBackendAddress: true`'],
    ['probe', '`/favicon.ico`, 200-399, 401 and 403'],
    ['database', 'Basic tier'],
    ['storage-redundancy', '`Standard_LRS`'],
    ['gateway-http2', 'Off'],
    ['agents-subnet', 'no agent'],
    ['agents-filter', "*gateway's* range"],
  ];
  const said = new Map(rows.map(([key, , sample]) => [code(key), sample]));
  expect(gaps.filter(([key = '', gap = '']) => !said.get(key)?.includes(gap))).toEqual([]);
});

test('has an assertion for every row, and a row for every assertion', () => {
  const unchecked = rows.filter(([key, , , ours = '']) => !assertions[code(key)] && claimsIn(ours).length === 0);
  expect(unchecked).toEqual([]);
  expect(Object.keys(assertions).filter((key) => !keys.includes(key))).toEqual([]);
});

test.each(rows.map((row) => [code(row[0]), row[3] ?? '']))('%s: what ours does is in the Terraform', (key, ours) => {
  expect(falseClaims(ours, declared)).toEqual([]);
  assertions[key]?.();
});

test('claims nothing around the table that is not so', () => {
  expect(falseClaims(readDoc('baseline.md'), declared)).toEqual([]);
});

test('names a file of our code in every row', () => {
  for (const [key, , , , where] of rows) expect([key, where]).toEqual([key, expect.stringMatching(/\]\(\.\.\/[a-z]/)]);
  expect(brokenLinks('baseline.md')).toEqual([]);
});
