import { variants } from '../../main';
import { settings } from '../support/settings';
import { at, type Block, Declared } from './claims';
import { brokenLinks, readDoc, sections } from './markdown';

const text = readDoc('runbooks.md');
const parts = sections(text, 2);
const alerts = sections(parts.get('Alerts') ?? '', 3);

/** Whatever of a variant alerts somebody, with what raises it in one line. */
function raisedBy(declared: Declared): [Block, string][] {
  const places = at(declared.all('application_insights_standard_web_test')[0] as Block, 'geo_locations') as string[];
  const paired =
    (line: (block: Block) => string) =>
    (block: Block): [Block, string] => [block, line(block)];
  return [
    ...declared
      .all('monitor_metric_alert')
      .map(paired((alert) => `Severity ${alert.severity} · ${metricOf(alert, places.length)} · ${alert.window_size}`)),
    ...declared.all('monitor_activity_log_alert').map(paired((alert) => `Activity log · ${eventOf(alert)}`)),
    ...declared
      .all('monitor_scheduled_query_rules_alert_v2')
      .map(paired((alert) => `Severity ${alert.severity} · ${queryOf(alert)} · ${alert.window_duration}`)),
    ...declared
      .all('consumption_budget_subscription')
      .map(paired((budget): string => `Budget · ${noticesOf(budget)} · ${budget.time_grain}`)),
  ];
}

function metricOf(alert: Block, places: number): string {
  const byPlace = at(alert, 'application_insights_web_test_location_availability_criteria') as Block | undefined;
  if (byPlace) return `${byPlace.failed_location_count} of ${places} places fail`;
  const { metric_name, aggregation, operator, threshold, dimension = [] } = at(alert, 'criteria.0') as Block;
  const split = (dimension as { name: string; values: string[] }[]).filter(({ values }) => values.includes('*'));
  return `\`${metric_name}\` ${aggregation} ${operator} ${threshold}${split.map(({ name }) => `, each ${name}`).join('')}`;
}

function eventOf(alert: Block): string {
  const criteria = alert.criteria as Block;
  const { category, operation_name, resource_type, status } = criteria;
  const listed = (path: string) => (at(criteria, path) as string[]).join(', ');
  if (category === 'ServiceHealth') return `ServiceHealth · ${listed('service_health.events')}`;
  if (category === 'ResourceHealth')
    return `ResourceHealth · ${listed('resource_health.current')} · ${listed('resource_health.reason')}`;
  return `${category} · ${operation_name ? `\`${operation_name}\`` : `any operation on \`${resource_type}\``} ${status}`;
}

function queryOf(alert: Block): string {
  const { query, time_aggregation_method, operator, threshold } = at(alert, 'criteria.0') as Block;
  return `\`${query}\` ${time_aggregation_method} ${operator} ${threshold}`;
}

const noticesOf = (budget: Block) =>
  (budget.notification as Block[])
    .map(({ threshold_type, threshold }) => `${threshold_type} ${threshold} %`)
    .join(', ');

/** Every alert of every variant, as lines of what raises it. */
const conditions = new Map<string, Set<string>>();
for (const variant of Object.keys(variants))
  for (const [alert, line] of raisedBy(new Declared(variant, { ...settings, monthlyBudget: 1000 }))) {
    // A budget has no description, so no link.
    const name = alert.description === undefined ? 'budget' : (String(alert.description).split('#')[1] ?? '');
    conditions.set(name, (conditions.get(name) ?? new Set()).add(line));
  }
const names = [...conditions.keys()];

test('has a heading for every alert, and none for an alert that is missing', () => {
  expect([...alerts.keys()].sort()).toEqual([...names].sort());
});

test('is linked to by every alert that a variant declares', () => {
  for (const [{ description }] of raisedBy(new Declared('zone-redundant')))
    expect(description).toContain(`Runbook: ${settings.runbooks}#`);
});

test.each(names)('%s: says what raises it as the Terraform does', (name) => {
  const [head = ''] = (alerts.get(name) ?? '').trim().split('\n\n');
  expect([...(conditions.get(name) ?? [])].toSorted()).toEqual(head.split(/ *\\?\n/).toSorted());
});

test.each(names)('%s: says what it means, what users notice, three first steps and when it is over', (name) => {
  const body = alerts.get(name) ?? '';
  const order = ['**Means.** ', '**Users notice.** ', '**First steps.**', '**Over when.** '];
  expect(order.map((mark) => body.split(mark).length)).toEqual([2, 2, 2, 2]);
  expect(order.map((mark) => body.indexOf(mark))).toEqual(
    order.map((mark) => body.indexOf(mark)).sort((a, b) => a - b),
  );
  expect(body.match(/^\d\. /gm)).toEqual(['1. ', '2. ', '3. ']);
});

test('has the runbooks for planned operations', () => {
  expect([...parts.keys()].slice(1)).toEqual([
    'Planned failover',
    'Failback',
    'Force-unlink and rejoin of Redis',
    'Passive-cold',
    'Rotating the session secret',
    'Replacing the certificate',
  ]);
  expect(parts.get('Force-unlink and rejoin of Redis')).toContain('terraform-provider-azurerm/issues/31353');
});

test('links to what is there', () => {
  expect(brokenLinks('runbooks.md')).toEqual([]);
});
