import { layersInFront } from '../../../architecture/layersInFront';
import { deployment, frontDoor, gateway, secondApp } from '../../support/review/terraform';

const app = 'azurerm_linux_web_app.app';

const second = 'azurerm_linux_web_app.second';

const two = { azurerm_linux_web_app: secondApp() };

const gate = 'azurerm_application_gateway.gate';

const roles = (change: Parameters<typeof deployment>[0]) => deployment(change).regions.map(({ role }) => role);

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

  test('an origin that is off gets no traffic, and the next one takes its place', () => {
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

  test('where a nested profile without endpoints leads is not known', () => {
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
