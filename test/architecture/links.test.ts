import { layersInFront } from '../../architecture/layersInFront';
import { readArchitecture } from '../../architecture/read';
import { parallelRegions } from '../../review/regions';
import { deployment, frontDoor, gateway, redis, secondApp, terraform } from '../support/review/terraform';

const app = 'azurerm_linux_web_app.app';
const second = 'azurerm_linux_web_app.second';
const two = { azurerm_linux_web_app: secondApp() };
const gate = 'azurerm_application_gateway.gate';
const roles = (change: Parameters<typeof deployment>[0]) => deployment(change).regions.map(({ role }) => role);

describe('blocks that are made several times, in a configuration', () => {
  test('count = 0 and an empty for_each declare nothing', () => {
    for (const none of [{ count: 0 }, { count: '0' }, { for_each: {} }, { for_each: [] }])
      expect(deployment({ more: gateway(none) }).entry).toBe('app-service');
  });

  test('of an app by for_each it is not known how many there are, nor what they do', () => {
    const read = deployment({ app: { for_each: '${toset(var.names)}' } });
    const why = { unknown: `${app}.for_each makes any number of it` };
    expect([read.regions[0]?.role, parallelRegions(read)]).toEqual([why, why]);
    expect(parallelRegions(deployment({ app: { count: 1 } }))).toBe(1);
  });

  test('a layer with a switch may not be there', () => {
    const change = { count: '${var.waf ? 1 : 0}' };
    expect(deployment({ more: gateway(change) }).entry).toEqual({
      unknown: 'azurerm_application_gateway.gate.count makes any number of it',
    });
  });

  test('each.value of a block made for each instance of an app is that app', () => {
    const origin = { for_each: `\${${app}}`, host_name: '${each.value.default_hostname}' };
    expect(deployment({ more: frontDoor({ origin }) }).entry).toBe('front-door');
    expect(
      deployment({
        more: {
          azurerm_linux_web_app_slot: { s: { for_each: `\${${app}}`, app_service_id: '${each.value["id"]}' } },
        },
      }).regions[0]?.app.hasSlot,
    ).toBe(true);
  });

  test('an argument of one instance is that of the block, unless it depends on the key', () => {
    const plan = { for_each: '${var.plans}', sku_name: 'P1v3', worker_count: '${each.value.workers}' };
    const read = deployment({ plan, app: { service_plan_id: '${azurerm_service_plan.plan["a"].id}' } });
    expect(read.regions[0]?.app.plan).toMatchObject({
      skuName: 'P1v3',
      instances: { unknown: 'azurerm_service_plan.plan.for_each makes any number of it' },
    });
  });

  test('a dynamic block leaves open what it makes, and nothing else', () => {
    const read = deployment({
      app: { https_only: undefined, dynamic: { identity: {} } },
      site: { dynamic: [{ ip_restriction: {} }] },
    });
    expect(read.regions[0]?.app).toMatchObject({
      httpsOnly: false,
      restrictions: { unknown: `${app}.site_config.ip_restriction comes from a dynamic block` },
    });
  });
});

describe('where a router leads', () => {
  const elsewhere = {
    azurerm_cdn_frontdoor_origin: {
      ...frontDoor().azurerm_cdn_frontdoor_origin,
      other: {
        cdn_frontdoor_origin_group_id: '${azurerm_cdn_frontdoor_origin_group.group.id}',
        host_name: 'second.azurewebsites.net',
      },
    },
  };

  test('an origin that names its host by text may be the way to an app that no other leads to', () =>
    expect(roles({ more: { ...two, ...frontDoor(), ...elsewhere } })).toEqual([
      'active',
      { unknown: 'azurerm_cdn_frontdoor_origin.other.host_name names no web app of this document' },
    ]));

  test('an origin that may lead to any of several apps leads to none for certain', () => {
    const origin = { host_name: `\${var.x ? ${app}.default_hostname : ${second}.default_hostname}` };
    const read = deployment({ more: { ...two, ...frontDoor({ origin }) } });
    const why = {
      unknown: `azurerm_cdn_frontdoor_origin.app.host_name may lead to any of ${app}, ${second}`,
    };
    expect(read.entry).toBe('front-door');
    expect(read.regions.map(({ role, origin: led }) => [role, led])).toEqual([
      [why, null],
      [why, null],
    ]);
    expect(layersInFront(read).frontDoors[0]?.origins).toEqual([]);
  });

  test('priorities are those of one group: two groups with an app each make no standby', () => {
    const group = '${azurerm_cdn_frontdoor_origin_group.second.id}';
    const door = frontDoor({ others: ['second'] });
    const origins = {
      ...door.azurerm_cdn_frontdoor_origin,
      second: { ...door.azurerm_cdn_frontdoor_origin.second, priority: 2, cdn_frontdoor_origin_group_id: group },
    };
    const groups = { ...door.azurerm_cdn_frontdoor_origin_group, second: {} };
    const more = { ...door, azurerm_cdn_frontdoor_origin: origins, azurerm_cdn_frontdoor_origin_group: groups };
    expect(roles({ more: { ...two, ...more } })).toEqual(['active', 'active']);
  });

  test('an origin that is off takes nothing, and leaves its place to the next', () => {
    const door = frontDoor({ others: ['second'], origin: { enabled: false } });
    const origins = {
      ...door.azurerm_cdn_frontdoor_origin,
      second: { ...door.azurerm_cdn_frontdoor_origin.second, priority: 2 },
    };
    expect(roles({ more: { ...two, ...door, azurerm_cdn_frontdoor_origin: origins } })).toEqual(['unrouted', 'active']);
  });

  const manager = (endpoints: object, profiles: object = { tm: {} }) => ({
    azurerm_traffic_manager_profile: Object.fromEntries(
      Object.entries(profiles).map(([name, change]) => [name, { traffic_routing_method: 'Priority', ...change }]),
    ),
    ...endpoints,
  });
  const endpoint = (priority: number, to: object, profile = 'tm') => ({
    profile_id: `\${azurerm_traffic_manager_profile.${profile}.id}`,
    priority,
    ...to,
  });

  test('Traffic Manager leads to the app behind a gateway whose public address it names', () => {
    const behind = {
      ...gateway({ frontend_ip_configuration: { public_ip_address_id: '${azurerm_public_ip.ip.id}' } }),
      azurerm_public_ip: { ip: {} },
    };
    const endpoints = manager({
      azurerm_traffic_manager_azure_endpoint: {
        a: endpoint(2, { target_resource_id: '${azurerm_public_ip.ip.id}' }),
        b: endpoint(1, { target_resource_id: `\${${second}.id}` }),
      },
    });
    expect(roles({ more: { ...two, ...behind, ...endpoints } })).toEqual(['standby', 'active']);
  });

  test('Front Door may lead to the app behind a gateway whose backends are not known', () => {
    const behind = {
      ...gateway({
        frontend_ip_configuration: { public_ip_address_id: '${azurerm_public_ip.ip.id}' },
        backend_address_pool: { name: 'app', fqdns: '${var.backends}' },
      }),
      azurerm_public_ip: { ip: {}, other: {} },
    };
    const entered = (ip: string) => {
      const origin = { host_name: `\${azurerm_public_ip.${ip}.fqdn}` };
      const { entry, affinity } = deployment({ more: { ...behind, ...frontDoor({ origin }) } });
      return { entry, frontDoor: affinity.frontDoor };
    };
    const why = { unknown: `${gate}.backend_address_pool names no web app of this document` };
    expect(entered('ip')).toEqual({ entry: why, frontDoor: why });
    expect(entered('other')).toEqual({ entry: why, frontDoor: 'absent' });
  });

  test('each of two profiles decides for its own apps', () => {
    const endpoints = manager(
      {
        azurerm_traffic_manager_azure_endpoint: {
          a: endpoint(1, { target_resource_id: `\${${app}.id}` }),
          b: endpoint(2, { target_resource_id: `\${${second}.id}` }, 'other'),
        },
      },
      { tm: {}, other: {} },
    );
    expect(roles({ more: { ...two, ...endpoints } })).toEqual(['active', 'active']);
  });

  test('where a nested profile leads is not known', () => {
    const nested = manager(
      {
        azurerm_traffic_manager_azure_endpoint: { a: endpoint(1, { target_resource_id: `\${${app}.id}` }) },
        azurerm_traffic_manager_nested_endpoint: {
          n: endpoint(2, { target_resource_id: '${azurerm_traffic_manager_profile.inner.id}' }),
        },
      },
      { tm: {}, inner: {} },
    );
    expect(roles({ more: { ...two, ...nested } })).toEqual([
      'active',
      {
        unknown:
          'azurerm_traffic_manager_nested_endpoint.n.target_resource_id is ${azurerm_traffic_manager_profile.inner.id}',
      },
    ]);
  });

  test('an endpoint of the older type leads by its target, too', () => {
    const old = manager({
      azurerm_traffic_manager_endpoint: {
        a: {
          profile_name: '${azurerm_traffic_manager_profile.tm.name}',
          type: 'externalEndpoints',
          target: `\${${app}.default_hostname}`,
          priority: 1,
        },
      },
    });
    expect(deployment({ more: old }).trafficManagers).toMatchObject([{ endpoints: [{ apps: [app], priority: 1 }] }]);
  });
});

describe('layers of kinds that are not read', () => {
  test.each([
    ['the classic Front Door', { azurerm_frontdoor: { door: {} } }, 'azurerm_frontdoor.door'],
    [
      'a classic CDN in front of the app',
      { azurerm_cdn_endpoint: { cdn: { origin: { host_name: `\${${app}.default_hostname}` } } } },
      'azurerm_cdn_endpoint.cdn',
    ],
    [
      'API Management in front of the app',
      { azurerm_api_management_backend: { api: { url: `https://\${${app}.default_hostname}` } } },
      'azurerm_api_management_backend.api',
    ],
    [
      'a Front Door by azapi',
      { azapi_resource: { door: { type: 'Microsoft.Cdn/profiles@2024-02-01' } } },
      'azapi_resource.door',
    ],
  ])('%s makes the entry unknown rather than absent', (_, more, address) => {
    const why = { unknown: `${address} may be in front of the app, and is of a kind that is not read` };
    expect(deployment({ more })).toMatchObject({ entry: why, hostPreserved: why, affinity: { frontDoor: why } });
    expect(roles({ more: { ...more, ...two } })).toEqual([why, why]);
  });

  test('an app by azapi is named when there is no other', () =>
    expect(() =>
      readArchitecture(
        { resource: { azapi_resource: { site: { type: 'Microsoft.Web/sites@2024-04-01' } } } },
        'theirs',
      ),
    ).toThrow(/; azapi_resource is not read \(azapi_resource\.site\)\. There is nothing to assess\.$/));
});

describe('the host that a layer passes on', () => {
  const domain = (host: string) => ({ azurerm_cdn_frontdoor_custom_domain: { d: { host_name: host } } });
  const sent = (header: string, more = {}) =>
    deployment({ more: { ...frontDoor({ origin: { origin_host_header: header } }), ...more } }).hostPreserved;

  test('written out, it is preserved where it is the domain that clients type, and there alone', () => {
    expect(sent('shop.contoso.com', domain('shop.contoso.com'))).toBe(true);
    expect(sent('${var.host}', domain('${var.host}'))).toBe(true);
    expect(sent('shop.contoso.com', domain('www.contoso.com'))).toBe(false);
    expect(sent('shop.contoso.com')).toBe(false);
    expect(sent('${var.host}')).toEqual({
      unknown: 'azurerm_cdn_frontdoor_origin.app.origin_host_header is ${var.host}',
    });
  });

  test('each.value of an origin is not that of a domain', () => {
    const more = {
      ...frontDoor({ origin: { for_each: '${local.origins}', origin_host_header: '${each.value.host}' } }),
      azurerm_cdn_frontdoor_custom_domain: { d: { for_each: '${local.domains}', host_name: '${each.value.host}' } },
    };
    expect(deployment({ more }).hostPreserved).toEqual({
      unknown: 'azurerm_cdn_frontdoor_origin.app.origin_host_header is ${each.value.host}',
    });
  });

  test('a gateway that sends the host of its listener preserves it; one read back as empty, too', () => {
    const at = (host_name: string, listener = {}) =>
      deployment({
        more: gateway({
          backend_http_settings: { name: 'app', cookie_based_affinity: 'Disabled', host_name },
          http_listener: { name: 'https', protocol: 'Https', ...listener },
        }),
      }).hostPreserved;
    expect(at('')).toBe(true);
    expect(at('shop.contoso.com', { host_name: 'shop.contoso.com' })).toBe(true);
    expect(at('app.azurewebsites.net', { host_name: 'shop.contoso.com' })).toBe(false);
    expect(at('shop.contoso.com', { host_names: ['shop.contoso.com'] })).toBe(true);
    expect(at('www.contoso.com', { host_names: ['shop.contoso.com'] })).toBe(false);
    expect(at('shop.contoso.com', { host_names: ['shop.contoso.com', 'www.contoso.com'] })).toEqual({
      unknown: `${gate}.backend_http_settings.host_name is what clients type at some listeners or domains only`,
    });
  });
});

describe('what of a gateway serves the app', () => {
  const twoSettings = {
    backend_http_settings: [
      { name: 'plain', cookie_based_affinity: 'Disabled' },
      { name: 'sticky', cookie_based_affinity: 'Enabled' },
    ],
  };
  const rule = (pool: string, settings: string) => ({
    http_listener_name: 'https',
    backend_address_pool_name: pool,
    backend_http_settings_name: settings,
  });
  const affinity = (rules: readonly object[], locals: object) =>
    deployment({ more: gateway({ ...twoSettings, request_routing_rule: rules }), locals }).affinity.applicationGateway;

  test('a pool and settings are found by their names also through a local', () => {
    const differ = { unknown: 'backend HTTP settings differ: off, on' };
    expect(affinity([rule('app', 'plain'), rule('${local.pool}', 'sticky')], { pool: 'app' })).toEqual(differ);
    expect(affinity([rule('app', 'plain'), rule('${local.pool}', 'sticky')], { pool: 'docs' })).toBe('off');
    expect(affinity([rule('app', '${local.settings}')], { settings: 'sticky' })).toBe('on');
  });

  test('probes of two gateways that differ are unknown where they do', () => {
    const one = gateway();
    const { gate: first } = one.azurerm_application_gateway;
    const slow = { ...first, probe: { ...first.probe, interval: 300 } };
    const more = { ...one, azurerm_application_gateway: { gate: first, slow } };
    expect(deployment({ more }).gatewayProbe).toEqual({
      path: '/healthz',
      protocol: 'Https',
      intervalSeconds: { unknown: 'probes differ: 10, 300' },
      timeoutSeconds: 5,
      unhealthyThreshold: 3,
    });
  });
});

describe('plans and how they scale', () => {
  const plan = (change: object, more = {}) => deployment({ plan: change, more }).regions[0]?.app.plan;
  const scale = (change: object) => ({
    azurerm_monitor_autoscale_setting: {
      s: {
        target_resource_id: '${azurerm_service_plan.plan.id}',
        profile: { capacity: { minimum: 1, default: 1, maximum: 2 } },
        ...change,
      },
    },
  });

  test('autoscale that is off is none, and one that may be for another plan is unknown', () => {
    expect(plan({}, scale({ enabled: false }))?.autoscale).toBeNull();
    const target = '${var.a ? azurerm_service_plan.plan.id : azurerm_service_plan.other.id}';
    const why = {
      unknown:
        'azurerm_monitor_autoscale_setting.s.target_resource_id may be any of azurerm_service_plan.plan, azurerm_service_plan.other',
    };
    const change = {
      azurerm_service_plan: { other: {}, plan: terraform().resource.azurerm_service_plan.plan },
      ...scale({ target_resource_id: target }),
    };
    expect(deployment({ more: change }).regions[0]?.app.plan.autoscale?.minimum).toEqual(why);
  });

  test('of a plan that scales each app by itself, or by the platform, the instances of an app are not known', () => {
    expect(plan({ per_site_scaling_enabled: true })?.instances).toEqual({
      unknown:
        'azurerm_service_plan.plan.per_site_scaling_enabled lets every app run on fewer instances than the plan has',
    });
    expect(plan({ premium_plan_auto_scale_enabled: true, maximum_elastic_worker_count: 9 })?.autoscale).toMatchObject({
      address: 'azurerm_service_plan.plan',
      minimum: { unknown: expect.stringContaining('premium_plan_auto_scale_enabled scales each app') },
      maximum: 9,
    });
  });
});

describe('what the settings of an app name', () => {
  const secret = { azurerm_key_vault_secret: { r: { value: '${azurerm_managed_redis.cache.hostname}' } } };
  const vault = '@Microsoft.KeyVault(SecretUri=${azurerm_key_vault_secret.r.versionless_id})';

  test('a Redis through the secret that holds how to reach it', () =>
    expect(
      deployment({ settings: { SESSION_STORE: 'redis', CACHE: vault }, more: { ...redis(), ...secret } }).sessions,
    ).toBe('redis'));

  test('of two caches the one of REDIS_URL; without it, either', () => {
    const caches = { azurerm_managed_redis: { ...redis().azurerm_managed_redis, other: {} } };
    const settings = { SESSION_STORE: 'redis', A: '${azurerm_managed_redis.other.hostname}', B: vault };
    const more = { ...caches, ...secret };
    expect(deployment({ settings, more }).sessions).toEqual({
      unknown: `${app}.app_settings names several caches: azurerm_managed_redis.other, azurerm_managed_redis.cache`,
    });
    const own = { ...settings, REDIS_URL: '${azurerm_managed_redis.cache.hostname}' };
    expect(deployment({ settings: own, more }).regions[0]?.redis?.address).toBe('azurerm_managed_redis.cache');
  });

  test('another store than those that are known, without its name', () =>
    expect(deployment({ settings: { SESSION_STORE: 'hunter2' } }).sessions).toEqual({
      unknown: `${app}.app_settings.SESSION_STORE is none of memory, redis, cookie`,
    }));

  test('how long an unhealthy instance stays, where the provider has no argument for it', () =>
    expect(
      deployment({
        site: { health_check_eviction_time_in_min: undefined },
        settings: { WEBSITE_HEALTHCHECK_MAXPINGFAILURES: '3' },
      }).regions[0]?.app.healthCheckEvictionMinutes,
    ).toBe(3));

  test('settings in a list of one block are settings', () =>
    expect(deployment({ app: { app_settings: [{ SESSION_STORE: 'memory', DB_PASSWORD: 'hunter2' }] } })).toMatchObject({
      sessions: 'in-process',
      regions: [{ app: { secretSettings: ['app_settings.DB_PASSWORD'] } }],
    }));
});

test('an app inside an environment with an internal load balancer has no public door', () => {
  const environment = (mode: string) => ({
    azurerm_app_service_environment_v3: { ase: { internal_load_balancing_mode: mode } },
  });
  const plan = { app_service_environment_id: '${azurerm_app_service_environment_v3.ase.id}' };
  const open = (mode: string) => deployment({ plan, more: environment(mode) }).regions[0]?.app.publicAccess;
  expect(['Web, Publishing', 'None'].map(open)).toEqual([false, true]);
  expect(deployment({ plan: { app_service_environment_id: '/elsewhere' } }).regions[0]?.app.publicAccess).toEqual({
    unknown: 'azurerm_service_plan.plan.app_service_environment_id names no App Service Environment of this document',
  });
});
