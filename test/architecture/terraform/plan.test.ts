import { readArchitecture } from '../../../architecture/read';
import { difference } from '../../../review/diff';
import { affinityDefault } from '../../../review/rules/affinityDefault';
import { alerts } from '../../../review/rules/alerts';
import { workerCountFights } from '../../../review/rules/workerCountFights';
import { type PlannedModule, planJson, refers } from '../../support/architecture/planJson';
import { twoRegions } from '../../support/architecture/twoRegions';
import { written } from '../../support/review/terraform';

const read = (root: PlannedModule) => readArchitecture(planJson(root), 'theirs');

test('distinguishes what the author states from what the provider fills in', () => {
  expect(affinityDefault.check(read(twoRegions())).map(written)).toEqual([
    'compliant azurerm_windows_web_app.app["weu"]',
    'compliant azurerm_windows_web_app.app["neu"]',
    'finding azurerm_cdn_frontdoor_origin_group.group: `session_affinity_enabled` is left out: azurerm then turns Front Door affinity on. A reader cannot see whether that is intended.',
  ]);
});

test('a plan does not show lifecycle, so whether autoscale is fought is unknown', () => {
  const root = twoRegions();
  const withScale = read({
    ...root,
    resources: [
      ...(root.resources ?? []),
      {
        type: 'azurerm_monitor_autoscale_setting',
        name: 's',
        values: { profile: [{ capacity: [{ minimum: 2, default: 2, maximum: 5 }] }] },
        unknown: { target_resource_id: true },
        expressions: { target_resource_id: refers('module.plan["weu"].id', 'module.plan["weu"]', 'module.plan') },
      },
    ],
  });
  expect(workerCountFights.check(withScale).map(written)).toEqual([
    'cannot tell module.plan["weu"].azurerm_service_plan.plan: module.plan["weu"].azurerm_service_plan.plan.lifecycle is not shown by a plan',
    'not applicable: module.plan["neu"].azurerm_service_plan.plan has no autoscale setting',
  ]);
});

test('the second of two plans says what is replaced, and by which argument', () => {
  const cache = (sku: string, more: object = {}): PlannedModule => ({
    resources: [
      ...(twoRegions().resources ?? []),
      { type: 'azurerm_managed_redis', name: 'cache', values: { sku_name: sku, zones: [sku] }, ...more },
    ],
    modules: twoRegions().modules ?? {},
  });
  const after = cache('Balanced_B5', { actions: ['delete', 'create'], replacePaths: [['sku_name'], ['zones', 0]] });
  expect(difference(read(cache('Balanced_B3')), read(after)).changed).toEqual([
    {
      address: 'azurerm_managed_redis.cache',
      attributes: [
        { attribute: 'sku_name', before: '"Balanced_B3"', after: '"Balanced_B5"' },
        { attribute: 'zones', before: '["Balanced_B3"]', after: '["Balanced_B5"]' },
      ],
      replacement: { verdict: 'replaced', because: 'the plan says so, for sku_name, zones.0' },
    },
  ]);
});

test('of a plan that leaves out a part, what is not in it may still be there', () => {
  const partial = readArchitecture(
    { ...planJson({ resources: [{ type: 'azurerm_linux_web_app', name: 'app' }] }), complete: false },
    'p',
  );
  const other = 'the part that this plan leaves out';
  expect(partial.entry).toEqual({ unknown: `${other} may declare a layer in front` });
  expect(alerts.check(partial).map(written)).toEqual([
    `cannot tell azurerm_linux_web_app.app: ${other} may declare its alerts`,
  ]);
});

test('what an author leaves to the platform has the default, as in a configuration', () => {
  const expressions = { location: { constant_value: 'westeurope' } };
  const root = (more: object): PlannedModule => ({
    resources: [
      {
        type: 'azurerm_linux_web_app',
        name: 'app',
        values: { location: 'westeurope' },
        unknown: { https_only: true },
        expressions: { ...expressions, ...more },
      },
    ],
  });
  const read = (more: object) => readArchitecture(planJson(root(more)), 'p').regions[0]?.app.httpsOnly;
  expect(read({})).toBe(false);
  expect(read({ https_only: refers('local.secure') })).toEqual({
    unknown: 'azurerm_linux_web_app.app.https_only is known only after apply',
  });
});

test('an object that was deposed does not affect what replaces it', () => {
  const root: PlannedModule = {
    resources: [
      {
        type: 'azurerm_linux_web_app',
        name: 'app',
        unknown: { location: true },
        expressions: { location: refers('local.location') },
      },
    ],
  };
  const json = planJson(root);
  const gone = { address: 'azurerm_linux_web_app.app', deposed: '1a2b', change: { actions: ['delete'] } };
  const read = readArchitecture({ ...json, resource_changes: [...json.resource_changes, gone] }, 'theirs');
  expect(read.regions[0]?.location).toEqual({
    unknown: 'azurerm_linux_web_app.app.location is known only after apply',
  });
  expect(read.planned?.get('azurerm_linux_web_app.app')?.actions).toEqual(['create']);
});

test('a block that holds something other than a block is unknown, not refused', () => {
  const restrictions = read({
    resources: [
      {
        type: 'azurerm_linux_web_app',
        name: 'app',
        values: { site_config: [{ ip_restriction: [] }] },
        unknown: { site_config: [{ ip_restriction: [true] }] },
      },
    ],
  }).regions[0]?.app.restrictions;
  expect(restrictions).toEqual({
    unknown: 'azurerm_linux_web_app.app.site_config.ip_restriction is known only after apply',
  });
});

test('before the provider had an argument for the rest, any restriction closed it', () => {
  const open = (site: object) =>
    read({ resources: [{ type: 'azurerm_linux_web_app', name: 'app', values: { site_config: [site] } }] }).regions[0]
      ?.app.openByDefault;
  const ip_restriction = [{ ip_address: '203.0.113.0/24' }];
  expect(open({ ip_restriction })).toBe(false);
  expect(open({ ip_restriction, ip_restriction_default_action: 'Allow' })).toBe(true);
  expect(open({ ip_restriction: [] })).toBe(true);
});
