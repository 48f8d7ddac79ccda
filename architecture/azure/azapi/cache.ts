import { isExpression } from '../../terraform/expression';
import type { JsonObject } from '../../terraform/json';
import { at, block, flag, type Mapping, pick } from './mapping';

const opposite = (value: unknown) => (typeof value === 'boolean' ? !value : isExpression(value) ? value : undefined);

/** @see https://learn.microsoft.com/azure/templates/microsoft.cache/allversions */
export const cacheMappings: Readonly<Record<string, Mapping>> = {
  'microsoft.cache/redis': {
    type: () => 'azurerm_redis_cache',
    read: (body) => ({
      ...pick(body, {
        sku_name: 'properties.sku.name',
        family: 'properties.sku.family',
        capacity: 'properties.sku.capacity',
        minimum_tls_version: 'properties.minimumTlsVersion',
        non_ssl_port_enabled: 'properties.enableNonSslPort',
        subnet_id: 'properties.subnetId',
      }),
      zones: body.zones,
      access_keys_authentication_enabled: opposite(at(body, 'properties.disableAccessKeyAuthentication')),
      public_network_access_enabled: flag(at(body, 'properties.publicNetworkAccess')),
      redis_configuration: block(
        pick(at(body, 'properties.redisConfiguration'), {
          maxmemory_policy: 'maxmemory-policy',
          rdb_backup_enabled: 'rdb-backup-enabled',
        }),
      ),
    }),
  },
  'microsoft.cache/redisenterprise': {
    type: (body) =>
      /^Enterprise/i.test(String(at(body, 'sku.name'))) ? 'azurerm_redis_enterprise_cluster' : 'azurerm_managed_redis',
    read: (body): JsonObject => ({
      ...pick(body, {
        sku_name: 'sku.name',
        minimum_tls_version: 'properties.minimumTlsVersion',
        public_network_access: 'properties.publicNetworkAccess',
      }),
      zones: body.zones,
      high_availability_enabled: flag(at(body, 'properties.highAvailability')),
    }),
  },
  'microsoft.cache/redisenterprise/databases': {
    type: () => 'azurerm_managed_redis',
    ofParent: true,
    read: (body) => ({
      default_database: block({
        ...pick(body, {
          client_protocol: 'properties.clientProtocol',
          clustering_policy: 'properties.clusteringPolicy',
          eviction_policy: 'properties.evictionPolicy',
          geo_replication_group_name: 'properties.geoReplication.groupNickname',
        }),
        access_keys_authentication_enabled: flag(at(body, 'properties.accessKeysAuthentication')),
      }),
    }),
  },
};
