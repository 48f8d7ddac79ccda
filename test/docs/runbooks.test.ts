import { variants } from '../../main';
import { alertNames } from '../../stacks/monitoring/alerts';
import { settings } from '../support/settings';
import { at, type Block, Declared } from './claims';
import { brokenLinks, readDoc, sections } from './markdown';

const text = readDoc('runbooks.md');
const parts = sections(text, 2);
const alerts = sections(parts.get('Alerts') ?? '', 3);
const names = [...alertNames, 'public-address'];

/** Every alert of every variant, as one line of what raises it. */
const conditions = new Map<string, Set<string>>();
for (const variant of Object.keys(variants)) {
  const declared = new Declared(variant);
  const places = at(declared.all('application_insights_standard_web_test')[0] as Block, 'geo_locations') as string[];
  for (const alert of declared.all('monitor_metric_alert')) {
    const name = String(alert.description).split('#')[1] ?? '';
    const lines = conditions.get(name) ?? new Set();
    conditions.set(
      name,
      lines.add(`Severity ${alert.severity} · ${conditionOf(alert, places.length)} · ${alert.window_size}`),
    );
  }
}

function conditionOf(alert: Block, places: number): string {
  const byPlace = at(alert, 'application_insights_web_test_location_availability_criteria') as Block | undefined;
  if (byPlace) return `${byPlace.failed_location_count} of ${places} places fail`;
  const { metric_name, aggregation, operator, threshold } = at(alert, 'criteria.0') as Block;
  return `\`${metric_name}\` ${aggregation} ${operator} ${threshold}`;
}

test('has a heading for every alert, and none for an alert that is missing', () => {
  expect([...alerts.keys()].sort()).toEqual([...names].sort());
});

test('is linked to by every alert that a variant declares, under a heading that is there', () => {
  expect([...conditions.keys()].sort()).toEqual([...names].sort());
  for (const { description } of new Declared('zone-redundant').all('monitor_metric_alert'))
    expect(description).toContain(`Runbook: ${settings.runbooks}#`);
});

test.each(names)('%s: says what raises it as the Terraform does', (name) => {
  expect([...(conditions.get(name) ?? [])]).toEqual([alerts.get(name)?.trim().split('\n')[0]]);
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

test('has the runbooks for what is done on purpose', () => {
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
