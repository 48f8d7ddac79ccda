import { layersInFront } from '../../../architecture/layersInFront';
import { deployment, frontDoor, gateway } from '../../support/review/terraform';

describe('layers whose way to an app is not known', () => {
  const more = {
    ...gateway({ backend_address_pool: { name: 'app', fqdns: ['www.contoso.com'] } }),
    ...frontDoor({ origin: { host_name: 'www.contoso.com' } }),
    azurerm_traffic_manager_profile: { tm: { traffic_routing_method: 'Priority' } },
    azurerm_traffic_manager_external_endpoint: {
      e: { profile_id: '${azurerm_traffic_manager_profile.tm.id}', target: 'www.contoso.com', priority: 1 },
    },
  };

  test('are in the deployment, with the reason', () => {
    const open = (address: string) => ({ unknown: `${address} names no web app of this document` });
    expect(deployment({ more })).toMatchObject({
      gateways: [
        {
          address: 'azurerm_application_gateway.gate',
          skuName: 'WAF_v2',
          apps: [],
          open: open('azurerm_application_gateway.gate.backend_address_pool'),
        },
      ],
      frontDoors: [
        {
          address: 'azurerm_cdn_frontdoor_profile.door',
          skuName: 'Premium_AzureFrontDoor',
          groups: [{ address: 'azurerm_cdn_frontdoor_origin_group.group' }],
          origins: [{ apps: [], open: open('azurerm_cdn_frontdoor_origin.app.host_name') }],
        },
      ],
      trafficManagers: [
        {
          address: 'azurerm_traffic_manager_profile.tm',
          endpoints: [{ apps: [], open: open('azurerm_traffic_manager_external_endpoint.e.target') }],
        },
      ],
    });
  });

  test('are not in front of an app', () =>
    expect(layersInFront(deployment({ more }))).toMatchObject({ gateways: [], frontDoors: [] }));
});

test('each profile of Front Door is its own, with its own origin groups', () => {
  const one = frontDoor();
  const more = {
    ...one,
    azurerm_cdn_frontdoor_profile: {
      ...one.azurerm_cdn_frontdoor_profile,
      other: { sku_name: 'Standard_AzureFrontDoor' },
    },
    azurerm_cdn_frontdoor_origin_group: {
      ...one.azurerm_cdn_frontdoor_origin_group,
      other: { cdn_frontdoor_profile_id: '${azurerm_cdn_frontdoor_profile.other.id}' },
    },
  };
  expect(
    deployment({ more }).frontDoors.map(({ address, groups }) => [address, groups.map((group) => group.address)]),
  ).toEqual([
    ['azurerm_cdn_frontdoor_profile.door', ['azurerm_cdn_frontdoor_origin_group.group']],
    ['azurerm_cdn_frontdoor_profile.other', ['azurerm_cdn_frontdoor_origin_group.other']],
  ]);
});

test('an app, its plan and its cache are each one object, wherever they are referred to', () => {
  const read = deployment();
  expect(read.regions[0]?.app.plan).toBe(read.plans[0]);
});
