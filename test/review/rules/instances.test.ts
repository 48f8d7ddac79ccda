import { autoscaleFloor } from '../../../review/rules/autoscaleFloor';
import { autoscalePaired } from '../../../review/rules/autoscalePaired';
import { instancePerZone } from '../../../review/rules/instancePerZone';
import { mixedRedundancy } from '../../../review/rules/mixedRedundancy';
import { perSiteScaling } from '../../../review/rules/perSiteScaling';
import { singleInstance } from '../../../review/rules/singleInstance';
import { tierLacksFeature } from '../../../review/rules/tierLacksFeature';
import { workerCountFights } from '../../../review/rules/workerCountFights';
import { zoneRedundantFloor } from '../../../review/rules/zoneRedundantFloor';
import { answersOf, autoscale, deployment, gateway, redis, ruleCases, written } from '../../support/review/terraform';

const plan = 'azurerm_service_plan.plan';
const scale = 'azurerm_monitor_autoscale_setting.scale';
const oneZone = { zone_balancing_enabled: false };
const openZones = { plan: { zone_balancing_enabled: '${var.zones}' } };
const zonesAreOpen = `${plan}.zone_balancing_enabled is \${var.zones}`;
const openFloor = { more: autoscale({ minimum: '${var.least}' }) };
const floorIsOpen = `${scale}.profile.capacity.minimum is \${var.least}`;

ruleCases(zoneRedundantFloor, [
  ['two instances are enough', { plan: { worker_count: 2 } }, `compliant ${plan}`],
  [
    'one is not',
    { plan: { worker_count: 1 } },
    `finding ${plan}: The plan is zone redundant with 1 instance, below the service's minimum of 2.`,
  ],
  [
    'autoscale decides, whatever is declared',
    { plan: { worker_count: 1 }, more: autoscale() },
    `not applicable: ${scale} decides, which autoscale-floor judges`,
  ],
  [
    'a plan in one zone has no such floor',
    { plan: { ...oneZone, worker_count: 1 } },
    `not applicable: ${plan} is not zone redundant`,
  ],
  ['zone balancing that is a variable', openZones, `cannot tell ${plan}: ${zonesAreOpen}`],
  [
    'instances that are a variable',
    { plan: { worker_count: '${var.n}' } },
    `cannot tell ${plan}: ${plan}.worker_count is \${var.n}`,
  ],
]);

ruleCases(instancePerZone, [
  ['three declared', {}, `compliant ${plan}`],
  [
    'two declared',
    { plan: { worker_count: 2 } },
    `finding ${plan}: The plan declares 2: the loss of a zone takes half of the capacity with it.`,
  ],
  [
    'three declared, and autoscale that goes down to one',
    { more: autoscale({ minimum: 1 }) },
    `finding ${scale}: The autoscale floor is 1: the loss of a zone takes all of the capacity with it.`,
  ],
  ['a plan in one zone', { plan: { ...oneZone, worker_count: 2 } }, `not applicable: ${plan} is not zone redundant`],
  ['a floor that is a variable', openFloor, `cannot tell ${plan}: ${floorIsOpen}`],
]);

test('a plan on which several apps run gets one answer, and an unknown plan one for each app', () => {
  const again = { again: { service_plan_id: '${azurerm_service_plan.plan.id}' } };
  const change = { plan: { worker_count: 1 }, more: { azurerm_linux_web_app: again } };
  for (const rule of [zoneRedundantFloor, instancePerZone, autoscaleFloor, autoscalePaired, workerCountFights])
    expect(rule.check(deployment(change))).toHaveLength(1);
  const open = { app: { service_plan_id: '${var.plan}' } };
  for (const rule of [zoneRedundantFloor, instancePerZone, autoscaleFloor, autoscalePaired, workerCountFights])
    expect(rule.check(deployment(open)).map(written)).toEqual([
      'cannot tell azurerm_linux_web_app.app: azurerm_linux_web_app.app.service_plan_id is ${var.plan}',
    ]);
});

ruleCases(autoscaleFloor, [
  ['a floor of two', { more: autoscale({ minimum: 2, default: 2 }) }, `compliant ${scale}`],
  [
    'a floor of one',
    { more: autoscale({ minimum: 1 }) },
    `finding ${scale}: Autoscale goes down to 1: one instance is not redundant.`,
  ],
  [
    'a default of one',
    { more: autoscale({ default: 1 }) },
    `finding ${scale}: Autoscale keeps 3 instances and has 1 as default: without metrics it does not raise the count.`,
  ],
  ['no room', { more: autoscale({ maximum: 3 }) }, `finding ${scale}: Autoscale has no room: minimum 3, maximum 3.`],
  ['no autoscale', {}, `not applicable: ${plan} has no autoscale setting`],
  ['a floor that is a variable', openFloor, `cannot tell ${scale}: ${floorIsOpen}`],
]);

ruleCases(autoscalePaired, [
  ['out and in on the same metric', { more: autoscale() }, `compliant ${scale}`],
  [
    'out alone',
    { more: autoscale({}, [['Increase', 'CpuPercentage']]) },
    `finding ${scale}: It scales out on CpuPercentage and never in on that metric: instances added in a peak stay.`,
  ],
  [
    'out and in on different metrics',
    {
      more: autoscale({}, [
        ['Increase', 'CpuPercentage'],
        ['Decrease', 'MemoryPercentage'],
      ]),
    },
    `finding ${scale}: It scales out on CpuPercentage and never in on that metric: instances added in a peak stay.`,
  ],
  [
    'no rule at all',
    { more: autoscale({}, []) },
    `finding ${scale}: It has no rule: the instance count does not follow the load.`,
  ],
  ['no autoscale', {}, `not applicable: ${plan} has no autoscale setting`],
  [
    'a direction that is a variable',
    { more: autoscale({}, [['${var.way}', 'CpuPercentage']]) },
    `cannot tell ${scale}: ${scale}.profile.rule.scale_action.direction is \${var.way}`,
  ],
]);

ruleCases(
  workerCountFights,
  [
    [
      'changes ignored',
      { plan: { lifecycle: { ignore_changes: ['worker_count'] } }, more: autoscale() },
      `compliant ${plan}`,
    ],
    ['no count stated', { plan: { worker_count: undefined }, more: autoscale() }, `compliant ${plan}`],
    [
      'a count beside autoscale',
      { more: autoscale() },
      `finding ${plan}: \`worker_count\` is set while ${scale} scales the plan: the next apply resets the count, whatever the load.`,
    ],
    ['no autoscale', {}, `not applicable: ${plan} has no autoscale setting`],
    // Only a plan's JSON leaves this open: test/architecture/plan.test.ts.
  ],
  ['compliant', 'finding', 'not applicable'],
);

const storage = (replication: string) => ({
  azurerm_storage_account: { files: { location: 'westeurope', account_replication_type: replication } },
});
ruleCases(mixedRedundancy, [
  [
    'a gateway over zones and a Redis with a replica',
    { more: { ...gateway(), ...redis() } },
    'compliant azurerm_application_gateway.gate',
    'compliant azurerm_managed_redis.cache',
  ],
  [
    'a gateway without a list of zones is spread over all',
    { more: gateway({ zones: undefined }) },
    'compliant azurerm_application_gateway.gate',
  ],
  [
    'a gateway in one zone, a Redis without a replica, storage in one zone',
    { more: { ...gateway({ zones: ['1'] }), ...redis({ high_availability_enabled: false }), ...storage('LRS') } },
    'finding azurerm_application_gateway.gate: A zone-redundant app depends on a gateway in one zone.',
    'finding azurerm_managed_redis.cache: A zone-redundant app depends on a Redis without a replica.',
    'finding azurerm_storage_account.files: A zone-redundant app depends on a storage account that is not zone redundant.',
  ],
  ['zone-redundant storage', { more: storage('GZRS') }, 'compliant azurerm_storage_account.files'],
  ['a plan in one zone', { plan: oneZone, more: storage('LRS') }, 'not applicable: no plan is zone redundant'],
  ['no dependency', {}, 'not applicable: the app depends on nothing that has zones'],
  ['zone balancing that is a variable', openZones, `cannot tell fixture: ${zonesAreOpen}`],
  [
    'replication that is a variable',
    { more: storage('${var.replication}') },
    'cannot tell azurerm_storage_account.files: azurerm_storage_account.files.account_replication_type is ${var.replication}',
  ],
]);

const alone = (change: object) => ({ plan: { zone_balancing_enabled: false, worker_count: 1, ...change } });
ruleCases(singleInstance, [
  ['three instances', {}, `compliant ${plan}`],
  [
    'one of a tier without zones',
    alone({ sku_name: 'S1' }),
    `finding ${plan}: The plan has one instance: while it restarts, is patched or moved, nobody is served.`,
  ],
  [
    'one in a region without zones',
    alone({ location: 'westus' }),
    `finding ${plan}: The plan has one instance: while it restarts, is patched or moved, nobody is served.`,
  ],
  [
    'one that zones would help',
    alone({}),
    `not applicable: ${plan} could be over zones, which zones-not-asked is about`,
  ],
  [
    'one over zones',
    { plan: { worker_count: 1 } },
    `not applicable: ${plan} is over zones, which zone-redundant-floor is about`,
  ],
  [
    'one that autoscale adds to',
    { ...alone({ sku_name: 'S1' }), more: autoscale() },
    `not applicable: ${plan} is scaled by ${scale}`,
  ],
  ['a variable', alone({ worker_count: '${var.n}' }), `cannot tell ${plan}: ${plan}.worker_count is \${var.n}`],
]);

const apart = (worker_count?: unknown) => ({
  plan: { per_site_scaling_enabled: true },
  site: worker_count === undefined ? {} : { worker_count },
});
ruleCases(perSiteScaling, [
  ['a plan that scales all apps', {}, `not applicable: ${plan} runs each of its apps on all of its instances`],
  ['an app on two', apart(2), 'compliant azurerm_linux_web_app.app'],
  [
    'an app on one',
    apart(1),
    `finding azurerm_linux_web_app.app: ${plan} scales each app by itself, and this one runs on one instance.`,
  ],
  [
    'an app that does not say',
    apart(),
    `finding azurerm_linux_web_app.app: ${plan} scales each app by itself, and the app does not say on how many instances it runs: it may be one.`,
  ],
  [
    'a variable',
    apart('${var.n}'),
    'cannot tell azurerm_linux_web_app.app: azurerm_linux_web_app.app.site_config.worker_count is ${var.n}',
  ],
]);

test('zones in a region without them are refused, and no instance for each of them is asked for', () => {
  const change = { plan: { location: 'westus', worker_count: 2 } };
  expect(answersOf(tierLacksFeature, change)).toEqual([
    `finding ${plan}: The plan asks for zones in westus, which has none: the apply fails.`,
  ]);
  expect(answersOf(instancePerZone, change)).toEqual(['not applicable: westus has no zones']);
});
