import { readArchitecture } from '../../../architecture/read';
import { probeCannotSucceed } from '../../../review/rules/probeCannotSucceed';
import { type PlannedModule, planJson, refers } from '../../support/architecture/planJson';
import { twoRegions } from '../../support/architecture/twoRegions';
import { written } from '../../support/review/terraform';

const read = (root: PlannedModule) => readArchitecture(planJson(root), 'theirs');

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
