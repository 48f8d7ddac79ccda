import { type AlertedType, alert } from '../../../stacks/monitoring/alerts';
import { type DiagnosedType, diagnose } from '../../../stacks/monitoring/diagnostics';
import { insightsOf, Monitoring } from '../../../stacks/monitoring/monitoring';
import type { Settings } from '../../../stacks/settings';
import { at, type Block, inZone, stackOf, three, variant } from './stack';

const watched = stackOf(
  (stack, place) => {
    const place2 = new Monitoring(stack, 'monitoring', { place, part: 'swedencentral' }).watch(place);
    insightsOf(stack, 'insights', place2);
  },
  { alertEmail: 'oncall@contoso.com' },
);

test('logs and telemetry take nothing by key: the connection string alone lets nobody in', () => {
  expect(watched.one('azurerm_log_analytics_workspace').local_authentication_disabled).toBe(true);
  expect(watched.one('azurerm_application_insights')).toMatchObject({
    local_authentication_disabled: true,
    workspace_id: '${azurerm_log_analytics_workspace.monitoring_workspace.id}',
    application_type: 'Node.JS',
  });
});

test('the action group notifies the address of the settings, under a name that fits a text message', () => {
  const group = watched.one('azurerm_monitor_action_group');
  expect(at(group, 'email_receiver.0')).toMatchObject({
    email_address: 'oncall@contoso.com',
    use_common_alert_schema: true,
  });
  expect(at<string>(group, 'short_name').length).toBeLessThanOrEqual(12);
});

test.each([
  ['production', 90],
  ['trial', 30],
] as const)('logs of a %s are kept for %i days', (size, days) => {
  const terraform = stackOf((stack, place) => new Monitoring(stack, 'monitoring', { place, part: 'global' }), { size });
  expect(terraform.one('azurerm_log_analytics_workspace')).toMatchObject({
    name: 'log-shop-prod-global',
    retention_in_days: days,
  });
});

test('the address is declared as it was given', () => {
  const terraform = stackOf((stack, place) => new Monitoring(stack, 'monitoring', { place, part: 'global' }), {
    alertEmail: 'oncall@contoso.com',
  });
  expect(terraform.json.locals).toEqual({ alert_email: 'oncall@contoso.com' });
});

test('a diagnostic setting sends every log that was chosen, and metrics where the type has them', () => {
  const sent = (type: DiagnosedType) =>
    stackOf((stack, place) => diagnose(stack, 'logs', type, '/resource', place.workspaceId)).one(
      'azurerm_monitor_diagnostic_setting',
    );
  expect(sent('Microsoft.Web/serverFarms')).toMatchObject({
    target_resource_id: '/resource',
    log_analytics_workspace_id: '/workspaces/test',
    enabled_log: [],
    enabled_metric: [{ category: 'AllMetrics' }],
  });
  const database = sent('Microsoft.Cache/redisEnterprise/databases');
  expect(database.enabled_log).toEqual([{ category: 'ConnectionEvents' }]);
  expect(database).not.toHaveProperty('enabled_metric');
});

describe('alerts', () => {
  const types: AlertedType[] = [
    'Microsoft.Web/sites',
    'Microsoft.Web/serverFarms',
    'Microsoft.Network/applicationGateways',
    'Microsoft.Cache/redisEnterprise',
    'geo-replicated Redis',
    'Microsoft.Cdn/profiles',
    'Microsoft.KeyVault/vaults',
  ];
  const alertsOf = (type: AlertedType) =>
    stackOf((stack, place) => alert(stack, type, '/resource', place), { runbooks: 'https://wiki.contoso.com/runbooks' })
      .blocks('azurerm_monitor_metric_alert')
      .map((block): [string, Block] => [block.name as string, block]);
  const all = types.flatMap(alertsOf);

  test('are each declared under a name of their own', () => {
    const names = all.map(([name]) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  test.each(all)('%s says what is wrong, how bad it is, whom to tell and which runbook helps', (name, block) => {
    expect(block.description).toMatch(/^[A-Z].*\. Runbook: https:\/\/wiki\.contoso\.com\/runbooks#[a-z0-9-]+$/);
    expect(block.description).toContain(`#${name.replace(/-swedencentral$/, '')}`);
    expect([1, 2, 3]).toContain(block.severity);
    expect(block.action).toEqual([{ action_group_id: '/actionGroups/test' }]);
    expect(block.scopes).toEqual(['/resource']);
    expect(block.auto_mitigate).toBe(true);
  });

  test.each(all)('%s is looked at more often than its window is long, as Azure requires', (_, block) => {
    const minutes = (duration: unknown) => {
      const [, count, unit] = /^PT(\d+)([MH])$/.exec(String(duration)) ?? [];
      return Number(count) * (unit === 'H' ? 60 : 1);
    };
    expect(minutes(block.frequency)).toBeLessThan(minutes(block.window_size));
  });
});

test('an average over origins shows that one of two is lost, before a milder alert fires', () => {
  const severities = lostOf(variant('multi-region-active-active', inZone), 2);
  expect(severities).toContain(1);
});

test('an average over origins shows that one of three is lost', () => {
  expect(lostOf(variant('multi-region-active-active', { ...inZone, ...three }), 3)).toContain(1);
});

test.each([
  ['production', 75],
  ['trial', 15],
] as const)(
  'a gateway of a %s warns at %i capacity units, three quarters of what its instances have',
  (size, units) => {
    const alerts = variant('zone-redundant', { ...inZone, size }).blocks('azurerm_monitor_metric_alert');
    const capacity = alerts.find(({ name }) => name === 'gateway-capacity-swedencentral');
    expect(at(capacity, 'criteria.0.threshold')).toBe(units);
  },
);

/** Severities of the alerts that fire while one of so many origins is down. */
function lostOf(terraform: ReturnType<typeof variant>, origins: number): unknown[] {
  const health = terraform
    .blocks('azurerm_monitor_metric_alert')
    .filter((block) => at<string>(block, 'criteria.0.metric_name') === 'OriginHealthPercentage');
  expect(health.length).toBeGreaterThan(0);
  const percent = ((origins - 1) / origins) * 100;
  return health.filter((block) => percent < at<number>(block, 'criteria.0.threshold')).map(({ severity }) => severity);
}

describe('the availability test', () => {
  const made = variant('multi-region-active-active', inZone);
  const [check = {}, ...others] = made.blocks('azurerm_application_insights_standard_web_test');
  const alarm = made
    .all('azurerm_monitor_metric_alert')
    .get('azurerm_monitor_metric_alert.availability_test_northeurope_alert');

  test('is run from every region, so that it still works when one is lost', () => {
    expect([check, ...others].map(({ location }) => location)).toEqual(['northeurope', 'swedencentral']);
  });

  test('asks the health path of the public address, as users reach it, and wants 200 itself', () => {
    expect(check).toMatchObject({
      request: { url: 'https://shop.contoso.com/healthz', http_verb: 'GET', follow_redirects_enabled: false },
      validation_rules: { expected_status_code: 200, ssl_check_enabled: true },
      enabled: true,
    });
  });

  test('asks from five places, and pages when two of them agree', () => {
    expect(new Set(at<string[]>(check, 'geo_locations')).size).toBe(5);
    const criteria = 'application_insights_web_test_location_availability_criteria';
    expect(at(alarm, `${criteria}.failed_location_count`)).toBe(2);
    expect(alarm).toMatchObject({ severity: 1, enabled: true });
    expect(alarm?.description).toMatch(/Runbook: https:\/\/.*#public-address$/);
    expect(at<Block[]>(alarm, 'action')).toHaveLength(1);
  });

  test('lets a certificate pass that Key Vault signed itself, and no other', () => {
    const judges = (certificate: Settings['certificate']) =>
      'ssl_check_enabled' in
      at(
        variant('zone-redundant', { ...inZone, certificate }).one('azurerm_application_insights_standard_web_test'),
        'validation_rules',
      );
    expect([judges('self-signed'), judges('self-signed-in-production')]).toEqual([false, false]);
    expect(judges({ keyVaultSecretId: 'https://corp.vault.azure.net/secrets/shop' })).toBe(true);
  });
});
