import { readArchitecture } from '../../../architecture/read';
import { review } from '../../../review/review';

/** Layers in front of an app by Azure's own API, each beside the same in azurerm's words. */
const plan = {
  location: 'westeurope',
  os_type: 'Linux',
  sku_name: 'P1v3',
  worker_count: 3,
  zone_balancing_enabled: true,
};
const app = {
  ...{ name: 'shop', location: 'westeurope', service_plan_id: '${azurerm_service_plan.plan.id}', https_only: true },
  client_affinity_enabled: true,
  app_settings: { SESSION_STORE: 'memory' },
};
const base = { azurerm_service_plan: { plan }, azurerm_linux_web_app: { app } };
const azapi = (type: string, name: string, properties: object, more: object = {}) => ({
  type: `${type}@2024-05-01`,
  name,
  ...more,
  body: { properties },
});
const host = '${azurerm_linux_web_app.app.default_hostname}';
const read = (more: object) => readArchitecture({ resource: { ...base, ...more } }, 'azapi');
const in_ = (parent: string) => ({ parent_id: `\${azapi_resource.${parent}.id}` });

const door = (origin: object = {}) => ({
  profile: { type: 'Microsoft.Cdn/profiles@2024-02-01', name: 'fd', body: { sku: { name: 'Premium_AzureFrontDoor' } } },
  endpoint: azapi('Microsoft.Cdn/profiles/afdEndpoints', 'ep', { enabledState: 'Enabled' }, in_('profile')),
  group: azapi(
    'Microsoft.Cdn/profiles/originGroups',
    'og',
    {
      loadBalancingSettings: { sampleSize: 4, successfulSamplesRequired: 3, additionalLatencyInMilliseconds: 50 },
      healthProbeSettings: { probePath: '/up', probeProtocol: 'Https', probeIntervalInSeconds: 30 },
    },
    in_('profile'),
  ),
  origin: azapi(
    'Microsoft.Cdn/profiles/originGroups/origins',
    'o',
    { hostName: host, priority: 1, ...origin },
    in_('group'),
  ),
  route: azapi(
    'Microsoft.Cdn/profiles/afdEndpoints/routes',
    'r',
    {
      originGroup: { id: '${azapi_resource.group.id}' },
      supportedProtocols: ['Http', 'Https'],
      httpsRedirect: 'Enabled',
      patternsToMatch: ['/*'],
    },
    in_('endpoint'),
  ),
  waf: azapi('Microsoft.Network/FrontDoorWebApplicationFirewallPolicies', 'waf', {
    policySettings: { mode: 'Prevention', enabledState: 'Enabled' },
  }),
  guard: azapi(
    'Microsoft.Cdn/profiles/securityPolicies',
    's',
    { parameters: { wafPolicy: { id: '${azapi_resource.waf.id}' } } },
    in_('profile'),
  ),
});

test('a Front Door', () => {
  const { entry, hostPreserved, frontDoors, affinity, regions } = read({ azapi_resource: door() });
  expect({ entry, hostPreserved, frontDoor: affinity.frontDoor, role: regions[0]?.role }).toEqual({
    ...{ entry: 'front-door', hostPreserved: true, frontDoor: 'off', role: 'active' },
  });
  expect(frontDoors).toMatchObject([
    {
      skuName: 'Premium_AzureFrontDoor',
      groups: [
        { affinity: 'off', affinityStated: false, latencyWindowMs: 50, probe: { path: '/up', detectionSeconds: 60 } },
      ],
      origins: [{ apps: ['azurerm_linux_web_app.app'], privateLink: false }],
      routes: [{ enabled: true, redirectsToHttps: true, acceptsHttp: true, patterns: ['/*'] }],
      firewalls: [{ enabled: true, mode: 'Prevention' }],
    },
  ]);
});

test('an origin with a Private Link and a host of its own', () => {
  const link = { privateLink: { id: '${azurerm_linux_web_app.app.id}' }, groupId: 'sites' };
  const { frontDoors, hostPreserved } = read({
    azapi_resource: door({ originHostHeader: host, sharedPrivateLinkResource: link }),
  });
  expect(hostPreserved).toBe(false);
  expect(frontDoors[0]?.origins).toMatchObject([
    { privateLink: true, linkTarget: 'azurerm_linux_web_app.app', linkPart: 'sites' },
  ]);
});

const id = (part: string) => ({ id: `\${azapi_resource.gate.id}/${part}` });
const gate = (more: object = {}) =>
  azapi('Microsoft.Network/applicationGateways', 'gate', {
    sku: { name: 'WAF_v2', tier: 'WAF_v2' },
    autoscaleConfiguration: { minCapacity: 2, maxCapacity: 5 },
    backendAddressPools: [
      { name: 'static', properties: { backendAddresses: [{ fqdn: 'static.example.com' }] } },
      { name: 'app', properties: { backendAddresses: [{ fqdn: host }] } },
    ],
    backendHttpSettingsCollection: [
      { name: 'static', properties: { port: 80, protocol: 'Http', pickHostNameFromBackendAddress: true } },
      { name: 'app', properties: { port: 443, protocol: 'Https', probe: id('probes/up'), ...more } },
    ],
    probes: [{ name: 'up', properties: { protocol: 'Https', path: '/up', host, interval: 10, unhealthyThreshold: 3 } }],
    httpListeners: [
      { name: 'https', properties: { protocol: 'Https', hostName: 'shop.example.com' } },
      { name: 'http', properties: { protocol: 'Http', hostName: 'shop.example.com' } },
    ],
    urlPathMaps: [
      {
        name: 'paths',
        properties: {
          defaultBackendAddressPool: id('backendAddressPools/app'),
          defaultBackendHttpSettings: id('backendHttpSettingsCollection/app'),
          pathRules: [
            {
              name: 'static',
              properties: {
                paths: ['/static/*'],
                backendAddressPool: id('backendAddressPools/static'),
                backendHttpSettings: id('backendHttpSettingsCollection/static'),
              },
            },
          ],
        },
      },
    ],
    redirectConfigurations: [{ name: 'up', properties: { targetListener: id('httpListeners/https') } }],
    requestRoutingRules: [
      { name: 'a', properties: { httpListener: id('httpListeners/https'), urlPathMap: id('urlPathMaps/paths') } },
      {
        name: 'b',
        properties: { httpListener: id('httpListeners/http'), redirectConfiguration: id('redirectConfigurations/up') },
      },
    ],
  });

test('a gateway, with its parts found by the end of their ids', () => {
  const { gateways, entry, hostPreserved } = read({ azapi_resource: { gate: gate() } });
  expect({ entry, hostPreserved }).toEqual({ entry: 'application-gateway', hostPreserved: true });
  expect(gateways).toMatchObject([
    {
      skuName: 'WAF_v2',
      minimumInstances: 2,
      affinity: 'off',
      probes: [{ path: '/up', host: 'shop.azurewebsites.net', detectionSeconds: 30 }],
      unprobedSettings: [],
      backendSettings: [{ protocol: 'Https', probe: 'up' }],
      listeners: [{ redirects: false }, { redirects: true }],
    },
  ]);
});

test('the affinity of a gateway, and a host that it overrides', () => {
  const { affinity, hostPreserved } = read({
    azapi_resource: { gate: gate({ cookieBasedAffinity: 'Enabled', pickHostNameFromBackendAddress: true }) },
  });
  expect([affinity.applicationGateway, hostPreserved]).toEqual(['on', false]);
});

test('the affinity proxy of a site keeps clients behind an overridden host', () => {
  const found = (properties: object) => {
    const update = {
      type: 'Microsoft.Web/sites@2024-11-01',
      resource_id: '${azurerm_linux_web_app.app.id}',
      body: { properties },
    };
    const overridden = gate({ pickHostNameFromBackendAddress: true });
    const one = read({ azapi_resource: { gate: overridden }, azapi_update_resource: { app: update } });
    const [variant] = review([one]).variants;
    return {
      broken: variant?.findings.filter(({ rule }) => rule === 'affinity-behind-overridden-host').length,
      lost: variant?.losses.instance.share,
      where: variant?.stateMap.find(({ component }) => component.includes('ARR'))?.keeps,
    };
  };
  expect(found({ clientAffinityProxyEnabled: false })).toMatchObject({ broken: 1, lost: 1 });
  expect(found({ clientAffinityProxyEnabled: true })).toMatchObject({ broken: 0, lost: 1 / 3 });
  expect(found({ clientAffinityPartitioningEnabled: true }).where).toMatch(/for each site that embeds the app$/);
});

test('a Traffic Manager with its endpoints inside', () => {
  const tm = azapi('Microsoft.Network/trafficManagerProfiles', 'tm', {
    trafficRoutingMethod: 'Priority',
    dnsConfig: { relativeName: 'shop', ttl: 30 },
    monitorConfig: { protocol: 'HTTPS', path: '/up', intervalInSeconds: 10, toleratedNumberOfFailures: 2 },
    endpoints: [
      {
        name: 'first',
        type: 'Microsoft.Network/trafficManagerProfiles/azureEndpoints',
        properties: { targetResourceId: '${azurerm_linux_web_app.app.id}', priority: 1 },
      },
    ],
  });
  expect(read({ azapi_resource: { tm } }).trafficManagers).toMatchObject([
    {
      method: 'Priority',
      probe: { path: '/up', detectionSeconds: 60 },
      endpoints: [{ address: 'azapi_resource.tm.endpoint["first"]', kind: 'app', apps: ['azurerm_linux_web_app.app'] }],
    },
  ]);
});

test('parts of a site that are resources of their own, and the database of a Redis', () => {
  const config = (name: string, properties: object) =>
    azapi('Microsoft.Web/sites/config', name, properties, { parent_id: '${azurerm_linux_web_app.app.id}' });
  const tag = { name: 'fd', priority: 1, action: 'Allow', tag: 'ServiceTag', ipAddress: 'AzureFrontDoor.Backend' };
  const { regions, caches } = read({
    azapi_resource: {
      settings: config('appsettings', {
        SESSION_STORE: 'redis',
        REDIS_URL: '${azapi_resource.cache.output.properties.hostName}',
      }),
      web: config('web', {
        ipSecurityRestrictionsDefaultAction: 'Deny',
        ipSecurityRestrictions: [{ ...tag, headers: { 'x-azure-fdid': ['11111111-1111-1111-1111-111111111111'] } }],
      }),
      cache: {
        type: 'Microsoft.Cache/redisEnterprise@2025-04-01',
        name: 'c',
        location: 'westeurope',
        body: { sku: { name: 'Balanced_B3' } },
      },
      database: azapi(
        'Microsoft.Cache/redisEnterprise/databases',
        'default',
        { evictionPolicy: 'NoEviction' },
        in_('cache'),
      ),
    },
  });
  expect(regions[0]?.app).toMatchObject({
    sessions: 'redis',
    openByDefault: false,
    restrictions: [{ serviceTag: 'AzureFrontDoor.Backend', frontDoorId: true, action: 'Allow' }],
  });
  expect(caches).toMatchObject([{ address: 'azapi_resource.cache', evictionPolicy: 'NoEviction' }]);
});

test.each([
  ['as an object', (body: object) => body],
  ['as JSON', (body: object) => JSON.stringify(body)],
  [
    'by jsonencode in the syntax of HCL',
    (body: object) => `\${jsonencode(${JSON.stringify(body).replaceAll('":', '" = ')})}`,
  ],
])('a body %s', (_, written) => {
  const body = { kind: 'app,linux', properties: { httpsOnly: true, serverFarmId: '${azurerm_service_plan.plan.id}' } };
  const site = { type: 'Microsoft.Web/sites@2024-04-01', name: 's', location: 'westeurope', body: written(body) };
  const [, region] = read({ azapi_resource: { site } }).regions;
  expect(region?.app).toMatchObject({ httpsOnly: true, plan: { address: 'azurerm_service_plan.plan' } });
});

test('a body of which nothing is known makes an app of which nothing is known', () => {
  const site = { type: 'Microsoft.Web/sites@2024-04-01', name: 's', location: 'westeurope', body: '${var.body}' };
  const [, region] = read({ azapi_resource: { site } }).regions;
  expect(region?.app.httpsOnly).toEqual({ unknown: 'azapi_resource.site.https_only is ${var.body}' });
});
