import { readArchitecture } from '../../../architecture/read';

const plan = {
  type: 'Microsoft.Web/serverfarms@2024-04-01',
  location: 'westeurope',
  body: { sku: { name: 'P1v3', capacity: 3 } },
};
const site = (properties: object = {}, kind = 'app,linux') => ({
  type: 'Microsoft.Web/sites@2024-04-01',
  name: 'shop',
  location: 'westeurope',
  body: { kind, properties: { serverFarmId: '${azapi_resource.plan.id}', ...properties } },
});
const read = (resources: object, more: object = {}) =>
  readArchitecture({ resource: { azapi_resource: { plan, ...resources }, ...more } }, 'azapi');

test('a site is a web app of its kind, with the settings that its list holds', () => {
  const appSettings = [{ name: 'SESSION_STORE', value: 'memory' }];
  const siteConfig = { appSettings, healthCheckPath: '/up', minTlsVersion: '1.3' };
  const { regions } = read({ shop: site({ httpsOnly: true, publicNetworkAccess: 'Disabled', siteConfig }) });
  expect(regions).toMatchObject([
    {
      location: 'westeurope',
      app: {
        address: 'azapi_resource.shop',
        sessions: 'in-process',
        httpsOnly: true,
        publicAccess: false,
        healthCheckPath: '/up',
        minimumTls: '1.3',
        plan: { address: 'azapi_resource.plan', instances: 3, os: 'Windows' },
      },
    },
  ]);
});

test('Azure turns affinity on where it is left out, and azurerm off', () => {
  expect(read({ shop: site() }).regions[0]?.app).toMatchObject({ affinity: 'on', affinityStated: false });
  expect(read({ shop: site({ clientAffinityEnabled: false }) }).regions[0]?.app).toMatchObject({
    affinity: 'off',
    affinityStated: true,
  });
});

test('an expression stays unknown with what it refers to', () => {
  expect(read({ shop: site({ httpsOnly: '${var.secure}' }) }).regions[0]?.app.httpsOnly).toEqual({
    unknown: 'azapi_resource.shop.https_only is ${var.secure}',
  });
});

test('a function app is not a web app', () => {
  expect(() => read({ jobs: site({}, 'functionapp,linux') })).toThrow(/declares no App Service web app/);
});

test('a body in JSON, as before azapi 2, is read', () => {
  const { body, ...rest } = site({ httpsOnly: true });
  expect(read({ shop: { ...rest, body: JSON.stringify(body) } }).regions[0]?.app.httpsOnly).toBe(true);
});

test('an update changes what it is for, and nothing else', () => {
  const app = {
    location: 'westeurope',
    https_only: true,
    service_plan_id: '${azapi_resource.plan.id}',
    site_config: { health_check_path: '/up' },
  };
  const update = {
    type: 'Microsoft.Web/sites@2024-04-01',
    resource_id: '${azurerm_linux_web_app.app.id}',
    body: { properties: { clientAffinityEnabled: true, siteConfig: { minTlsVersion: '1.3' } } },
  };
  const more = { azurerm_linux_web_app: { app, other: app }, azapi_update_resource: { app: update } };
  expect(
    read({}, more).regions.map(({ app: one }) => [one.affinity, one.minimumTls, one.healthCheckPath, one.httpsOnly]),
  ).toEqual([
    ['on', '1.3', '/up', true],
    ['off', '1.2', '/up', true],
  ]);
});
