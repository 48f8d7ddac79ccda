import { fires, type MetricAlertBlock, type Sample } from '../../support/metricAlert';
import { everyVariant } from '../constructs/stack';

type Dimensions = Readonly<Record<string, string>>;

/** So many minutes of one value, the last ones. */
const lasting = (minutes: number, value: number, dimensions: Dimensions = {}): Sample[] =>
  Array.from({ length: minutes }, (_, minutesAgo) => ({ minutesAgo, value, dimensions }));

/** So many minutes of one value, with one minute of another in the middle. */
const oneMinute = (of: number, minutes: number, otherwise: number, dimensions: Dimensions = {}): Sample[] =>
  lasting(minutes, otherwise, dimensions).with(Math.floor(minutes / 2), {
    minutesAgo: Math.floor(minutes / 2),
    value: of,
    dimensions,
  });

const last = (value: number, dimensions: Dimensions = {}): Sample[] => [{ minutesAgo: 0, value, dimensions }];

/** Health checks of an instance, which the metric reports every five minutes. */
const checks = (instance: string, values: readonly number[]): Sample[] =>
  values.map((value, index) => ({ minutesAgo: index * 5, value, dimensions: { Instance: instance } }));

/** By alert: what happened when somebody must be woken, and when nobody must. */
const scenarios: Readonly<Record<string, { fires: Record<string, Sample[]>; quiet: Record<string, Sample[]> }>> = {
  'app-http-5xx': {
    fires: { 'an error a minute for a quarter of an hour': lasting(15, 1) },
    quiet: { 'ten errors in one minute': oneMinute(10, 15, 0) },
  },
  'app-slow': {
    fires: { 'six seconds for half an hour': lasting(30, 6) },
    quiet: { 'one minute of sixty seconds': oneMinute(60, 30, 1) },
  },
  'app-unhealthy-instance': {
    fires: {
      'one of three instances down for a quarter of an hour': [
        ...checks('a', [0, 0, 0]),
        ...['b', 'c'].flatMap((instance) => checks(instance, [100, 100, 100])),
      ],
      'one of nine, whose average over all is still 89': [
        ...checks('a', [0, 0, 0]),
        ...[...'bcdefghi'].flatMap((instance) => checks(instance, [100, 100, 100])),
      ],
    },
    quiet: {
      'one bad check of one instance': [...checks('a', [100, 0, 100]), ...checks('b', [100, 100, 100])],
      'each instance restarting in turn': ['a', 'b', 'c'].flatMap((instance, turn) =>
        checks(instance, [100, 100, 100].with(turn, 0)),
      ),
    },
  },
  'plan-cpu': {
    fires: { 'saturated for five minutes': lasting(5, 95) },
    quiet: { 'one busy minute': oneMinute(100, 5, 50) },
  },
  'plan-memory': {
    fires: { 'full for a quarter of an hour': lasting(15, 95) },
    quiet: { 'one full minute': oneMinute(100, 15, 60) },
  },
  'gateway-unhealthy-host': {
    fires: { 'the app away for five minutes': lasting(5, 1) },
    quiet: { 'one failed probe': oneMinute(1, 5, 0) },
  },
  'gateway-5xx': {
    fires: { 'eleven errors in one minute': last(11, { HttpStatusGroup: '5xx' }) },
    quiet: { 'a thousand requests that the WAF refused': last(1000, { HttpStatusGroup: '4xx' }) },
  },
  'gateway-capacity': {
    fires: { 'eighty units for a quarter of an hour': lasting(15, 80) },
    quiet: { 'one minute of all hundred': oneMinute(100, 15, 50) },
  },
  'redis-memory': {
    fires: { 'one sample of 80 %': last(80) },
    quiet: { 'a quarter of an hour just below': lasting(15, 79) },
  },
  'redis-cpu': {
    fires: {
      'one node busy for a quarter of an hour, the other idle': [
        ...lasting(15, 90, { InstanceId: '0' }),
        ...lasting(15, 5, { InstanceId: '1' }),
      ],
    },
    quiet: { 'one busy minute of one node': oneMinute(100, 15, 40, { InstanceId: '0' }) },
  },
  'redis-evictions': {
    fires: { 'one evicted session': last(1) },
    quiet: { none: lasting(5, 0) },
  },
  'redis-geo-replication': {
    fires: { 'an hour without replication': lasting(60, 0) },
    quiet: {
      'one bad minute, as in every patching': oneMinute(0, 60, 1),
      'patching that takes 59 minutes': oneMinute(1, 60, 0),
    },
  },
  'front-door-origin-lost': {
    fires: { 'one of two regions gone for five minutes': lasting(5, 50) },
    quiet: { 'one minute in which no probe arrives': oneMinute(0, 5, 100) },
  },
  'front-door-origin-health': {
    fires: { 'a tenth of all probes failing for a quarter of an hour': lasting(15, 90) },
    quiet: { 'one minute in which half of them fail': oneMinute(50, 15, 100) },
  },
  'front-door-5xx': {
    fires: { 'a fifth of all answers for five minutes': lasting(5, 20) },
    quiet: { 'one minute of two fifths': oneMinute(40, 5, 0) },
  },
  'vault-availability': {
    fires: { 'a fifth of requests failing for a quarter of an hour': lasting(15, 80) },
    quiet: { 'one minute of none answered': oneMinute(0, 15, 100) },
  },
  'public-address': {
    fires: { 'two places that see it away': [...last(0, { place: 'a' }), ...last(0, { place: 'b' })] },
    quiet: { 'one place that does, three times': lasting(3, 0, { place: 'a' }) },
  },
};

const nameOf = (description: unknown) => /#([a-z0-9-]+)$/.exec(String(description))?.[1] ?? '';

const declared = [...everyVariant()].flatMap(([variant, terraform]) =>
  [...terraform.all('azurerm_monitor_metric_alert')].map(
    ([address, block]) => [variant, address, nameOf(block.description), block as unknown as MetricAlertBlock] as const,
  ),
);

test('every metric alert of every variant has its scenarios, and no scenario is left without one', () => {
  expect([...new Set(declared.map(([, , name]) => name))].toSorted()).toEqual(Object.keys(scenarios).toSorted());
});

test.each(declared)('%s, %s: wakes somebody when it must, and nobody when it must not', (_, __, name, alert) => {
  for (const [what, samples] of Object.entries(scenarios[name]?.fires ?? {}))
    expect([what, fires(alert, samples)]).toEqual([what, true]);
  for (const [what, samples] of Object.entries(scenarios[name]?.quiet ?? {}))
    expect([what, fires(alert, samples)]).toEqual([what, false]);
});
