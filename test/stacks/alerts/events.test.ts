import { Monitoring } from '../../../stacks/monitoring/monitoring';
import { at, type Block, everyVariant, stackOf, variant } from '../constructs/stack';

const variants = [...everyVariant()];
const type = 'azurerm_monitor_activity_log_alert';

/** What azurerm 4.79 takes in the criteria: internal/services/monitor/monitor_activity_log_alert_resource.go. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  'criteria.category': ['Administrative', 'ResourceHealth', 'ServiceHealth'],
  'criteria.resource_health.current': ['Available', 'Degraded', 'Unavailable', 'Unknown'],
  'criteria.resource_health.reason': ['PlatformInitiated', 'UserInitiated', 'Unknown'],
  'criteria.service_health.events': ['Incident', 'Maintenance', 'Informational', 'ActionRequired', 'Security'],
};

const operations = (word: string) =>
  variant(word)
    .blocks(type)
    .map((alert) => at<string | undefined>(alert, 'criteria.operation_name'))
    .filter((operation) => operation?.endsWith('/delete') && !operation.startsWith('Microsoft.Authorization/'))
    .toSorted();

test.each(variants)(
  '%s: every alert on an event says only what azurerm takes, and has somebody to notify',
  (_, all) => {
    const alerts = all.blocks(type);
    expect(alerts.length).toBeGreaterThan(0);
    for (const alert of alerts) {
      expect(alert).toMatchObject({
        location: 'global',
        action: [{ action_group_id: expect.stringMatching(/^\$\{/) }],
      });
      expect(alert.description).toMatch(/^[A-Z].*\. Runbook: https:\/\/\S+#[a-z-]+$/);
      for (const [path, values] of Object.entries(allowed))
        for (const value of [at<string | string[] | undefined>(alert, path) ?? []].flat())
          expect(values).toContain(value);
    }
  },
);

test.each(variants)('%s: names of alerts differ within a resource group', (_, all) => {
  const names = [type, 'azurerm_monitor_metric_alert', 'azurerm_monitor_scheduled_query_rules_alert_v2'].flatMap(
    (one) => all.blocks(one).map(({ name, resource_group_name }) => `${resource_group_name} ${name}`),
  );
  expect(new Set(names).size).toBe(names.length);
});

test.each([
  ['single-zone', ['Microsoft.Web/sites/delete']],
  ['zone-redundant', ['Microsoft.Network/applicationGateways/delete', 'Microsoft.Web/sites/delete']],
  [
    'multi-region-sticky',
    [
      'Microsoft.Cdn/profiles/afdEndpoints/delete',
      'Microsoft.Cdn/profiles/afdEndpoints/routes/delete',
      'Microsoft.Cdn/profiles/delete',
      'Microsoft.Web/sites/delete',
      'Microsoft.Web/sites/delete',
    ],
  ],
])('%s: the deletion of whatever lets users in is reported', (word, expected) => {
  expect(operations(word)).toEqual(expected);
});

test('a change of the WAF policy is reported where there is one', () => {
  const watched = (word: string) =>
    variant(word)
      .blocks(type)
      .map((alert) => at<string | undefined>(alert, 'criteria.resource_type'))
      .filter((found) => found !== undefined);
  expect(watched('single-zone')).toEqual([]);
  expect(watched('zone-redundant')).toEqual(['Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies']);
  expect(watched('multi-region-sticky')).toEqual(['Microsoft.Network/FrontDoorWebApplicationFirewallPolicies']);
});

test.each(variants)(
  '%s: Service Health is watched once, for the subscription, which is the only scope that it takes',
  (_, all) => {
    const health = all.blocks(type).filter((alert) => at<string>(alert, 'criteria.category') === 'ServiceHealth');
    expect(health.map(({ scopes }) => scopes)).toEqual([['${data.azurerm_subscription.subscription_current.id}']]);
    expect(at(health[0], 'criteria.service_health.events')).toContain('Incident');
  },
);

test.each(variants)('%s: Resource Health is watched in every resource group', (_, all) => {
  const groups = [...all.all('azurerm_resource_group').keys()].map((address) => `\${${address}.id}`);
  const watched = all
    .blocks(type)
    .filter((alert) => at<string>(alert, 'criteria.category') === 'ResourceHealth')
    .flatMap(({ scopes }) => scopes as string[]);
  expect(watched.toSorted()).toEqual(groups.toSorted());
});

test.each(variants)('%s: the daily cap of every workspace is watched from its own region', (_, all) => {
  const rules = all.blocks('azurerm_monitor_scheduled_query_rules_alert_v2');
  const workspaces = all.all('azurerm_log_analytics_workspace');
  expect(rules.map(({ scopes }) => (scopes as string[])[0]).toSorted()).toEqual(
    [...workspaces.keys()].map((address) => `\${${address}.id}`).toSorted(),
  );
  for (const rule of rules) {
    const address = /\$\{(.+)\.id\}/.exec((rule.scopes as string[])[0] ?? '')?.[1] ?? '';
    expect(rule.location).toBe(workspaces.get(address)?.location);
  }
});

describe('the action group', () => {
  const group = (change = {}) =>
    stackOf((stack, place) => new Monitoring(stack, 'monitoring', { place, part: 'global' }), change).one(
      'azurerm_monitor_action_group',
    );

  test('posts to the webhook as well, where there is one', () => {
    const alertWebhook = 'https://hooks.contoso.com/azure';
    expect(group({ alertWebhook })).toMatchObject({
      email_receiver: [{ name: 'on-call' }],
      webhook_receiver: [{ name: 'webhook', service_uri: alertWebhook, use_common_alert_schema: true }],
    });
    expect(group()).not.toHaveProperty('webhook_receiver');
  });

  test.each(['http://hooks.contoso.com', 'hooks.contoso.com', 'https://me:secret@hooks.contoso.com', ''])(
    'a webhook of "%s" is refused',
    (alertWebhook) => {
      expect(() => group({ alertWebhook })).toThrow(/^`alertWebhook` must be an https address/);
    },
  );
});

describe('the budget', () => {
  const budgets = (word: string, monthlyBudget?: number) =>
    variant(word, monthlyBudget === undefined ? {} : { monthlyBudget }).blocks(
      'azurerm_consumption_budget_subscription',
    );

  test('is there only where an amount is', () => {
    expect(budgets('zone-redundant')).toEqual([]);
    expect(budgets('zone-redundant', 800)).toHaveLength(1);
  });

  test('is one for every resource group of the deployment, of the amount given', () => {
    const made = variant('multi-region-sticky', { monthlyBudget: 2500.5 });
    const [budget] = budgets('multi-region-sticky', 2500.5);
    expect(budget).toMatchObject({ amount: 2500.5, time_grain: 'Monthly' });
    const names = [...made.all('azurerm_resource_group').keys()].map((address) => `\${${address}.name}`);
    expect(names).toHaveLength(3);
    const [dimension, ...others] = at<{ name: string; values: string[] }[]>(budget, 'filter.dimension');
    expect([dimension?.name, others]).toEqual(['ResourceGroupName', []]);
    expect(dimension?.values.toSorted()).toEqual(names.toSorted());
    expect(String(budget?.name)).toMatch(/^[-_a-zA-Z0-9]{1,63}$/);
  });

  test('starts on the first of the month in which it is made, which Terraform knows and synth does not, and stays', () => {
    const [budget] = budgets('zone-redundant', 800);
    expect(at(budget, 'time_period.start_date')).toBe(`\${formatdate("YYYY-MM-'01T00:00:00Z'", plantimestamp())}`);
    expect(at(budget, 'lifecycle.ignore_changes')).toEqual(['time_period']);
  });

  test('notifies the action group before it is spent, when it is, and when the forecast says so', () => {
    const notices = at<Block[]>(budgets('zone-redundant', 800)[0], 'notification');
    expect(notices.map(({ threshold_type, threshold }) => `${threshold_type} ${threshold}`)).toEqual([
      'Actual 80',
      'Actual 100',
      'Forecasted 100',
    ]);
    for (const notice of notices)
      expect(notice).toMatchObject({
        operator: 'GreaterThanOrEqualTo',
        contact_groups: ['${azurerm_monitor_action_group.swedencentral_monitoring_action_group.id}'],
      });
  });

  test.each([0, -5, 0.5, Number.NaN, '800'])('an amount of %p is refused', (monthlyBudget) => {
    expect(() => variant('zone-redundant', { monthlyBudget: monthlyBudget as number })).toThrow(
      /^`monthlyBudget` must be (an amount of 1 or more|a number)/,
    );
  });
});
