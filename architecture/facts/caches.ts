import { booleanOf, numberOf, textOf } from '../arguments';
import type { CacheFacts } from '../deployment';
import { referencesIn } from '../expression';
import { isUnknown, type Known } from '../model';
import type { TerraformDocument, TerraformResource } from '../terraform';
import { addressesIn, locationOf, mapKnown, ofType, settled, textsInside } from './reading';

export const cacheTypes = ['azurerm_managed_redis', 'azurerm_redis_cache', 'azurerm_redis_enterprise_cluster'];

/** A Redis of any of Azure's kinds. Defaults are azurerm's. */
export function readCache(cache: TerraformResource, document: TerraformDocument): CacheFacts {
  const common = {
    address: cache.address,
    location: locationOf(cache, document),
    skuName: settled(textOf(cache, 'sku_name', document, null), cache, 'sku_name'),
  };
  const text = (path: string, byDefault: string) => textOf(cache, path, document, byDefault);
  const flag = (path: string, byDefault: boolean) => booleanOf(cache, path, document, byDefault);
  if (cache.type === 'azurerm_redis_cache') return readOlder(cache, document, common);
  if (cache.type === 'azurerm_redis_enterprise_cluster') return readEnterprise(cache, document, common);
  const linked = ofType(document, 'azurerm_managed_redis_geo_replication').some(({ body }) =>
    addressesIn([body.managed_redis_id, body.linked_managed_redis_ids].flat(), document).includes(cache.address),
  );
  const backups = ['persistence_append_only_file_backup_frequency', 'persistence_redis_database_backup_frequency'].map(
    (path) => textOf(cache, `default_database.${path}`, document, null),
  );
  return {
    ...common,
    kind: 'managed',
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

type Common = Pick<CacheFacts, 'address' | 'location' | 'skuName'>;

/** Azure Cache for Redis: Basic, Standard and Premium. */
function readOlder(cache: TerraformResource, document: TerraformDocument, common: Common): CacheFacts {
  const flag = (path: string, byDefault: boolean) => booleanOf(cache, path, document, byDefault);
  const { skuName: tier } = common;
  const family = textOf(cache, 'family', document, '');
  const inSubnet = isInSubnet(cache, document);
  const capacity = numberOf(cache, 'capacity', document, 0);
  const plain = flag('non_ssl_port_enabled', false);
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
    accessKeys: flag('access_keys_authentication_enabled', true),
    publicAccess: isUnknown(inSubnet) ? inSubnet : inSubnet ? false : flag('public_network_access_enabled', true),
    // Before azurerm 4 the argument had another name.
    encrypted: mapKnown(plain === false ? flag('enable_non_ssl_port', false) : plain, (open) => !open),
    minimumTls: textOf(cache, 'minimum_tls_version', document, '1.0'),
    geoReplicated: ofType(document, 'azurerm_redis_linked_server').some(({ body }) =>
      addressesIn([body.target_redis_cache_name, body.linked_redis_cache_id], document).includes(cache.address),
    ),
    geoGroup: null,
    persistent: flag('redis_configuration.rdb_backup_enabled', false),
  };
}

function readEnterprise(cache: TerraformResource, document: TerraformDocument, common: Common): CacheFacts {
  const database = ofType(document, 'azurerm_redis_enterprise_database').find(({ body }) =>
    addressesIn(body.cluster_id, document).includes(cache.address),
  );
  const group = database ? textOf(database, 'linked_database_group_nickname', document, null) : null;
  return {
    ...common,
    kind: 'enterprise',
    highAvailability: true,
    accessKeys: true,
    // It has no argument for it: the first private endpoint closes the public door.
    publicAccess: !ofType(document, 'azurerm_private_endpoint').some(({ body }) =>
      addressesIn(textsInside(body.private_service_connection), document).includes(cache.address),
    ),
    encrypted: database
      ? mapKnown(textOf(database, 'client_protocol', document, 'Encrypted'), (protocol) => protocol === 'Encrypted')
      : true,
    minimumTls: textOf(cache, 'minimum_tls_version', document, '1.2'),
    geoReplicated: mapKnown(group, (name) => name !== null),
    geoGroup: group,
    persistent: false,
  };
}

/** A Premium cache that is put into a subnet has no public address. */
function isInSubnet(cache: TerraformResource, document: TerraformDocument): Known<boolean> {
  const subnet = textOf(cache, 'subnet_id', document, null);
  if (!isUnknown(subnet)) return subnet !== null;
  const named = referencesIn(String(cache.body.subnet_id));
  return named.some(({ text }) => /\bazurerm_subnet\./.test(text)) || subnet;
}
