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
