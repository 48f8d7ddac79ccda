import type { DataService } from '../deployment';
import { everyKnown, isUnknown, type Known, mapKnown } from '../known';
import { argumentOf, booleanOf, innerBlocks, requiredText, stringsOf, textOf } from '../terraform/arguments';
import { ofType, type TerraformDocument, type TerraformResource } from '../terraform/document';
import { isExpression } from '../terraform/expression';
import { mentioned, named, refersTo, unresolved, valuesInside } from '../terraform/references';

type Fact = (resource: TerraformResource, document: TerraformDocument) => Known<boolean>;

interface Service {
  readonly name: string;
  readonly publicAccess: Fact;
  /** Whether its own firewall allows only the clients that it names. */
  readonly denies: Fact;
  readonly zoneRedundant: Fact | null;
  readonly tls: { readonly path: string; readonly byDefault: string } | null;
}

const flagged =
  (path: string, byDefault: boolean): Fact =>
  (resource, document) =>
    booleanOf(resource, path, document, byDefault);

const whereText =
  (path: string, byDefault: string, judge: (text: string) => boolean): Fact =>
  (resource, document) =>
    mapKnown(textOf(resource, path, document, byDefault), judge);

const never: Fact = () => false;
const isPublic = flagged('public_network_access_enabled', true);

/** Inside a subnet a server has no public address. */
const unlessInSubnet =
  (fact: Fact): Fact =>
  (resource, document) => {
    const subnet = argumentOf(resource, 'delegated_subnet_id', document);
    return subnet !== undefined && subnet !== '' ? false : fact(resource, document);
  };

/** A database server allows only addresses that a rule names; a rule from 0.0.0.0 means all of Azure, or everybody. */
const unlessRuled =
  (type: string, server: string): Fact =>
  (resource, document) => {
    const rules = ofType(document, type).filter((rule) => refersTo(rule, server, resource, document));
    const open = ofType(document, type).find(
      (rule) => isExpression(rule.body[server]) && !named(rule, server, document, [resource.type]),
    );
    if (open) return unresolved(open, server, 'server', document);
    const wide = everyKnown(rules, (rule) =>
      whereText('start_ip_address', '', (from) => from === '0.0.0.0')(rule, document),
    );
    return mapKnown(wide, (all) => !all.includes(true));
  };

const highAvailability = whereText('high_availability.mode', '', (mode) => mode === 'ZoneRedundant');

/**
 * Services that web apps commonly use, with azurerm's arguments and its defaults for each.
 *
 * @see https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs
 */
const services: Readonly<Record<string, Service>> = {
  azurerm_key_vault: {
    name: 'Key Vault',
    publicAccess: isPublic,
    denies: whereText('network_acls.default_action', 'Allow', (action) => action === 'Deny'),
    zoneRedundant: null,
    tls: null,
  },
  azurerm_storage_account: {
    name: 'storage account',
    publicAccess: isPublic,
    denies: (resource, document) => {
      const rules = ofType(document, 'azurerm_storage_account_network_rules').find((one) =>
        refersTo(one, 'storage_account_id', resource, document),
      );
      const [from, path] = rules ? [rules, 'default_action'] : [resource, 'network_rules.default_action'];
      return whereText(path, 'Allow', (action) => action === 'Deny')(from, document);
    },
    zoneRedundant: (resource, document) => {
      const argument = 'account_replication_type';
      return mapKnown(requiredText(resource, argument, document), (type) => /ZRS$/i.test(type));
    },
    tls: { path: 'min_tls_version', byDefault: 'TLS1_2' },
  },
  azurerm_mssql_server: {
    name: 'SQL server',
    publicAccess: isPublic,
    denies: unlessRuled('azurerm_mssql_firewall_rule', 'server_id'),
    zoneRedundant: null,
    tls: { path: 'minimum_tls_version', byDefault: '1.2' },
  },
  azurerm_mssql_database: {
    name: 'SQL database',
    publicAccess: never,
    denies: never,
    // In an elastic pool the pool decides.
    zoneRedundant: (resource, document) => {
      const own = flagged('zone_redundant', false);
      if ((argumentOf(resource, 'elastic_pool_id', document) ?? '') === '') return own(resource, document);
      const pool = named(resource, 'elastic_pool_id', document, ['azurerm_mssql_elasticpool']);
      if (!pool) return unresolved(resource, 'elastic_pool_id', 'elastic pool', document);
      return isUnknown(pool) ? pool : own(pool, document);
    },
    tls: null,
  },
  azurerm_postgresql_flexible_server: {
    name: 'PostgreSQL server',
    publicAccess: unlessInSubnet(isPublic),
    denies: unlessRuled('azurerm_postgresql_flexible_server_firewall_rule', 'server_id'),
    zoneRedundant: highAvailability,
    tls: null,
  },
  azurerm_mysql_flexible_server: {
    name: 'MySQL server',
    publicAccess: unlessInSubnet((resource, document) => {
      const named = whereText(
        'public_network_access',
        'Enabled',
        (access) => access !== 'Disabled',
      )(resource, document);
      return named === true ? isPublic(resource, document) : named;
    }),
    denies: unlessRuled('azurerm_mysql_flexible_server_firewall_rule', 'server_name'),
    zoneRedundant: highAvailability,
    tls: null,
  },
  azurerm_cosmosdb_account: {
    name: 'Cosmos DB account',
    publicAccess: isPublic,
    denies: (resource, document) => {
      const filtered = booleanOf(resource, 'is_virtual_network_filter_enabled', document, false);
      if (filtered !== false) return filtered;
      return mapKnown(stringsOf(resource, 'ip_range_filter', document), (ranges) => {
        const all = ranges.flatMap((range) => range.split(',')).filter((range) => range !== '');
        return all.length > 0 && !all.includes('0.0.0.0');
      });
    },
    zoneRedundant: (resource, document) =>
      mapKnown(
        everyKnown(innerBlocks(resource, 'geo_location'), (place) => flagged('zone_redundant', false)(place, document)),
        (places) => places.length > 0 && places.every(Boolean),
      ),
    tls: { path: 'minimal_tls_version', byDefault: 'Tls12' },
  },
};

export const dataServiceTypes = Object.keys(services);

/** A service that holds data, other than Redis: how it can be reached, and what it survives. */
export function readDataService(resource: TerraformResource, document: TerraformDocument): DataService {
  const { name, publicAccess, denies, zoneRedundant, tls } = services[resource.type] as Service;
  return {
    address: resource.address,
    service: name,
    publicAccess: publicAccess(resource, document),
    deniesByDefault: denies(resource, document),
    zoneRedundant: zoneRedundant?.(resource, document) ?? null,
    minimumTls: tls ? textOf(resource, tls.path, document, tls.byDefault) : null,
    meantForAll: isWebsite(resource, document),
  };
}

/**
 * Whether an account serves a static website: it says so, or a layer in front takes its web endpoint as a backend.
 *
 * @see https://learn.microsoft.com/azure/storage/blobs/storage-blob-static-website
 */
const isWebsite = (resource: TerraformResource, document: TerraformDocument): boolean =>
  [resource.body.static_website].flat().some(Boolean) ||
  ofType(document, 'azurerm_storage_account_static_website').some((one) =>
    refersTo(one, 'storage_account_id', resource, document),
  ) ||
  ofType(document, ...frontTypes).some(({ body }) =>
    valuesInside(body).some((value) => isWebEndpoint(value) && mentioned(value, document).includes(resource)),
  );

const frontTypes = ['azurerm_application_gateway', 'azurerm_cdn_frontdoor_origin', 'azurerm_cdn_endpoint'];

const isWebEndpoint = (value: unknown) =>
  typeof value === 'string' && /\.(primary|secondary)_web_(host|endpoint)\b/.test(value);
