import { readArchitecture } from '../../architecture/read';
import { InputError } from '../../inputError';
import { difference } from '../../review/diff';
import { renderMarkdown } from '../../review/report/markdown';
import { review } from '../../review/review';
import { affinityDefault } from '../../review/rules/affinityDefault';
import { alerts } from '../../review/rules/alerts';
import { cookieSharedSecret } from '../../review/rules/cookieSharedSecret';
import { probeCannotSucceed } from '../../review/rules/probeCannotSucceed';
import { workerCountFights } from '../../review/rules/workerCountFights';
import { written } from '../support/review/terraform';
import { type PlannedModule, planJson, refers } from './plan';

const read = (root: PlannedModule) => readArchitecture(planJson(root), 'theirs');

const regions = ['weu', 'neu'];
/** Two regions made by `for_each`, their plans in a module, behind one Front Door: as people write HCL. */
const twoRegions = (change: { app?: object; secret?: object } = {}): PlannedModule => ({
  resources: [
    ...regions.map((index) => ({
      type: 'azurerm_windows_web_app',
      name: 'app',
      index,
      values: {
        name: `a-${index}`,
        location: index === 'weu' ? 'West Europe' : 'North Europe',
        client_affinity_enabled: true,
        app_settings: { SESSION_STORE: 'memory', KEY: 'hunter2' },
        ...change.app,
      },
      unknown: { id: true, service_plan_id: true, default_hostname: true },
      sensitive: { app_settings: { KEY: true }, ...change.secret },
      // With a key that is no literal, Terraform lists neither the output nor the instance.
      expressions: {
        service_plan_id: refers('module.plan', 'each.key'),
        client_affinity_enabled: { constant_value: true },
      },
      forEach: ['local.regions'],
    })),
    {
      type: 'azurerm_cdn_frontdoor_origin_group',
      name: 'group',
      values: { session_affinity_enabled: true, load_balancing: [{ additional_latency_in_milliseconds: 50 }] },
      unknown: { id: true },
    },
    ...regions.map((index) => ({
      type: 'azurerm_cdn_frontdoor_origin',
      name: 'origin',
      index,
      values: { priority: index === 'weu' ? 1 : 2 },
      unknown: { host_name: true, cdn_frontdoor_origin_group_id: true },
      expressions: {
        host_name: refers('each.value.default_hostname', 'each.value'),
        cdn_frontdoor_origin_group_id: refers(
          'azurerm_cdn_frontdoor_origin_group.group.id',
          'azurerm_cdn_frontdoor_origin_group.group',
        ),
      },
      forEach: ['azurerm_windows_web_app.app'],
    })),
  ],
  modules: {
    plan: {
      keys: regions,
      outputs: {
        id: { expression: refers('azurerm_service_plan.plan.id', 'azurerm_service_plan.plan') },
        name: { expression: refers('azurerm_service_plan.plan.name', 'azurerm_service_plan.plan') },
      },
      module: {
        resources: [
          {
            type: 'azurerm_service_plan',
            name: 'plan',
            values: { os_type: 'Windows', sku_name: 'P1v3', worker_count: 2 },
            unknown: { id: true },
            expressions: { worker_count: { constant_value: 2 } },
          },
        ],
      },
    },
  },
});

test('follows for_each, module outputs and references that are known only after apply', () => {
  const architecture = read(twoRegions());
  expect(architecture).toMatchObject({
    entry: 'front-door',
    sessions: 'in-process',
    affinity: { appService: 'on', frontDoor: 'on' },
    latencyWindowMs: 50,
  });
  expect(
    architecture.regions.map(({ name, role, app }) => [name, role, app.address, app.plan.address, app.plan.instances]),
  ).toEqual([
    ['westeurope', 'active', 'azurerm_windows_web_app.app["weu"]', 'module.plan["weu"].azurerm_service_plan.plan', 2],
    ['northeurope', 'standby', 'azurerm_windows_web_app.app["neu"]', 'module.plan["neu"].azurerm_service_plan.plan', 2],
  ]);
});

test('tells what the author states from what the provider fills in', () => {
  expect(affinityDefault.check(read(twoRegions())).map(written)).toEqual([
    'compliant azurerm_windows_web_app.app["weu"]',
    'compliant azurerm_windows_web_app.app["neu"]',
    'finding azurerm_cdn_frontdoor_origin_group.group: `session_affinity_enabled` is left out: azurerm then turns Front Door affinity on. A reader cannot see whether that is intended.',
  ]);
});

test('never prints a sensitive value, in whatever report', () => {
  const [before, after] = [
    read(twoRegions()),
    read(twoRegions({ app: { app_settings: { SESSION_STORE: 'memory', KEY: 'hunter3' } } })),
  ];
  const result = review([before]);
  const everything = JSON.stringify([before, result, difference(before, after)]) + renderMarkdown(result);
  expect(everything).toContain('(sensitive value)');
  expect(everything).not.toMatch(/hunter/);
});

test('a setting that a plan marks sensitive is a credential', () =>
  expect(read(twoRegions()).regions[0]?.app.secretSettings).toEqual(['app_settings.KEY']));

test('a fact whose value is sensitive is unknown', () => {
  expect(read(twoRegions({ secret: { app_settings: true } })).sessions).toEqual({
    unknown: 'azurerm_windows_web_app.app["weu"].app_settings is sensitive',
  });
  expect(read(twoRegions({ secret: { client_affinity_enabled: true } })).affinity.appService).toEqual({
    unknown: 'azurerm_windows_web_app.app["weu"].client_affinity_enabled is sensitive',
  });
});

test('finds resources that exist by their ids, whatever the case, and hosts inside addresses', () => {
  const id = '/subscriptions/1/resourceGroups/rg/providers/Microsoft.Web/serverFarms/plan';
  const { regions: found } = read({
    resources: [
      {
        type: 'azurerm_service_plan',
        name: 'plan',
        values: { id, sku_name: 'P1v3', worker_count: 4 },
        actions: ['no-op'],
      },
      {
        type: 'azurerm_managed_redis',
        name: 'cache',
        values: { hostname: 'cache.westeurope.redis.azure.net', sku_name: 'Balanced_B3' },
        actions: ['no-op'],
      },
      {
        type: 'azurerm_linux_web_app',
        name: 'app',
        values: {
          location: 'westeurope',
          service_plan_id: id.replace('serverFarms', 'serverfarms'),
          app_settings: { SESSION_STORE: 'redis', REDIS_URL: 'rediss://cache.westeurope.redis.azure.net:10000' },
        },
        actions: ['no-op'],
      },
    ],
  });
  expect(found[0]?.app.plan.instances).toBe(4);
  expect(found[0]?.redis?.address).toBe('azurerm_managed_redis.cache');
});

test('a plan does not show lifecycle, so whether autoscale is fought cannot be told', () => {
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

test('an object that was deposed says nothing of what takes its place', () => {
  const root: PlannedModule = {
    resources: [{ type: 'azurerm_linux_web_app', name: 'app', unknown: { location: true } }],
  };
  const json = planJson(root);
  const gone = { address: 'azurerm_linux_web_app.app', deposed: '1a2b', change: { actions: ['delete'] } };
  const read = readArchitecture({ ...json, resource_changes: [...json.resource_changes, gone] }, 'theirs');
  expect(read.regions[0]?.location).toEqual({
    unknown: 'azurerm_linux_web_app.app.location is known only after apply',
  });
  expect(read.planned?.get('azurerm_linux_web_app.app')?.actions).toEqual(['create']);
});

test('a connection string, which the provider always marks, is a credential where it refers to one', () => {
  const string = (references: string[]) =>
    read({
      resources: [
        {
          type: 'azurerm_linux_web_app',
          name: 'app',
          values: { connection_string: [{ name: 'db', type: 'SQLAzure', value: 'hidden by the plan' }] },
          sensitive: { connection_string: [{ value: true }] },
          expressions: { connection_string: [{ value: refers(...references) }] },
        },
        { type: 'azurerm_storage_account', name: 's' },
      ],
    }).regions[0]?.app.secretSettings;
  expect(string(['azurerm_storage_account.s.primary_connection_string', 'azurerm_storage_account.s'])).toEqual([
    'connection_string.db',
  ]);
  expect(string(['var.server'])).toEqual({ unknown: 'azurerm_linux_web_app.app.connection_string.value is sensitive' });
});

test('secrets that a plan keeps to itself may be one, or two', () => {
  const sealed = (name: string) => ({
    type: 'azurerm_linux_web_app',
    name,
    values: { location: name, app_settings: { SESSION_STORE: 'cookie', SESSION_SECRET: `hunter-${name}` } },
    sensitive: { app_settings: { SESSION_SECRET: true } },
    expressions: { app_settings: refers(`var.${name}`) },
  });
  expect(cookieSharedSecret.check(read({ resources: [sealed('a'), sealed('b')] })).map(written)).toEqual([
    'cannot tell azurerm_linux_web_app.a: azurerm_linux_web_app.a.app_settings.SESSION_SECRET is sensitive',
    'cannot tell azurerm_linux_web_app.b: azurerm_linux_web_app.b.app_settings.SESSION_SECRET is sensitive',
  ]);
});

test('two hosts that are known only after apply need not be the same', () => {
  const app = { type: 'azurerm_linux_web_app', name: 'app', unknown: { default_hostname: true } };
  const origin = {
    type: 'azurerm_cdn_frontdoor_origin',
    name: 'origin',
    unknown: { host_name: true, origin_host_header: true },
    expressions: {
      host_name: refers('azurerm_linux_web_app.app.default_hostname', 'azurerm_linux_web_app.app'),
      origin_host_header: refers('local.sent'),
    },
  };
  const domain = {
    type: 'azurerm_cdn_frontdoor_custom_domain',
    name: 'domain',
    unknown: { host_name: true },
    expressions: { host_name: refers('local.typed') },
  };
  expect(read({ resources: [app, origin, domain] })).toMatchObject({
    entry: 'front-door',
    hostPreserved: { unknown: 'azurerm_cdn_frontdoor_origin.origin.origin_host_header is known only after apply' },
  });
});

describe('hosts that exist already', () => {
  const gatewayTo = (host: string) => ({
    type: 'azurerm_application_gateway',
    name: 'gate',
    values: {
      backend_address_pool: [{ name: 'app', fqdns: [host] }],
      backend_http_settings: [{ name: 'app', cookie_based_affinity: 'Disabled', probe_name: 'health' }],
      probe: [{ name: 'health', protocol: 'Https', host: 'www.contoso.com', match: [{ status_code: ['200'] }] }],
      http_listener: [{ name: 'https', protocol: 'Https' }],
    },
  });

  test.each([
    ['azurerm_app_service', 'default_site_hostname'],
    ['azurerm_linux_web_app', 'default_hostname'],
  ])('a gateway leads to an %s by its %s', (type, attribute) => {
    const host = 'shop-app.azurewebsites.net';
    const app = { type, name: 'app', values: { name: 'shop-app', [attribute]: host } };
    expect(read({ resources: [app, gatewayTo(host)] }).entry).toBe('application-gateway');
  });

  test('a host that a binding declares is still a host', () => {
    const app = { type: 'azurerm_linux_web_app', name: 'app', values: { name: 'shop-app', https_only: true } };
    const binding = {
      type: 'azurerm_app_service_custom_hostname_binding',
      name: 'www',
      values: { hostname: 'www.contoso.com', app_service_name: 'shop-app' },
    };
    const bound = read({ resources: [app, binding, gatewayTo('shop-app.azurewebsites.net')] });
    expect(probeCannotSucceed.check(bound).map(written)).toEqual([
      'compliant azurerm_application_gateway.gate',
      'compliant azurerm_application_gateway.gate.probe',
    ]);
  });
});

test('a block that holds something that is no block is unknown, not refused', () => {
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

test('what two resources answer to names neither', () => {
  const app = (name: string) => ({
    type: 'azurerm_linux_web_app',
    name,
    values: { location: name, service_plan_id: '/subscriptions/1/serverFarms/plan' },
  });
  const plan = (name: string) => ({
    type: 'azurerm_service_plan',
    name,
    values: { id: '/subscriptions/1/serverFarms/plan', worker_count: 1 },
  });
  expect(read({ resources: [app('a'), plan('p'), plan('q')] }).regions[0]?.app.plan.instances).toEqual({
    unknown: 'azurerm_linux_web_app.a.service_plan_id names no service plan of this document',
  });
});

describe('which of several is meant by a key', () => {
  const meant = (forEach: readonly string[] | { constant_value?: unknown }, ...references: string[]) =>
    read({
      resources: [
        {
          type: 'azurerm_linux_web_app',
          name: 'app',
          index: 'a',
          unknown: { service_plan_id: true },
          expressions: { service_plan_id: refers('azurerm_service_plan.plan', ...references) },
          forEach,
        },
        ...['a', 'b'].map((index) => ({ type: 'azurerm_service_plan', name: 'plan', index })),
      ],
    }).regions[0]?.app.plan.address;
  const open = '';

  test.each([
    ['each.key is the key', ['var.apps'], ['each.key'], 'azurerm_service_plan.plan["a"]'],
    ['each.value of a set is the key', {}, ['each.value'], 'azurerm_service_plan.plan["a"]'],
    [
      'each.value of a map that is written out is what it says',
      { constant_value: { a: 'b' } },
      ['each.value'],
      'azurerm_service_plan.plan["b"]',
    ],
    [
      'a part of each.value, too',
      { constant_value: { a: { plan: 'b' } } },
      ['each.value.plan', 'each.value'],
      'azurerm_service_plan.plan["b"]',
    ],
    [
      'a part of each.value that is not written out is not known',
      ['var.apps'],
      ['each.value.plan', 'each.value'],
      open,
    ],
    ['no key at all is any of them', {}, [], open],
  ] as const)('%s', (_, forEach, references, address) => expect(meant(forEach, ...references)).toBe(address));
});

describe('refuses', () => {
  test.each([
    [
      'a plan that ended in an error',
      { ...planJson({ resources: [{ type: 'azurerm_linux_web_app', name: 'app' }] }), errored: true },
      /is a plan that ended in an error, so it holds only a part\./,
    ],
    [
      'a plan that destroys all',
      { format_version: '1.2', planned_values: {} },
      /is a plan after which no resource exists: it is empty, or destroys all\. There is nothing to assess\.$/,
    ],
    [
      'a plan of another cloud',
      planJson({ resources: [{ type: 'aws_instance', name: 'a' }] }),
      /declares no App Service web app/,
    ],
    [
      'a state',
      { format_version: '1.0', terraform_version: '1.14.0', values: {} },
      /is a state or another output of terraform show\. Give a plan/,
    ],
  ])('%s', (_, json, message) => {
    expect(() => readArchitecture(json, 'theirs')).toThrow(InputError);
    expect(() => readArchitecture(json, 'theirs')).toThrow(message);
  });
});

test('reads a plan of 50 MB without trouble', () => {
  const root = twoRegions();
  const filler = Array.from({ length: 20_000 }, (_, index) => ({
    type: 'azurerm_dns_a_record',
    name: `r${index}`,
    values: { name: 'x'.repeat(2500), records: ['10.0.0.1'] },
  }));
  const text = JSON.stringify(planJson({ ...root, resources: [...(root.resources ?? []), ...filler] }));
  expect(text.length).toBeGreaterThan(50_000_000);
  const result = review([readArchitecture(text, 'big')]);
  expect(result.variants[0]?.resources).toBe(20_007);
}, 20_000);

test('instances of one resource are read as fast as so many resources', () => {
  const cpu = (called: (index: number) => { name: string; index?: number }) => {
    const many = Array.from({ length: 20_000 }, (_, index) => ({
      type: 'azurerm_role_assignment',
      values: { principal_id: `p${index}` },
      ...called(index),
    }));
    const plan = planJson({ resources: [{ type: 'azurerm_linux_web_app', name: 'app' }, ...many] });
    const from = process.cpuUsage();
    expect(readArchitecture(plan, 'theirs').resources).toHaveLength(20_001);
    return process.cpuUsage(from).user;
  };
  // About once; what looks through the instances for each of them takes twenty times as long.
  expect(cpu((index) => ({ name: 'r', index })) / cpu((index) => ({ name: `r${index}` }))).toBeLessThan(5);
});
