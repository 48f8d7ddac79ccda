import { readArchitecture } from '../../architecture/read';

describe('older and other layers', () => {
  const app = (name: string, location: string) => ({
    [name]: {
      location,
      service_plan_id: '${azurerm_service_plan.big.id}',
      app_settings: { SESSION_STORE: 'redis', CACHE: '${azurerm_redis_cache.c.primary_connection_string}' },
    },
  });
  const endpoint = (name: string, priority: number) => ({
    [name]: {
      profile_id: '${azurerm_traffic_manager_profile.tm.id}',
      target_resource_id: `\${azurerm_windows_web_app.${name}.id}`,
      priority,
    },
  });
  const document = (method: string) => ({
    resource: {
      azurerm_service_plan: { big: { worker_count: 2, sku_name: 'P1v3', os_type: 'Windows' } },
      azurerm_windows_web_app: { ...app('one', 'westeurope'), ...app('two', 'northeurope') },
      azurerm_redis_cache: { c: { location: 'westeurope', sku_name: 'Premium', family: 'P', capacity: 1 } },
      azurerm_traffic_manager_profile: {
        tm: {
          traffic_routing_method: method,
          dns_config: { ttl: 60 },
          monitor_config: { protocol: 'HTTPS', port: 443 },
        },
      },
      azurerm_traffic_manager_azure_endpoint: { ...endpoint('one', 1), ...endpoint('two', 2) },
    },
  });

  test('Traffic Manager answers names: the app stays the entry, and priority makes a standby', () => {
    const read = readArchitecture(document('Priority'), 'theirs');
    expect(read.entry).toBe('app-service');
    expect(read.regions.map(({ role }) => role)).toEqual(['active', 'standby']);
    expect(readArchitecture(document('Performance'), 'theirs').regions.map(({ role }) => role)).toEqual([
      'active',
      'active',
    ]);
  });

  test('priorities that are left to Azure are unknown, beside one that comes first', () => {
    const left = document('Priority');
    const [one, two] = Object.values(left.resource.azurerm_traffic_manager_azure_endpoint) as { priority?: number }[];
    delete two?.priority;
    const why = { unknown: 'azurerm_traffic_manager_azure_endpoint.two.priority is missing' };
    expect(readArchitecture(left, 'theirs').regions.map(({ role }) => role)).toEqual(['active', why]);
    delete one?.priority;
    expect(readArchitecture(left, 'theirs').regions[0]?.role).toEqual({
      unknown: 'azurerm_traffic_manager_azure_endpoint.one.priority is missing',
    });
  });

  test('the older Redis is read by whichever setting names it, with its size and whether it replicates', () => {
    const read = readArchitecture(document('Priority'), 'theirs');
    expect(read.sessions).toBe('redis');
    expect(read.regions[0]?.redis).toMatchObject({
      address: 'azurerm_redis_cache.c',
      skuName: 'Premium P1',
      highAvailability: true,
      geoReplicated: false,
    });
  });

  test('Front Door that leads to a gateway leads to the apps behind it', () => {
    const chained = {
      resource: {
        azurerm_linux_web_app: { a: { location: 'westeurope' } },
        azurerm_public_ip: { ip: { location: 'westeurope' } },
        azurerm_application_gateway: {
          g: {
            frontend_ip_configuration: { public_ip_address_id: '${azurerm_public_ip.ip.id}' },
            backend_address_pool: { fqdns: ['${azurerm_linux_web_app.a.default_hostname}'] },
            backend_http_settings: { cookie_based_affinity: 'Disabled', pick_host_name_from_backend_address: true },
          },
        },
        azurerm_cdn_frontdoor_origin_group: { g: { session_affinity_enabled: false, load_balancing: {} } },
        azurerm_cdn_frontdoor_origin: {
          o: {
            host_name: '${azurerm_public_ip.ip.fqdn}',
            cdn_frontdoor_origin_group_id: '${azurerm_cdn_frontdoor_origin_group.g.id}',
          },
        },
      },
    };
    expect(readArchitecture(chained, 'theirs')).toMatchObject({
      entry: 'front-door',
      affinity: { applicationGateway: 'off', frontDoor: 'off' },
      // One layer that overrides it is enough.
      hostPreserved: false,
      regions: [{ role: 'active', origin: { address: 'azurerm_cdn_frontdoor_origin.o' } }],
    });
  });

  test('a resource named through a local is found', () => {
    const named = readArchitecture(
      {
        locals: { plan: '${azurerm_service_plan.p.id}' },
        resource: {
          azurerm_service_plan: { p: { worker_count: 5 } },
          azurerm_linux_web_app: { a: { location: 'x', service_plan_id: '${local.plan}' } },
        },
      },
      'theirs',
    );
    expect(named.regions[0]?.app.plan.instances).toBe(5);
  });
});
