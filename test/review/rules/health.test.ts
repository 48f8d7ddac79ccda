import { healthCheck } from '../../../review/rules/healthCheck';
import { healthCheckEviction } from '../../../review/rules/healthCheckEviction';
import { probeCannotSucceed } from '../../../review/rules/probeCannotSucceed';
import { slowDetection } from '../../../review/rules/slowDetection';
import { answersOf, autoscale, frontDoor, gateway, ruleCases, secondApp } from '../../support/review/terraform';

const app = 'azurerm_linux_web_app.app';
const gate = 'azurerm_application_gateway.gate';
const group = 'azurerm_cdn_frontdoor_origin_group.group';
const openPath = { site: { health_check_path: '${var.path}' } };
const pathIsOpen = `${app}.site_config.health_check_path is \${var.path}`;
const noPath = { health_check_path: undefined };

ruleCases(healthCheck, [
  ['a path', {}, `compliant ${app}`],
  [
    'none',
    { site: noPath },
    `finding ${app}: No health check: of 3 instances a broken one keeps receiving its share of the requests.`,
  ],
  [
    'none on one instance',
    { site: noPath, plan: { worker_count: 1 } },
    `not applicable: ${app} runs on one instance, which is never taken out`,
  ],
  [
    'none on one instance that autoscale multiplies',
    { site: noPath, plan: { worker_count: 1 }, more: autoscale({ minimum: 1, default: 1, maximum: 5 }) },
    `finding ${app}: No health check: of up to 5 instances a broken one keeps receiving its share of the requests.`,
  ],
  [
    'none on one instance that autoscale keeps',
    { site: noPath, more: autoscale({ minimum: 1, default: 1, maximum: 1 }) },
    `not applicable: ${app} runs on one instance, which is never taken out`,
  ],
  [
    'none, and a maximum that is a variable',
    { site: noPath, more: autoscale({ maximum: '${var.most}' }) },
    `cannot tell ${app}: azurerm_monitor_autoscale_setting.scale.profile.capacity.maximum is \${var.most}`,
  ],
  ['a path that is a variable', openPath, `cannot tell ${app}: ${pathIsOpen}`],
]);

const eviction = (minutes: unknown) => ({ site: { health_check_eviction_time_in_min: minutes } });
ruleCases(healthCheckEviction, [
  ['five minutes', eviction(5), `compliant ${app}`],
  ['six', eviction(6), `finding ${app}: An unhealthy instance keeps serving for 6 minutes.`],
  [
    "the platform's default",
    eviction(undefined),
    `finding ${app}: An unhealthy instance keeps serving for 10 minutes, the platform's default.`,
  ],
  ['no health check', { site: noPath }, `not applicable: ${app} has no health check`],
  [
    'minutes that are a variable',
    eviction('${var.m}'),
    `cannot tell ${app}: ${app}.site_config.health_check_eviction_time_in_min is \${var.m}`,
  ],
]);

const probe = (change: object) =>
  gateway({
    probe: {
      name: 'health',
      protocol: 'Https',
      host: 'shop.contoso.com',
      path: '/healthz',
      interval: 10,
      timeout: 5,
      unhealthy_threshold: 3,
      match: { status_code: ['200'] },
      ...change,
    },
  });
const hostFromSettings = (settings: object) => ({
  more: gateway({
    backend_http_settings: { name: 'app', protocol: 'Https', probe_name: 'health', ...settings },
    probe: {
      ...gateway().azurerm_application_gateway.gate.probe,
      host: undefined,
      pick_host_name_from_backend_http_settings: true,
    },
  }),
});

ruleCases(probeCannotSucceed, [
  [
    'a gateway and a Front Door that ask as they should',
    { more: { ...gateway(), ...frontDoor() } },
    `compliant ${gate}`,
    `compliant ${gate}.probe`,
    `compliant ${group}.health_probe`,
  ],
  [
    'HTTP to an app that serves HTTPS alone',
    { more: frontDoor({ group: { health_probe: { protocol: 'Http', path: '/', interval_in_seconds: 30 } } }) },
    `finding ${group}.health_probe: The probe uses HTTP with an app that only serves HTTPS: it gets a redirect, which does not count as healthy.`,
  ],
  [
    "the gateway's default probe",
    { more: gateway({ probe: undefined, backend_http_settings: { cookie_based_affinity: 'Disabled' } }) },
    `finding ${gate}: Backend HTTP settings name no probe: the default one asks for / with host 127.0.0.1, which no App Service app answers.`,
  ],
  [
    'a redirect taken for healthy',
    { more: probe({ protocol: 'Http', match: undefined }) },
    `compliant ${gate}`,
    `finding ${gate}.probe: The probe uses HTTP with an app that only serves HTTPS: it gets a redirect, which counts as healthy whatever the app does.`,
  ],
  [
    'the host of nobody',
    { more: probe({ host: '127.0.0.1' }) },
    `compliant ${gate}`,
    `finding ${gate}.probe: The probe sends no host name that App Service can route, so it gets 404.`,
  ],
  [
    'no host',
    { more: probe({ host: undefined }) },
    `compliant ${gate}`,
    `finding ${gate}.probe: The probe sends no host name that App Service can route, so it gets 404.`,
  ],
  [
    'the host of the HTTP settings',
    hostFromSettings({ host_name: 'shop.contoso.com' }),
    `compliant ${gate}`,
    `compliant ${gate}.probe`,
  ],
  [
    'the host of the HTTP settings, which take that of the app',
    hostFromSettings({ pick_host_name_from_backend_address: true }),
    `compliant ${gate}`,
    `compliant ${gate}.probe`,
  ],
  [
    'the host of HTTP settings that name none',
    hostFromSettings({}),
    `compliant ${gate}`,
    `finding ${gate}.probe: The probe takes its host from HTTP settings that name none (\`host_name\`, \`pick_host_name_from_backend_address\`).`,
  ],
  [
    'refusals taken for healthy',
    { more: probe({ match: { status_code: ['200-399', '401', '403'] } }) },
    `compliant ${gate}`,
    `finding ${gate}.probe: The probe counts 401, 403 as healthy: an app that refuses every request passes.`,
  ],
  [
    '399 is the last that is no refusal',
    { more: probe({ match: { status_code: ['200-399'] } }) },
    `compliant ${gate}`,
    `compliant ${gate}.probe`,
  ],
  [
    '400 is the first',
    { more: probe({ match: { status_code: ['200-400', '404'] } }) },
    `compliant ${gate}`,
    `finding ${gate}.probe: The probe counts 200-400, 404 as healthy: an app that refuses every request passes.`,
  ],
  [
    'a probe that a dynamic block makes',
    { more: frontDoor({ group: { health_probe: undefined, dynamic: { health_probe: {} } } }) },
    `cannot tell ${group}: ${group}.health_probe comes from a dynamic block`,
  ],
  ['no layer in front', {}, 'not applicable: no layer in front of the app probes it'],
  [
    'a protocol that is a variable',
    { more: probe({ protocol: '${var.p}' }) },
    `compliant ${gate}`,
    `cannot tell ${gate}.probe: ${gate}.probe.protocol is \${var.p}`,
  ],
]);

const trafficManager = (change: object = {}) => ({
  azurerm_traffic_manager_profile: {
    tm: {
      traffic_routing_method: 'Priority',
      dns_config: { ttl: 60 },
      monitor_config: {
        protocol: 'HTTPS',
        path: '/healthz',
        interval_in_seconds: 10,
        tolerated_number_of_failures: 1,
        ...change,
      },
    },
  },
  azurerm_traffic_manager_azure_endpoint: {
    one: {
      profile_id: '${azurerm_traffic_manager_profile.tm.id}',
      target_resource_id: '${azurerm_linux_web_app.app.id}',
      priority: 1,
    },
  },
});
ruleCases(slowDetection, [
  [
    '30 seconds at the gateway, 60 at Front Door',
    { more: { ...gateway(), ...frontDoor() } },
    `compliant ${gate}.probe`,
    `compliant ${group}.health_probe`,
  ],
  ['exactly two minutes', { more: probe({ interval: 40 }) }, `compliant ${gate}.probe`],
  [
    'four minutes at Front Door',
    { more: frontDoor({ group: { health_probe: { protocol: 'Https', interval_in_seconds: 120 } } }) },
    `finding ${group}.health_probe: It takes 240 seconds until a failure is noticed, and clients are sent there until then.`,
  ],
  [
    'two origins that nothing probes',
    {
      more: {
        azurerm_linux_web_app: secondApp(),
        ...frontDoor({ others: ['second'], group: { health_probe: undefined } }),
      },
    },
    `finding ${group}: None of its 2 origins is probed: a lost one keeps getting its share of the clients.`,
  ],
  [
    'one origin that nothing probes, and nothing could replace',
    { more: frontDoor({ group: { health_probe: undefined } }) },
    'not applicable: no layer in front of the app probes it',
  ],
  [
    'a probe that a dynamic block makes',
    { more: frontDoor({ group: { health_probe: undefined, dynamic: { health_probe: {} } } }) },
    `cannot tell ${group}: ${group}.health_probe comes from a dynamic block`,
  ],
  ['Traffic Manager quick', { more: trafficManager() }, 'compliant azurerm_traffic_manager_profile.tm.monitor_config'],
  [
    'Traffic Manager at its defaults: four times 30, and the answer kept for a minute',
    { more: trafficManager({ interval_in_seconds: undefined, tolerated_number_of_failures: undefined }) },
    'finding azurerm_traffic_manager_profile.tm.monitor_config: It takes 180 seconds until a failure is noticed, and clients are sent there until then.',
  ],
  ['no layer in front', {}, 'not applicable: no layer in front of the app probes it'],
  [
    'an interval that is a variable',
    { more: probe({ interval: '${var.i}' }) },
    `cannot tell ${gate}.probe: ${gate}.probe.interval is \${var.i}`,
  ],
]);

describe('a probe of Traffic Manager', () => {
  const probed = (...ip_restriction: object[]) => ({
    site: { ip_restriction_default_action: 'Deny', ip_restriction },
    more: {
      azurerm_traffic_manager_profile: {
        tm: { traffic_routing_method: 'Weighted', monitor_config: { protocol: 'HTTPS', path: '/healthz' } },
      },
      azurerm_traffic_manager_azure_endpoint: {
        first: { profile_id: '${azurerm_traffic_manager_profile.tm.id}', target_resource_id: `\${${app}.id}` },
      },
    },
  });
  const answers = (...restrictions: object[]) => answersOf(probeCannotSucceed, probed(...restrictions))[0];

  test('is refused where restrictions allow only others', () =>
    expect(answers({ virtual_network_subnet_id: '/subnets/a' })).toBe(
      `finding ${app}: The access restrictions refuse the probe of azurerm_traffic_manager_profile.tm.monitor_config: the endpoint counts as degraded.`,
    ));
  test('is let in by its tag', () => expect(answers({ service_tag: 'AzureTrafficManager' })).toBe(`compliant ${app}`));
  test('may come from an address that is written out', () =>
    expect(answers({ name: 'some', ip_address: '203.0.113.0/24' })).toBe(
      `cannot tell ${app}: whether the restriction some holds the addresses of Traffic Manager's probes is not in the document`,
    ));
});
