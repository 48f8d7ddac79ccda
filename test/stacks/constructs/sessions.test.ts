import { ManagedRedisAccessPolicyAssignment } from '../../../stacks/bindings/managedRedisAccessPolicyAssignment';
import { PrivateAccess } from '../../../stacks/region/network/privateAccess';
import { GeoReplication, Sessions } from '../../../stacks/region/sessions';
import type { Settings } from '../../../stacks/settings';
import { at, type Block, stackOf, surroundings, texts, three, variant } from './stack';

const built = (geoReplicated: boolean, change: Partial<Settings> = {}) =>
  stackOf((stack, place) => {
    const { network, identity } = surroundings(stack, place);
    const sessions = new Sessions(stack, 'sessions', { place, network, geoReplicated });
    sessions.admit('app', identity);
  }, change);
const alone = built(false);
const redis = alone.one('azurerm_managed_redis');

test('Redis survives a zone, and is reached privately, encrypted and with Entra only', () => {
  expect(redis).toMatchObject({
    high_availability_enabled: true,
    public_network_access: 'Disabled',
    default_database: { client_protocol: 'Encrypted', access_keys_authentication_enabled: false },
  });
  expect(at(alone.one('azurerm_private_endpoint'), 'private_service_connection')).toMatchObject({
    private_connection_resource_id: '${azurerm_managed_redis.sessions.id}',
    subresource_names: ['redisEnterprise'],
  });
});

test('Redis takes the size of the settings, evicts what has an expiry, and shows its clients one endpoint', () => {
  expect(built(false, { redisSku: 'MemoryOptimized_M10' }).one('azurerm_managed_redis').sku_name).toBe(
    'MemoryOptimized_M10',
  );
  expect(redis.default_database).toMatchObject({
    clustering_policy: 'EnterpriseCluster',
    eviction_policy: 'VolatileLRU',
  });
});

test('only a cache that will be linked is created in a group, and none of them persists, which linking forbids', () => {
  expect(redis).not.toHaveProperty('default_database.geo_replication_group_name');
  const linked = built(true).one('azurerm_managed_redis');
  expect(at(linked, 'default_database.geo_replication_group_name')).toBe('sessions');
  for (const one of [redis, linked]) expect(JSON.stringify(one)).not.toMatch(/persistence/);
});

test('an identity is let in by its object id, once the cache can be reached', () => {
  const assignment = alone.one('azurerm_managed_redis_access_policy_assignment');
  expect(assignment).toMatchObject({
    managed_redis_id: '${azurerm_managed_redis.sessions.id}',
    object_id: '${azurerm_user_assigned_identity.identity.principal_id}',
  });
  expect(assignment.depends_on).toEqual(['azurerm_private_endpoint.sessions_private_endpoint']);
});

// Terraform deletes what is replaced, then updates the cache, then makes it again: azurerm recreates the database in that update.
test('what is given to the database is made again with it, in the same apply', () => {
  const recreated = (region: string) =>
    ['clustering_policy', 'geo_replication_group_name'].map(
      (argument) => `azurerm_managed_redis.${region}_sessions.default_database[0].${argument}`,
    );
  for (const word of ['multi-region-active-passive', 'multi-region-active-active']) {
    const terraform = variant(word);
    const triggers = (address: string) =>
      at(terraform.resources.get(address), 'lifecycle.replace_triggered_by') as unknown;
    for (const region of ['swedencentral', 'northeurope']) {
      const access = `azurerm_managed_redis_access_policy_assignment.${region}_sessions_app_access`;
      expect(triggers(access)).toEqual(recreated(region));
      expect(triggers(`azurerm_monitor_diagnostic_setting.${region}_sessions_logs`)).toEqual(recreated(region));
      // The cache itself stays, and so does what is given to it.
      expect(triggers(`azurerm_monitor_diagnostic_setting.${region}_sessions_metrics`)).toBeUndefined();
      expect(triggers(`azurerm_private_endpoint.${region}_sessions_private_endpoint`)).toBeUndefined();
    }
  }
  const link = variant('multi-region-active-active').one('azurerm_managed_redis_geo_replication');
  expect(at(link, 'lifecycle.replace_triggered_by')).toEqual([
    ...recreated('swedencentral'),
    ...recreated('northeurope'),
  ]);
});

test('our own binding writes its two arguments, and an order where it is given one', () => {
  const terraform = stackOf((stack) => {
    const first = new ManagedRedisAccessPolicyAssignment(stack, 'first', { managedRedisId: '/r', objectId: 'o' });
    new ManagedRedisAccessPolicyAssignment(stack, 'second', {
      managedRedisId: '/r',
      objectId: 'p',
      dependsOn: [first],
    });
  });
  const strip = ({ '//': _, ...block }: Block) => block;
  expect(terraform.blocks('azurerm_managed_redis_access_policy_assignment').map(strip)).toEqual([
    { managed_redis_id: '/r', object_id: 'o' },
    {
      managed_redis_id: '/r',
      object_id: 'p',
      depends_on: ['azurerm_managed_redis_access_policy_assignment.first'],
    },
  ]);
});

test('the app finds Redis by name and TLS, without a password', () => {
  const settings = at<Record<string, string>>(variant('zone-redundant').one('azurerm_linux_web_app'), 'app_settings');
  expect(settings.SESSION_STORE).toBe('redis');
  expect(settings.REDIS_URL).toBe('rediss://${azurerm_managed_redis.swedencentral_sessions.hostname}:10000');
  expect(Object.keys(settings).filter((name) => /KEY|PASSWORD/.test(name))).toEqual([]);
});

test('without Redis there is none, and nothing for it in network or settings', () => {
  for (const word of ['single-zone', 'zone-redundant-cookie']) {
    const terraform = variant(word);
    expect(terraform.types.filter((type) => type.includes('redis'))).toEqual([]);
    expect(texts(terraform.json).filter((text) => /redis/i.test(text))).toEqual([]);
  }
});

describe('geo-replication of three regions', () => {
  const terraform = variant('multi-region-active-active', three);
  const members = [...terraform.all('azurerm_managed_redis').keys()].map((address) => `\${${address}.id}`);
  const link = terraform.one('azurerm_managed_redis_geo_replication');

  test('links every member exactly once, in one resource', () => {
    expect(members).toHaveLength(3);
    expect([link.managed_redis_id, ...at<string[]>(link, 'linked_managed_redis_ids')].toSorted()).toEqual(
      members.toSorted(),
    );
  });

  test('waits longer than the half hour after which the provider would give up', () => {
    expect(link.timeouts).toEqual({ create: '90m', update: '90m', delete: '90m' });
  });

  test('comes before anyone is let in, and the app after both: linking discards what a cache held', () => {
    const replication = 'azurerm_managed_redis_geo_replication.geo_replication';
    for (const address of terraform.all('azurerm_managed_redis_access_policy_assignment').keys())
      expect(terraform.before(address)).toContain(replication);
    for (const [address] of terraform.all('azurerm_linux_web_app')) {
      const region = address.replace(/^.*\.(\w+)_hosting_app$/, '$1');
      expect([...terraform.before(address)]).toEqual(
        expect.arrayContaining([
          replication,
          `azurerm_managed_redis_access_policy_assignment.${region}_sessions_app_access`,
        ]),
      );
    }
  });

  test("leaves each region's app to its own member", () => {
    for (const [address, app] of terraform.all('azurerm_linux_web_app')) {
      const region = address.replace(/^.*\.(\w+)_hosting_app$/, '$1');
      expect(at(app, 'app_settings.REDIS_URL')).toBe(
        `rediss://\${azurerm_managed_redis.${region}_sessions.hostname}:10000`,
      );
    }
  });
});

test('a standby has its own Redis, which is not linked to the first', () => {
  const terraform = variant('multi-region-active-passive');
  expect(terraform.all('azurerm_managed_redis').size).toBe(2);
  expect(terraform.types).not.toContain('azurerm_managed_redis_geo_replication');
});

test('one member is no group, two are', () => {
  const link = (count: number) =>
    stackOf((stack, place) => {
      const { network } = surroundings(stack, place);
      const props = { place, network, geoReplicated: true };
      const members = Array.from({ length: count }, (_, index) => new Sessions(stack, `member_${index}`, props));
      new GeoReplication(stack, 'link', { members });
    });
  expect(() => link(1)).toThrow('geo-replication needs at least two members');
  expect(link(2).types).toContain('azurerm_managed_redis_geo_replication');
});

test('a private endpoint registers its name in a zone that the network sees before anyone waits for it', () => {
  const access = stackOf((stack, place) => {
    const { network, identity } = surroundings(stack, place);
    const app = new PrivateAccess(stack, 'access', { place, network, service: 'webApps', resourceId: '/sites/app' });
    app.addSlot('staging', identity);
  });
  expect(access.one('azurerm_private_dns_zone').name).toBe('privatelink.azurewebsites.net');
  const link = 'azurerm_private_dns_zone_virtual_network_link.access_zone_link';
  const endpoints = access.all('azurerm_private_endpoint');
  for (const [address, endpoint] of endpoints) {
    expect(access.before(address)).toContain(link);
    expect(endpoint).toMatchObject({
      subnet_id: '${azurerm_subnet.network_private_endpoints.id}',
      private_dns_zone_group: { private_dns_zone_ids: ['${azurerm_private_dns_zone.access_zone.id}'] },
      private_service_connection: { is_manual_connection: false, private_connection_resource_id: '/sites/app' },
    });
  }
  const subresources = [...endpoints.values()].map((one) => at(one, 'private_service_connection.subresource_names'));
  expect(subresources).toEqual([['sites'], ['sites-staging']]);
  expect(access.before('azurerm_private_endpoint.access_staging')).toContain('azurerm_user_assigned_identity.identity');
});

// https://learn.microsoft.com/azure/redis/how-to-active-geo-replication: "up to five instances". Nothing refuses the sixth.
test('a sixth region cannot join a geo-replication group, and is refused at synth', () => {
  const locations = ['swedencentral', 'northeurope', 'francecentral', 'uksouth', 'norwayeast', 'eastus'];
  const regions = locations.map((location, index) => ({ location, addressSpace: `10.${index}.0.0/16` }));
  const many = { regions, maximumInstances: 30 };
  expect(variant('multi-region-active-active,regions=5', many).types).toContain('azurerm_managed_redis');
  expect(() => variant('multi-region-active-active', many)).toThrow(/at most 5/);
});

test('health fails with Redis only where the settings ask for it, and says nothing of it without Redis', () => {
  const health = (word: string, change: Partial<Settings> = {}) =>
    ['azurerm_linux_web_app', 'azurerm_linux_web_app_slot'].flatMap((type) =>
      variant(word, change)
        .blocks(type)
        .map((site) => at(site, 'app_settings.HEALTH_CHECKS_REDIS')),
    );
  expect(health('zone-redundant')).toEqual(['off', 'off']);
  expect(health('zone-redundant', { healthChecksRedis: false })).toEqual(['off', 'off']);
  expect(health('zone-redundant', { healthChecksRedis: true })).toEqual(['on', 'on']);
  expect(health('zone-redundant-cookie', { healthChecksRedis: true })).toEqual([undefined, undefined]);
});
