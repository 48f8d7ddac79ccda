import type { CacheFacts, DataServiceFacts } from '../deployment';
import { isUnknown, type Known } from '../model';
import { booleanOf, innerBlocks, numberOf, type TerraformDocument, type TerraformResource, textOf } from '../terraform';
import { addressesIn, locationOf, mapKnown, ofType, settled } from './reading';

export const cacheTypes = ['azurerm_managed_redis', 'azurerm_redis_cache', 'azurerm_redis_enterprise_cluster'];

/** Defaults are azurerm's. */
export function readCache(cache: TerraformResource, document: TerraformDocument): CacheFacts {
  const { address } = cache;
  const location = locationOf(cache, document);
  const text = (path: string, byDefault: string) => textOf(cache, path, document, byDefault);
  const flag = (path: string, byDefault: boolean) => booleanOf(cache, path, document, byDefault);
  const sku = settled(textOf(cache, 'sku_name', document, null), cache, 'sku_name');
  if (cache.type === 'azurerm_redis_cache') {
    const family = text('family', '');
    const inSubnet = isInSubnet(cache, document);
    const capacity = numberOf(cache, 'capacity', document, 0);
    return {
      address,
      kind: 'cache',
      location,
      skuName: isUnknown(sku)
        ? sku
        : isUnknown(family)
          ? family
          : mapKnown(capacity, (size) => `${sku} ${family}${size}`),
      // Basic is one node; Standard and Premium replicate.
      highAvailability: mapKnown(sku, (name) => name !== 'Basic'),
      accessKeys: flag('access_keys_authentication_enabled', true),
      publicAccess: isUnknown(inSubnet) ? inSubnet : inSubnet ? false : flag('public_network_access_enabled', true),
      encrypted: mapKnown(flag('non_ssl_port_enabled', false), (plain) => !plain),
      minimumTls: text('minimum_tls_version', '1.0'),
      geoReplicated: ofType(document, 'azurerm_redis_linked_server').some(({ body }) =>
        addressesIn([body.target_redis_cache_name, body.linked_redis_cache_id], document).includes(address),
      ),
      geoGroup: null,
      persistent: flag('redis_configuration.rdb_backup_enabled', false),
    };
  }
  const databases =
    cache.type === 'azurerm_redis_enterprise_cluster'
      ? ofType(document, 'azurerm_redis_enterprise_database').filter(({ body }) =>
          addressesIn(body.cluster_id, document).includes(address),
        )
      : [];
  if (cache.type === 'azurerm_redis_enterprise_cluster') {
    const [database] = databases;
    const group = database ? textOf(database, 'linked_database_group_nickname', document, null) : null;
    return {
      address,
      kind: 'enterprise',
      location,
      skuName: sku,
      highAvailability: true,
      accessKeys: true,
      publicAccess: !hasPrivateEndpoint(address, document),
      encrypted: database
        ? mapKnown(textOf(database, 'client_protocol', document, 'Encrypted'), (protocol) => protocol === 'Encrypted')
        : true,
      minimumTls: text('minimum_tls_version', '1.2'),
      geoReplicated: mapKnown(group, (name) => name !== null),
      geoGroup: group,
      persistent: false,
    };
  }
  const linked = ofType(document, 'azurerm_managed_redis_geo_replication').some(({ body }) =>
    addressesIn([body.managed_redis_id, body.linked_managed_redis_ids].flat(), document).includes(address),
  );
  const backups = ['persistence_append_only_file_backup_frequency', 'persistence_redis_database_backup_frequency'].map(
    (path) => textOf(cache, `default_database.${path}`, document, null),
  );
  return {
    address,
    kind: 'managed',
    location,
    skuName: sku,
    highAvailability: flag('high_availability_enabled', true),
    accessKeys: flag('default_database.access_keys_authentication_enabled', false),
    publicAccess: mapKnown(text('public_network_access', 'Enabled'), (access) => access !== 'Disabled'),
    encrypted: mapKnown(text('default_database.client_protocol', 'Encrypted'), (protocol) => protocol === 'Encrypted'),
    // TLS 1.2 and 1.3 only. @see https://learn.microsoft.com/azure/redis/overview
    minimumTls: '1.2',
    geoReplicated: linked,
    geoGroup: textOf(cache, 'default_database.geo_replication_group_name', document, null),
    persistent: backups.find(isUnknown) ?? backups.some((frequency) => frequency !== null),
  };
}

/** A Premium cache that is put into a subnet has no public address. */
function isInSubnet(cache: TerraformResource, document: TerraformDocument): Known<boolean> {
  const subnet = textOf(cache, 'subnet_id', document, null);
  return isUnknown(subnet) ? /\bazurerm_subnet\./.test(subnet.unknown) || subnet : subnet !== null;
}

const hasPrivateEndpoint = (address: string, document: TerraformDocument) =>
  ofType(document, 'azurerm_private_endpoint').some((endpoint) => {
    const connections = innerBlocks(endpoint, 'private_service_connection');
    return (
      !isUnknown(connections) &&
      connections.some(({ body }) => addressesIn(body.private_connection_resource_id, document).includes(address))
    );
  });

interface Service {
  readonly name: string;
  readonly publicAccess: (resource: TerraformResource, document: TerraformDocument) => Known<boolean>;
  readonly denies: string | null;
  readonly zoneRedundant: ((resource: TerraformResource, document: TerraformDocument) => Known<boolean>) | null;
  readonly tls: { readonly path: string; readonly byDefault: string } | null;
}

const flagged = (path: string, byDefault: boolean) => (resource: TerraformResource, document: TerraformDocument) =>
  booleanOf(resource, path, document, byDefault);

/** Services that commonly stand behind a web app, with azurerm's arguments and defaults. */
const services: Readonly<Record<string, Service>> = {
  azurerm_key_vault: {
    name: 'Key Vault',
    publicAccess: flagged('public_network_access_enabled', true),
    denies: 'network_acls.default_action',
    zoneRedundant: null,
    tls: null,
  },
  azurerm_storage_account: {
    name: 'storage account',
    publicAccess: flagged('public_network_access_enabled', true),
    denies: 'network_rules.default_action',
    zoneRedundant: (resource, document) =>
      mapKnown(
        settled(textOf(resource, 'account_replication_type', document, null), resource, 'account_replication_type'),
        (type) => /ZRS$/i.test(type),
      ),
    tls: { path: 'min_tls_version', byDefault: 'TLS1_2' },
  },
  azurerm_mssql_server: {
    name: 'SQL server',
    publicAccess: flagged('public_network_access_enabled', true),
    denies: null,
    zoneRedundant: null,
    tls: { path: 'minimum_tls_version', byDefault: '1.2' },
  },
  azurerm_mssql_database: {
    name: 'SQL database',
    publicAccess: () => false,
    denies: null,
    zoneRedundant: flagged('zone_redundant', false),
    tls: null,
  },
  azurerm_postgresql_flexible_server: {
    name: 'PostgreSQL server',
    publicAccess: flagged('public_network_access_enabled', true),
    denies: null,
    zoneRedundant: (resource, document) =>
      mapKnown(textOf(resource, 'high_availability.mode', document, ''), (mode) => mode === 'ZoneRedundant'),
    tls: null,
  },
  azurerm_mysql_flexible_server: {
    name: 'MySQL server',
    publicAccess: (resource, document) =>
      mapKnown(textOf(resource, 'public_network_access', document, 'Enabled'), (access) => access !== 'Disabled'),
    denies: null,
    zoneRedundant: (resource, document) =>
      mapKnown(textOf(resource, 'high_availability.mode', document, ''), (mode) => mode === 'ZoneRedundant'),
    tls: null,
  },
  azurerm_cosmosdb_account: {
    name: 'Cosmos DB account',
    publicAccess: flagged('public_network_access_enabled', true),
    denies: null,
    zoneRedundant: flagged('geo_location.zone_redundant', false),
    tls: { path: 'minimal_tls_version', byDefault: 'Tls12' },
  },
};

export const dataServiceTypes = Object.keys(services);

export function readDataService(resource: TerraformResource, document: TerraformDocument): DataServiceFacts {
  const service = services[resource.type] as Service;
  const rules = ofType(document, 'azurerm_storage_account_network_rules').find(({ body }) =>
    addressesIn(body.storage_account_id, document).includes(resource.address),
  );
  return {
    address: resource.address,
    service: service.name,
    location: locationOf(resource, document),
    publicAccess: service.publicAccess(resource, document),
    deniesByDefault:
      service.denies === null
        ? false
        : mapKnown(
            rules
              ? textOf(rules, 'default_action', document, 'Allow')
              : textOf(resource, service.denies, document, 'Allow'),
            (action) => action === 'Deny',
          ),
    zoneRedundant: service.zoneRedundant?.(resource, document) ?? null,
    minimumTls: service.tls ? textOf(resource, service.tls.path, document, service.tls.byDefault) : null,
  };
}
