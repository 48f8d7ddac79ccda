import fs from 'node:fs';
import path from 'node:path';
import { readArchitecture } from '../../architecture/read';
import { readPrices } from '../../review/cost/prices';
import { review } from '../../review/review';

/**
 * Terraform after public reports of people who run App Service, each rebuilt small, with the findings that are right. Each
 * is one change of one of three sound ones.
 */
const folder = path.join(__dirname, 'field');
const app = 'azurerm_linux_web_app.app';
const gateway = 'azurerm_application_gateway.agw';
const right: Readonly<Record<string, readonly string[]>> = {
  sound: [],
  'sound-behind-gateway': [],
  'sound-behind-front-door': [],
  'affinity-left-out-windows': ['warning affinity-left-to-default azurerm_windows_web_app.app'],
  'zrs-one-worker': [
    'error zone-redundant-floor azurerm_service_plan.plan',
    'warning instance-per-zone azurerm_service_plan.plan',
  ],
  'zone-balancing-on-standard': ['error tier-lacks-feature azurerm_service_plan.plan'],
  'slot-on-basic': [
    'error tier-lacks-feature azurerm_service_plan.plan',
    'error plain-http azurerm_linux_web_app_slot.st',
  ],
  'worker-count-not-multiple': [],
  'autoscale-second-profile-no-rules': ['warning autoscale-paired azurerm_monitor_autoscale_setting.as'],
  'autoscale-floor-one': [
    'warning instance-per-zone azurerm_monitor_autoscale_setting.as',
    'error autoscale-floor azurerm_monitor_autoscale_setting.as',
  ],
  'fd-health-probe-header-locks-out': [`error app-unreachable ${app}`],
  'default-action-left-out': [`error unlocked-origin ${app}`],
  'fd-cannot-reach-private-app': [`error app-unreachable ${app}`],
  'gateway-cannot-reach-private-app': [`error app-unreachable ${app}`],
  'fd-affinity-two-regions': [
    'error affinity-behind-overridden-host azurerm_cdn_frontdoor_profile.fd',
    'error affinity-behind-overridden-host azurerm_cdn_frontdoor_profile.fd',
    'warning host-overridden azurerm_cdn_frontdoor_origin.o0',
    'warning host-overridden azurerm_cdn_frontdoor_origin.o1',
  ],
  'fd-caching-with-affinity': [
    `error in-process-state ${app}`,
    'warning cached-affinity azurerm_cdn_frontdoor_route.rt',
  ],
  'gateway-host-override-redirects': [
    `error sign-in-behind-overridden-host ${app}`,
    `warning host-overridden ${gateway}`,
    // Its probe asks for a path that needs a sign-in, too.
    `error probe-cannot-succeed ${gateway}.probe`,
  ],
  'frontdoor-easy-auth-redirects': [
    `error sign-in-behind-overridden-host ${app}`,
    'warning host-overridden azurerm_cdn_frontdoor_origin.o0',
    'error probe-cannot-succeed azurerm_cdn_frontdoor_origin_group.og.health_probe',
  ],
  'easy-auth-fails-gateway-probe': [`error probe-cannot-succeed ${gateway}.probe`],
  'easy-auth-path-excluded': [],
  'gateway-http-to-https-only-app': [
    `warning host-overridden ${gateway}`,
    `error backend-redirects ${gateway}.backend_http_settings`,
  ],
  'probe-picks-host-from-settings-without-one': [`error probe-cannot-succeed ${gateway}.probe`],
  'gateway-custom-domain-affinity-works': [],
  'probe-host-is-default-hostname': [],
  'private-endpoint-public-left-on': [`error unlocked-origin ${app}`],
  'redis-standard-no-zones': [
    'warning redis-evicts-sessions azurerm_redis_cache.r',
    'warning redis-retiring azurerm_redis_cache.r',
  ],
  'redis-premium-one-zone': [
    'error mixed-redundancy azurerm_redis_cache.r',
    'warning redis-evicts-sessions azurerm_redis_cache.r',
    'warning redis-retiring azurerm_redis_cache.r',
  ],
  'managed-redis-oss-cluster-default': [
    'warning redis-evicts-sessions azurerm_managed_redis.r',
    'warning redis-clustering-policy azurerm_managed_redis.r',
  ],
  'managed-redis-evicts-sessions': [
    'warning redis-evicts-sessions azurerm_managed_redis.r',
    'warning redis-clustering-policy azurerm_managed_redis.r',
  ],
  'managed-redis-geo': [
    'warning redis-evicts-sessions azurerm_managed_redis.ra',
    'warning redis-evicts-sessions azurerm_managed_redis.rb',
  ],
  'managed-redis-geo-without-group-name': [
    'error redis-geo-replication azurerm_managed_redis.ra',
    'error redis-geo-replication azurerm_managed_redis.rb',
    'warning redis-evicts-sessions azurerm_managed_redis.ra',
    'warning redis-evicts-sessions azurerm_managed_redis.rb',
  ],
  'two-regions-one-redis': [
    'warning shared-regional-redis azurerm_managed_redis.ra',
    'warning redis-evicts-sessions azurerm_managed_redis.ra',
  ],
  'slot-open-while-production-locked': ['error unlocked-origin azurerm_linux_web_app_slot.st'],
  'dotnet-container-data-protection-keys': [`warning data-protection-keys ${app}`],
  'traffic-manager-two-apps': [],
  'traffic-manager-http-probe-https-only': [
    'error probe-cannot-succeed azurerm_traffic_manager_profile.tm.monitor_config',
  ],
  'traffic-manager-same-region': [
    'error traffic-manager-endpoints azurerm_traffic_manager_azure_endpoint.e0',
    'error traffic-manager-endpoints azurerm_traffic_manager_azure_endpoint.e1',
  ],
  'traffic-manager-to-gateway-host-listener': [
    'error traffic-manager-endpoints azurerm_traffic_manager_azure_endpoint.e0',
  ],
  'no-zone-redundancy': ['warning zones-not-asked azurerm_service_plan.plan'],
  'origin-by-custom-host': ['warning host-overridden azurerm_cdn_frontdoor_origin.o0'],
  'gateway-path-maps': [
    'warning host-overridden module.gw.azurerm_application_gateway.gw',
    'warning affinity-left-to-default azurerm_linux_web_app.api',
    'warning zones-not-asked azurerm_service_plan.core',
    'error unlocked-origin azurerm_linux_web_app.api',
    'error waf-prevention module.gw.azurerm_application_gateway.gw',
    'warning diagnostics azurerm_linux_web_app.api',
    'warning diagnostics module.gw.azurerm_application_gateway.gw',
    'warning alerts azurerm_linux_web_app.api',
    'warning alerts module.gw.azurerm_application_gateway.gw',
  ],
  'frontend-and-api-apps': ['warning redis-evicts-sessions azurerm_managed_redis.r'],
};

const reviewed = (name: string) => {
  const text = fs.readFileSync(path.join(folder, `${name}.json`), 'utf8');
  const [variant] = review([readArchitecture(text, name)], { prices: readPrices() }).variants;
  if (!variant) throw new Error('nothing was reviewed');
  return variant;
};

test.each(Object.entries(right))('%s has these findings and no other', (name, findings) =>
  expect(reviewed(name).findings.map((one) => `${one.severity} ${one.rule} ${one.resource}`)).toEqual(findings),
);

test('a cache whose zones the platform chooses is not called redundant', () =>
  expect(reviewed('redis-standard-no-zones').cannotTell).toContainEqual(
    expect.objectContaining({ rule: 'mixed-redundancy', resource: 'azurerm_redis_cache.r' }),
  ));
