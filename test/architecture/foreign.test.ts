import { readArchitecture } from '../../architecture/read';
import { InputError } from '../../inputError';

/** Terraform that Steadystate did not write: a converter's lists of blocks, other names, arguments left out. */
const foreign = (change: { app?: object; plan?: object; more?: object; rest?: object } = {}) => ({
  resource: [
    { azurerm_resource_group: { web: { name: 'rg', location: 'westeurope' } } },
    {
      azurerm_service_plan: {
        big: [
          {
            name: 'p',
            location: '${azurerm_resource_group.web.location}',
            sku_name: 'P1v3',
            worker_count: '4',
            os_type: 'Linux',
            ...change.plan,
          },
        ],
      },
      azurerm_linux_web_app: {
        front: [
          {
            name: 'a',
            location: '${azurerm_resource_group.web.location}',
            service_plan_id: '${azurerm_service_plan.big.id}',
            site_config: [{ health_check_path: '/up' }],
            app_settings: { SESSION_STORE: '${local.store}' },
            ...change.app,
          },
        ],
      },
      ...change.more,
    },
  ],
  locals: [{ store: 'memory' }],
  ...change.rest,
});

const read = (change: Parameters<typeof foreign>[0] = {}) => readArchitecture(foreign(change), 'theirs');

test('reads blocks in lists, numbers in text, locals and arguments of other resources', () => {
  expect(read()).toMatchObject({
    entry: 'app-service',
    sessions: 'in-process',
    regions: [{ location: 'westeurope', app: { healthCheckPath: '/up', plan: { instances: 4, skuName: 'P1v3' } } }],
  });
});

test("takes azurerm's defaults for arguments left out: affinity and zone balancing off, eviction the platform's", () => {
  expect(read().regions[0]?.app).toMatchObject({
    affinity: 'off',
    healthCheckEvictionMinutes: null,
    plan: { zoneBalanced: false },
  });
});

test('takes one instance, the default of the platform, where the plan says nothing', () =>
  expect(read({ plan: { worker_count: undefined } }).regions[0]?.app.plan).toMatchObject({
    instances: 1,
    statesInstances: false,
  }));

describe('answers unknown, with the resource and the attribute, for', () => {
  test.each([
    ['a variable', { plan: { worker_count: '${var.n}' } }, 'azurerm_service_plan.big.worker_count is ${var.n}'],
    ['a plan made several times', { plan: { count: 2 } }, 'azurerm_service_plan.big.count makes any number of it'],
    [
      'a plan by id',
      { app: { service_plan_id: '/subscriptions/x' } },
      'azurerm_linux_web_app.front.service_plan_id names no service plan of this document',
    ],
    [
      'a plan named as a data source',
      { app: { service_plan_id: '${data.azurerm_service_plan.big.id}' } },
      'azurerm_linux_web_app.front.service_plan_id is ${data.azurerm_service_plan.big.id}',
    ],
    [
      'a number that is none',
      { plan: { worker_count: 'many' } },
      'azurerm_service_plan.big.worker_count is a string, not a number',
    ],
  ])('%s', (_, change, why) => expect(read(change).regions[0]?.app.plan.instances).toEqual({ unknown: why }));

  test.each([
    [
      'app settings that are one expression',
      { app_settings: '${merge(local.a, local.b)}' },
      'azurerm_linux_web_app.front.app_settings depends on local.a, local.b',
    ],
    [
      'an app that does not say where sessions live',
      { app_settings: {} },
      'azurerm_linux_web_app.front.app_settings has no SESSION_STORE, so where sessions live is unknown',
    ],
    [
      'a Redis that no setting names',
      { app_settings: { SESSION_STORE: 'redis' } },
      'azurerm_linux_web_app.front.app_settings.REDIS_URL names no azurerm_managed_redis of this document',
    ],
  ])('%s', (_, app, why) => expect(read({ app }).sessions).toEqual({ unknown: why }));

  test('layers that a module may declare', () => {
    const modular = read({ rest: { module: { edge: { source: './edge' } } } });
    expect(modular.entry).toEqual({ unknown: 'module.edge may declare a layer in front' });
    expect(modular.affinity).toEqual({
      appService: 'off',
      applicationGateway: { unknown: 'module.edge may declare a layer in front' },
      frontDoor: { unknown: 'module.edge may declare this layer' },
    });
  });

  test('an entry that names its origin by text instead of by reference', () => {
    const more = {
      azurerm_cdn_frontdoor_origin: {
        o: {
          host_name: 'other.azurewebsites.net',
          cdn_frontdoor_origin_group_id: '${azurerm_cdn_frontdoor_origin_group.g.id}',
        },
      },
    };
    expect(read({ more }).entry).toEqual({
      unknown: 'azurerm_cdn_frontdoor_origin.o.host_name names no web app of this document',
    });
  });
});

test('knows azurerm turns Front Door affinity on, and its latency window to 50 ms, when nothing is said', () => {
  const more = {
    azurerm_cdn_frontdoor_origin_group: { g: { load_balancing: {} } },
    azurerm_cdn_frontdoor_origin: {
      o: {
        host_name: '${azurerm_linux_web_app.front.default_hostname}',
        origin_host_header: '${azurerm_linux_web_app.front.default_hostname}',
        cdn_frontdoor_origin_group_id: '${azurerm_cdn_frontdoor_origin_group.g.id}',
      },
    },
  };
  expect(read({ more })).toMatchObject({
    entry: 'front-door',
    affinity: { frontDoor: 'on' },
    latencyWindowMs: 50,
    hostPreserved: false,
  });
});

test('a second region that no origin leads to is unrouted, and one of lower priority a standby', () => {
  const app = (name: string) => ({ name, location: 'eastus', service_plan_id: '${azurerm_service_plan.big.id}' });
  const origin = (name: string, priority: number) => ({
    host_name: `\${azurerm_linux_web_app.${name}.default_hostname}`,
    priority,
    cdn_frontdoor_origin_group_id: '${azurerm_cdn_frontdoor_origin_group.g.id}',
  });
  const document = {
    resource: {
      azurerm_service_plan: { big: { worker_count: 1, sku_name: 'P1v3' } },
      azurerm_linux_web_app: { one: app('one'), two: app('two'), three: app('three') },
      azurerm_cdn_frontdoor_origin_group: { g: {} },
      azurerm_cdn_frontdoor_origin: { a: origin('one', 1), b: origin('two', 2) },
    },
  };
  const { regions } = readArchitecture(document, 'theirs');
  expect(regions.map(({ name, role }) => [name, role])).toEqual([
    ['azurerm_linux_web_app.one', 'active'],
    ['azurerm_linux_web_app.two', 'standby'],
    ['azurerm_linux_web_app.three', 'unrouted'],
  ]);
});

describe('refuses', () => {
  const nested = Array.from({ length: 20_000 }).reduce((inner) => [inner], 'x');
  test.each([
    [
      'text that is not JSON',
      '{"resource": ',
      /^theirs is not JSON: .+\. Synthesize it again, or check that it was copied whole\.$/,
    ],
    ['JSON that is not an object', '[1]', /^theirs must be a Terraform configuration, a JSON object, got: a list\.$/],
    [
      'a resource that is no block',
      { resource: { azurerm_linux_web_app: { a: 'x' } } },
      /^theirs: azurerm_linux_web_app\.a must be a block, got: a string\.$/,
    ],
    [
      'Terraform of another cloud',
      { resource: { aws_instance: { a: {} } } },
      /^theirs declares no App Service web app \(azurerm_linux_web_app, azurerm_windows_web_app, azurerm_app_service\)\. There is nothing to assess\.$/,
    ],
    ['lists in one another', foreign({ app: { tags: nested } }), /^theirs is nested too deeply to be Terraform\.$/],
    [
      'lists in one another of an app for each of others',
      foreign({ app: { for_each: '${azurerm_resource_group.web}', tags: nested } }),
      /^theirs is nested too deeply to be Terraform\.$/,
    ],
    [
      'expressions in one another',
      foreign({ app: { location: '${"'.repeat(20_000) } }),
      /^theirs is nested too deeply to be Terraform\.$/,
    ],
    [
      'a root module without resources',
      { module: { web: {} } },
      /; what else declares resources \(module\.web\) is not in it\. There is nothing to assess\.$/,
    ],
  ])('%s', (_, document, message) => {
    expect(() => readArchitecture(document, 'theirs')).toThrow(InputError);
    expect(() => readArchitecture(document, 'theirs')).toThrow(message);
  });
});

test('reads autoscale, slots and the settings that only app settings carry', () => {
  const more = {
    azurerm_monitor_autoscale_setting: {
      s: {
        target_resource_id: '${azurerm_service_plan.big.id}',
        profile: [{ capacity: { minimum: 3, default: '${var.d}', maximum: 9 } }],
      },
    },
    azurerm_linux_web_app_slot: { staging: { app_service_id: '${azurerm_linux_web_app.front.id}' } },
  };
  const app = {
    app_settings: {
      WEBSITE_HEALTHCHECK_MAXUNHEALTHYWORKERPERCENT: '60',
      WEBSITES_CONTAINER_STOP_TIME_LIMIT: '${var.stop}',
    },
  };
  expect(read({ app, more }).regions[0]?.app).toMatchObject({
    hasSlot: true,
    healthCheckMaxUnhealthyPercent: 60,
    stopTimeLimitSeconds: { unknown: 'azurerm_linux_web_app.front.WEBSITES_CONTAINER_STOP_TIME_LIMIT is ${var.stop}' },
    plan: {
      autoscale: {
        minimum: 3,
        default: { unknown: 'azurerm_monitor_autoscale_setting.s.profile.capacity.default is ${var.d}' },
        maximum: 9,
      },
    },
  });
});
