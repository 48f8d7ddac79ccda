import type { RedisCache } from '../deployment';
import { isUnknown, type Known, mapKnown } from '../known';
import { booleanOf, locationOf, numberOf, requiredText, states, stringsOf, textOf } from '../terraform/arguments';
import { ofType, type TerraformDocument, type TerraformResource } from '../terraform/document';
import { referencesIn } from '../terraform/expression';
import { addressesIn } from '../terraform/references';
import { managedRedisDefaults, redisCacheDefaults, redisEnterpriseDefaults } from './defaults';
import { hasPrivateEndpoint } from './network';

export const cacheTypes = ['azurerm_managed_redis', 'azurerm_redis_cache', 'azurerm_redis_enterprise_cluster'];

/** A Redis of any of Azure's kinds. */
export function readCache(cache: TerraformResource, document: TerraformDocument): RedisCache {
  const common = {
    address: cache.address,
    location: locationOf(cache, document),
    skuName: requiredText(cache, 'sku_name', document),
  };
  const text = (path: string, byDefault: string) => textOf(cache, path, document, byDefault);
  const flag = (path: string, byDefault: boolean) => booleanOf(cache, path, document, byDefault);
  if (cache.type === 'azurerm_redis_cache') return readOlder(cache, document, common);
  if (cache.type === 'azurerm_redis_enterprise_cluster') return readEnterprise(cache, document, common);
  const linked = ofType(document, 'azurerm_managed_redis_geo_replication').some(({ body }) =>
    addressesIn([body.managed_redis_id, body.linked_managed_redis_ids].flat(), document).includes(cache.address),
  );
  const geoGroup = textOf(cache, 'default_database.geo_replication_group_name', document, null);
  const backups = ['persistence_append_only_file_backup_frequency', 'persistence_redis_database_backup_frequency'].map(
    (path) => textOf(cache, `default_database.${path}`, document, null),
  );
  return {
    ...common,
    kind: 'managed',
    highAvailability: flag('high_availability_enabled', managedRedisDefaults.highAvailability),
    accessKeys: flag('default_database.access_keys_authentication_enabled', managedRedisDefaults.accessKeys),
    publicAccess: mapKnown(
      text('public_network_access', managedRedisDefaults.publicAccess),
      (access) => access !== 'Disabled',
    ),
    encrypted: mapKnown(
      text('default_database.client_protocol', managedRedisDefaults.clientProtocol),
      (protocol) => protocol === 'Encrypted',
    ),
    minimumTls: managedRedisDefaults.minimumTls,
    geoGroup,
    linked,
    geoReplicated: isGeoReplicated(cache.address, linked, geoGroup),
    persistent: backups.find(isUnknown) ?? backups.some((frequency) => frequency !== null),
    zones: [],
    clusteringPolicy: text('default_database.clustering_policy', managedRedisDefaults.clusteringPolicy),
    statesClusteringPolicy: states(cache, 'default_database.clustering_policy'),
    evictionPolicy: text('default_database.eviction_policy', managedRedisDefaults.evictionPolicy),
  };
}

type Common = Pick<RedisCache, 'address' | 'location' | 'skuName'>;

/** Azure Cache for Redis: Basic, Standard and Premium. */
function readOlder(cache: TerraformResource, document: TerraformDocument, common: Common): RedisCache {
  const flag = (path: string, byDefault: boolean) => booleanOf(cache, path, document, byDefault);
  const { skuName: tier } = common;
  const family = textOf(cache, 'family', document, '');
  const inSubnet = isInSubnet(cache, document);
  const capacity = numberOf(cache, 'capacity', document, 0);
  const plain = flag('non_ssl_port_enabled', redisCacheDefaults.nonSslPort);
  return {
    ...common,
    kind: 'cache',
    skuName: isUnknown(tier)
      ? tier
      : isUnknown(family)
        ? family
        : mapKnown(capacity, (size) => `${tier} ${family}${size}`),
    // Basic is one node; Standard and Premium replicate.
    highAvailability: mapKnown(tier, (name) => name !== 'Basic'),
    accessKeys: flag('access_keys_authentication_enabled', redisCacheDefaults.accessKeys),
    publicAccess: mapKnown(inSubnet, (inside) =>
      inside ? false : flag('public_network_access_enabled', redisCacheDefaults.publicAccess),
    ),
    // Before azurerm 4 the argument had another name.
    encrypted: mapKnown(
      plain === false ? flag('enable_non_ssl_port', redisCacheDefaults.nonSslPort) : plain,
      (open) => !open,
    ),
    minimumTls: textOf(cache, 'minimum_tls_version', document, redisCacheDefaults.minimumTls),
    geoGroup: null,
    linked: ofType(document, 'azurerm_redis_linked_server').some(({ body }) =>
      addressesIn([body.target_redis_cache_name, body.linked_redis_cache_id], document).includes(cache.address),
    ),
    // A link of this kind is passive: the secondary takes no writes.
    geoReplicated: false,
    persistent: flag('redis_configuration.rdb_backup_enabled', redisCacheDefaults.backup),
    zones: stringsOf(cache, 'zones', document),
    clusteringPolicy: null,
    statesClusteringPolicy: null,
    evictionPolicy: textOf(cache, 'redis_configuration.maxmemory_policy', document, redisCacheDefaults.evictionPolicy),
  };
}

function readEnterprise(cache: TerraformResource, document: TerraformDocument, common: Common): RedisCache {
  const database = ofType(document, 'azurerm_redis_enterprise_database').find(({ body }) =>
    addressesIn(body.cluster_id, document).includes(cache.address),
  );
  const geoGroup = database ? textOf(database, 'linked_database_group_nickname', document, null) : null;
  const linked = mapKnown(geoGroup, (name) => name !== null);
  return {
    ...common,
    kind: 'enterprise',
    highAvailability: true,
    accessKeys: true,
    // It has no argument for public access: the first private endpoint turns it off.
    publicAccess: !hasPrivateEndpoint(cache, document),
    encrypted: database
      ? mapKnown(
          textOf(database, 'client_protocol', document, redisEnterpriseDefaults.clientProtocol),
          (protocol) => protocol === 'Encrypted',
        )
      : true,
    minimumTls: textOf(cache, 'minimum_tls_version', document, redisEnterpriseDefaults.minimumTls),
    geoGroup,
    linked,
    geoReplicated: isGeoReplicated(cache.address, linked, geoGroup),
    persistent: false,
    zones: stringsOf(cache, 'zones', document),
    clusteringPolicy: database
      ? textOf(database, 'clustering_policy', document, managedRedisDefaults.clusteringPolicy)
      : null,
    statesClusteringPolicy: database ? states(database, 'clustering_policy') : null,
    evictionPolicy: database
      ? textOf(database, 'eviction_policy', document, managedRedisDefaults.evictionPolicy)
      : managedRedisDefaults.evictionPolicy,
  };
}

/** A Premium cache inside a subnet has no public address. */
function isInSubnet(cache: TerraformResource, document: TerraformDocument): Known<boolean> {
  const subnet = textOf(cache, 'subnet_id', document, null);
  if (!isUnknown(subnet)) return subnet !== null;
  const named = referencesIn(String(cache.body.subnet_id));
  return named.some(({ text }) => /\bazurerm_subnet\./.test(text)) || subnet;
}

/** A group name alone makes a group of one: it takes a link to replicate. */
function isGeoReplicated(address: string, linked: Known<boolean>, group: Known<string | null>): Known<boolean> {
  // A member that is made without a group name cannot be linked: there is no copy of it.
  if (linked === true) return group !== null;
  if (isUnknown(group)) return group;
  return group === null
    ? false
    : {
        unknown: `${address}.default_database.geo_replication_group_name is set, but no azurerm_managed_redis_geo_replication links it here`,
      };
}
