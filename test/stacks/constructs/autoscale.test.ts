import { ServicePlan } from '@cdktf/provider-azurerm/lib/service-plan';
import { Autoscale } from '../../../stacks/region/autoscale';
import type { Settings } from '../../../stacks/settings';
import { at, type Block, stackOf, variant } from './stack';

const built = (floor: number, change: Partial<Settings> = {}) =>
  stackOf((stack, place) => {
    const { location, resourceGroupName } = place;
    const plan = new ServicePlan(stack, 'plan', {
      name: 'asp',
      location,
      resourceGroupName,
      osType: 'Linux',
      skuName: 'P0v3',
    });
    new Autoscale(stack, 'autoscale', { place, plan, floor });
  }, change).one('azurerm_monitor_autoscale_setting');

interface Rule {
  readonly metric_trigger: {
    readonly metric_name: string;
    readonly operator: string;
    readonly threshold: number;
    readonly time_window: string;
    readonly metric_resource_id: string;
  };
  readonly scale_action: { readonly direction: string; readonly value: number; readonly cooldown: string };
}
const rules = at<Rule[]>(built(3), 'profile.0.rule');
const towards = (direction: string) => rules.filter((rule) => rule.scale_action.direction === direction);
const pairs = towards('Increase').map((out) => {
  const { metric_name } = out.metric_trigger;
  const back = towards('Decrease').filter((rule) => rule.metric_trigger.metric_name === metric_name);
  return [metric_name, out, back] as const;
});
const minutes = (duration: string) => Number(/^PT(\d+)M$/.exec(duration)?.[1]);

test.each([
  [1, 2],
  [3, 9],
  [29, 30],
])('keeps %i instances, also when metrics cannot be read, and goes up to %i', (floor, maximumInstances) => {
  expect(at(built(floor, { maximumInstances }), 'profile.0.capacity')).toEqual({
    minimum: floor,
    default: floor,
    maximum: maximumInstances,
  });
});

// https://github.com/MicrosoftDocs/azure-docs/issues/71426, 2021-03-01: HttpQueueLength is not among them.
const ofLinuxPlans = [
  'CpuPercentage',
  'MemoryPercentage',
  'DiskQueueLength',
  'BytesReceived',
  'BytesSent',
  'MajorPageFaultsPerSecond',
];

test('scales on processor time and memory, which plans on Linux report', () => {
  expect(pairs.map(([metric]) => metric).toSorted()).toEqual(['CpuPercentage', 'MemoryPercentage']);
  for (const { metric_trigger } of rules) expect(ofLinuxPlans).toContain(metric_trigger.metric_name);
});

test.each([1, 2, 3, 10, 29])(
  'with a floor of %i instances, scales in at the highest memory use at which it does not flap',
  (floor) => {
    const memory = at<Rule[]>(built(floor, { maximumInstances: 30 }), 'profile.0.rule').filter(
      ({ metric_trigger }) => metric_trigger.metric_name === 'MemoryPercentage',
    );
    const threshold = (direction: string) =>
      memory.find(({ scale_action }) => scale_action.direction === direction)?.metric_trigger.threshold ?? Number.NaN;
    const [above, below] = [threshold('Increase'), threshold('Decrease')];
    // The same load on one instance fewer must not start another one, even by a small margin.
    const after = (below * (floor + 1)) / floor;
    expect(after).toBeLessThan(above - 4);
    expect(after).toBeGreaterThan(above - 14);
  },
);

test('every metric that scales out scales in, exactly once, and none scales in alone', () => {
  for (const [metric, , back] of pairs) expect([metric, back.length]).toEqual([metric, 1]);
  expect(towards('Decrease')).toHaveLength(pairs.length);
});

test.each(pairs)('%s: an instance less does not call for an instance more', (_, out, [back]) => {
  expect(out.metric_trigger.operator).toBe('GreaterThan');
  expect(back?.metric_trigger.operator).toBe('LessThan');
  const [above, below] = [out.metric_trigger.threshold, back?.metric_trigger.threshold ?? Number.NaN];
  // The load of n + 1 instances on n, worst at the floor, which is 3 here.
  expect((below * 4) / 3).toBeLessThan(above);
});

test.each(pairs)('%s: out sooner than in', (_, out, [back]) => {
  expect(minutes(out.metric_trigger.time_window)).toBeLessThan(minutes(back?.metric_trigger.time_window ?? ''));
  expect(minutes(out.scale_action.cooldown)).toBeLessThan(minutes(back?.scale_action.cooldown ?? ''));
  expect([out.scale_action.value, back?.scale_action.value]).toEqual([1, 1]);
});

test('measures the plan that it scales, and notifies the alert address', () => {
  const setting = built(3, { alertEmail: 'oncall@contoso.com' });
  expect(setting.target_resource_id).toBe('${azurerm_service_plan.plan.id}');
  for (const { metric_trigger } of rules) expect(metric_trigger.metric_resource_id).toBe(setting.target_resource_id);
  expect(at(setting, 'notification.email.custom_emails')).toEqual(['oncall@contoso.com']);
  expect(setting.enabled).toBe(true);
});

test.each(['single-zone', 'zone-redundant', 'multi-region-active-passive'])(
  '%s: each plan, a standby too, has one setting whose floor is the number it starts with',
  (word) => {
    const terraform = variant(word);
    const plans = terraform.all('azurerm_service_plan');
    const settings = terraform.blocks('azurerm_monitor_autoscale_setting');
    const floors = new Map(
      settings.map((setting): [unknown, Block] => [setting.target_resource_id, at(setting, 'profile.0.capacity')]),
    );
    expect(settings).toHaveLength(plans.size);
    for (const [address, { worker_count }] of plans)
      expect(floors.get(`\${${address}.id}`)).toMatchObject({ minimum: worker_count, default: worker_count });
  },
);
