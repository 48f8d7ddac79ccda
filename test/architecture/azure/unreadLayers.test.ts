import { readArchitecture } from '../../../architecture/read';
import { deployment, secondApp } from '../../support/review/terraform';

const app = 'azurerm_linux_web_app.app';

const two = { azurerm_linux_web_app: secondApp() };

const roles = (change: Parameters<typeof deployment>[0]) => deployment(change).regions.map(({ role }) => role);

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
      'API Management whose policy has the default host name of the app',
      {
        azurerm_linux_web_app: { other: { name: 'app-orders', location: 'westeurope' } },
        azurerm_api_management_api_policy: {
          api: { xml_content: '<set-backend-service base-url="https://app-orders.azurewebsites.net/v1" />' },
        },
      },
      'azurerm_api_management_api_policy.api',
    ],
    [
      'a network of another provider',
      { cloudflare_dns_record: { www: { content: `\${${app}.default_hostname}`, proxied: true } } },
      'cloudflare_dns_record.www',
    ],
    [
      'a Front Door by azapi',
      { azapi_resource: { door: { type: 'Microsoft.Cdn/profiles@2024-02-01' } } },
      'azapi_resource.door',
    ],
  ])('%s makes the entry unknown rather than absent', (_, more, address) => {
    const why = { unknown: `${address} may be in front of the app, and is of a kind that is not read` };
    expect(deployment({ more })).toMatchObject({ entry: why, hostPreserved: why, affinity: { frontDoor: why } });
    expect(
      new Set(
        roles({
          more: {
            ...two,
            ...more,
            azurerm_linux_web_app: {
              ...two.azurerm_linux_web_app,
              ...('azurerm_linux_web_app' in more ? more.azurerm_linux_web_app : {}),
            },
          },
        }),
      ),
    ).toEqual(new Set([why]));
  });

  test.each([
    [
      'a record that is not proxied',
      { cloudflare_dns_record: { www: { content: `\${${app}.default_hostname}`, proxied: false } } },
    ],
    [
      'a policy for an app with a longer name',
      {
        azurerm_linux_web_app: { other: { name: 'orders', location: 'westeurope' } },
        azurerm_api_management_api_policy: { api: { xml_content: 'https://new-orders.azurewebsites.net' } },
      },
    ],
  ])('%s is not in front', (_, more) => expect(deployment({ more }).entry).toBe('app-service'));

  test('an app by azapi is named when there is no other', () =>
    expect(() =>
      readArchitecture(
        { resource: { azapi_resource: { site: { type: 'Microsoft.Web/sites@2024-04-01' } } } },
        'theirs',
      ),
    ).toThrow(/; azapi_resource is not read \(azapi_resource\.site\)\. There is nothing to assess\.$/));
});
