import fs from 'node:fs';
import path from 'node:path';
import { readArchitecture } from '../../architecture/read';
import { renderReview } from '../../review/report/terminal';
import { review } from '../../review/review';

/** Several apps that serve different requests: what is right for one is not blamed on the other. */
type Blocks = Record<string, unknown>[];
const field = (name: string) => JSON.parse(fs.readFileSync(path.join(__dirname, 'field', `${name}.json`), 'utf8'));
const reviewed = (json: object) => {
  const result = review([readArchitecture(json, 'two apps')]);
  const [variant] = result.variants;
  if (!variant) throw new Error('nothing was reviewed');
  return { result, variant };
};
const found = (json: object) =>
  reviewed(json).variant.findings.map(({ severity, rule, resource }) => `${severity} ${rule} ${resource}`);

const secondApp = (more: object) => ({
  name: 'app-admin',
  location: 'westeurope',
  service_plan_id: '${azurerm_service_plan.plan.id}',
  https_only: true,
  client_affinity_enabled: false,
  app_settings: { SESSION_STORE: 'memory' },
  ...more,
});

/** The sound shop behind a gateway, and a second app behind the same one, by a listener, a pool and settings of its own. */
function behindOneGateway({ settings = {}, probe = {}, app = {} }: Record<string, object>): object {
  const json = field('sound-behind-gateway');
  const { azurerm_linux_web_app: apps, azurerm_application_gateway: gateways } = json.resource;
  apps.admin = {
    ...secondApp(app),
    site_config: { ...apps.app.site_config, health_check_path: '/healthz' },
  };
  const add = (name: string, block: object) => (gateways.agw[name] as Blocks).push({ ...block });
  add('backend_address_pool', { name: 'admin', fqdns: ['${azurerm_linux_web_app.admin.default_hostname}'] });
  add('backend_http_settings', {
    ...{ name: 'admin', cookie_based_affinity: 'Disabled', port: 443, protocol: 'Https', probe_name: 'admin' },
    ...settings,
  });
  add('probe', {
    ...{ name: 'admin', protocol: 'Https', path: '/healthz', interval: 20, timeout: 10, unhealthy_threshold: 3 },
    ...{ host: '${azurerm_linux_web_app.admin.default_hostname}', match: [{ status_code: ['200'] }], ...probe },
  });
  add('http_listener', {
    ...{ name: 'admin', frontend_ip_configuration_name: 'pub', frontend_port_name: 'p443', protocol: 'Https' },
    ...{ host_names: ['admin.example.com'], require_sni: true, ssl_certificate_name: 'cert' },
  });
  add('request_routing_rule', {
    ...{ name: 'admin', priority: 3, rule_type: 'Basic', http_listener_name: 'admin' },
    ...{ backend_address_pool_name: 'admin', backend_http_settings_name: 'admin' },
  });
  return json;
}

const beside = ['warning diagnostics azurerm_linux_web_app.admin', 'warning alerts azurerm_linux_web_app.admin'];
const without = (all: readonly string[]) => all.filter((one) => !beside.includes(one));

describe('two apps behind one gateway', () => {
  test('each has its own sessions, losses and uptime', () => {
    const { variant, result } = reviewed(behindOneGateway({ app: { client_affinity_enabled: true } }));
    expect(variant.services.map(({ apps, sessions }) => [apps, sessions])).toEqual([
      [['azurerm_linux_web_app.app'], { unknown: expect.stringContaining('has no SESSION_STORE') }],
      [['azurerm_linux_web_app.admin'], 'in-process'],
    ]);
    expect(variant.services[1]?.availability.percent).not.toBeNull();
    expect(variant.services[1]?.losses.instance.share).toBeCloseTo(1 / 3);
    const text = renderReview(result, { colour: false, width: 200 });
    expect(text).toMatch(
      /^azurerm_linux_web_app\.admin +Application Gateway +3 +spread +on at App Service +in process +1 in 3/m,
    );
  });

  test('a host that is overridden for one is preserved for the other', () => {
    const one = behindOneGateway({ settings: { pick_host_name_from_backend_address: true } });
    const { variant } = reviewed(one);
    expect(variant.findings.filter(({ rule }) => rule === 'host-overridden')).toHaveLength(1);
    expect(variant.cannotTell.filter(({ rule }) => rule === 'host-overridden')).toEqual([]);
  });

  test('affinity breaks behind the overridden host alone', () => {
    const affinity = (settings: object) =>
      found(behindOneGateway({ settings, app: { client_affinity_enabled: true } })).filter((one) =>
        one.includes('affinity-behind-overridden-host'),
      );
    expect(affinity({})).toEqual([]);
    expect(affinity({ pick_host_name_from_backend_address: true })).toHaveLength(1);
  });

  test('plain HTTP to the app that takes it is no redirect of the other one', () => {
    const plain = { settings: { protocol: 'Http', port: 80 }, probe: { protocol: 'Http' } };
    const redirects = (more: object) =>
      found(behindOneGateway({ ...plain, ...more })).filter((one) => /backend-redirects|probe-cannot/.test(one));
    expect(redirects({ app: { https_only: false } })).toEqual([]);
    expect(redirects({})).toEqual([
      'error probe-cannot-succeed azurerm_application_gateway.agw.probe',
      'error backend-redirects azurerm_application_gateway.agw.backend_http_settings',
    ]);
  });

  test('a sign-in at one app fails the probe of that app only', () => {
    const signIn = { auth_settings_v2: [{ auth_enabled: true, require_authentication: true, login: [{}] }] };
    expect(without(found(behindOneGateway({ app: signIn })))).toContain(
      'error probe-cannot-succeed azurerm_application_gateway.agw.probe',
    );
  });

  test('one that no pool leads to is its own entry, and no open origin', () => {
    const json = field('sound-behind-gateway');
    json.resource.azurerm_linux_web_app.admin = { ...secondApp({}), site_config: { health_check_path: '/healthz' } };
    const { variant } = reviewed(json);
    expect(variant.services.map(({ entry }) => entry)).toEqual(['application-gateway', 'app-service']);
    expect(variant.findings.filter(({ rule }) => rule === 'unlocked-origin')).toEqual([]);
  });
});

test('a shop and its API behind one Front Door: the uptime of the shop is known', () => {
  const { variant } = reviewed(field('frontend-and-api-apps'));
  const [web, api] = variant.services;
  expect(web).toMatchObject({ apps: ['azurerm_linux_web_app.web'], sessions: 'redis', entry: 'front-door' });
  expect(web?.availability).toMatchObject({
    cannotTell: null,
    survives: { instance: true, zone: true, region: false },
  });
  expect(api?.availability.percent).toBeNull();
});

test('apps in one origin group serve the same requests', () =>
  expect(reviewed(field('fd-affinity-two-regions')).variant.services).toEqual([]));

describe('a Traffic Manager that leads to another one', () => {
  const nested = (priority: object) => {
    const json = field('traffic-manager-two-apps');
    const { azurerm_traffic_manager_profile: profiles, azurerm_linux_web_app: apps } = json.resource;
    profiles.top = { ...profiles.tm, name: 'top' };
    apps.c = { ...apps.b, name: 'app-c', location: 'uksouth' };
    const to = (profile: string, target: string) => ({
      profile_id: `\${azurerm_traffic_manager_profile.${profile}.id}`,
      target_resource_id: `\${${target}.id}`,
    });
    json.resource.azurerm_traffic_manager_nested_endpoint = {
      inner: {
        ...to('top', 'azurerm_traffic_manager_profile.tm'),
        priority: 1,
        minimum_child_endpoints: 1,
        ...priority,
      },
    };
    json.resource.azurerm_traffic_manager_azure_endpoint.c = { ...to('top', 'azurerm_linux_web_app.c'), priority: 2 };
    return readArchitecture(json, 'nested').regions.map(({ app, role }) => [app.address.slice(-1), role]);
  };

  test('is in front of the apps of both', () =>
    expect(nested({})).toEqual([
      ['a', 'active'],
      ['b', 'standby'],
      ['c', 'standby'],
    ]));
  test('decides first', () =>
    expect(nested({ priority: 3 })).toEqual([
      ['a', 'standby'],
      ['b', 'standby'],
      ['c', 'active'],
    ]));
});

test('a Traffic Manager in front of a Front Door leads to its apps', () => {
  const json = field('sound-behind-front-door');
  json.resource.azurerm_traffic_manager_profile = { tm: { name: 'tm', traffic_routing_method: 'Priority' } };
  const [route] = Object.values(json.resource.azurerm_cdn_frontdoor_route) as Record<string, string>[];
  json.resource.azurerm_traffic_manager_external_endpoint = {
    door: {
      profile_id: '${azurerm_traffic_manager_profile.tm.id}',
      target: route?.cdn_frontdoor_endpoint_id?.replace('.id}', '.host_name}'),
      priority: 1,
    },
  };
  const { variant } = reviewed(json);
  expect(readArchitecture(json, 'both').trafficManagers[0]?.endpoints).toMatchObject([
    { apps: ['azurerm_linux_web_app.app'], direct: [], open: null },
  ]);
  expect(variant.findings.map(({ rule }) => rule)).toEqual(['slow-detection']);
});

test('plans of which an app may run on either are judged, and what they share is known of the app', () => {
  const json = field('sound');
  const { azurerm_service_plan: plans, azurerm_linux_web_app: apps } = json.resource;
  plans.other = { ...plans.plan, worker_count: 1 };
  apps.app.service_plan_id = '${var.big ? azurerm_service_plan.plan.id : azurerm_service_plan.other.id}';
  apps.app.app_settings = { SESSION_STORE: 'memory' };
  const [region] = readArchitecture(json, 'either').regions;
  expect(region?.app.plan).toMatchObject({
    skuName: 'P1v3',
    zoneBalanced: true,
    instances: { unknown: expect.stringContaining('may be any of') },
  });
  const { variant } = reviewed(json);
  expect(variant.findings.map(({ rule, resource }) => [rule, resource])).toEqual([
    ['zone-redundant-floor', 'azurerm_service_plan.other'],
    ['instance-per-zone', 'azurerm_service_plan.other'],
  ]);
  expect(variant.cannotTell.map(({ rule }) => rule)).toEqual(['in-process-state']);
});
