import { argumentOf, booleanOf, innerBlocks, textOf, textsOf } from '../arguments';
import type { DataServiceFacts } from '../deployment';
import { isExpression } from '../expression';
import { isUnknown, type Known } from '../model';
import { named, type TerraformDocument, type TerraformResource } from '../terraform';
import { everyKnown, leadsTo, mapKnown, ofType, settled, unresolved } from './reading';

type Fact = (resource: TerraformResource, document: TerraformDocument) => Known<boolean>;

interface Service {
  readonly name: string;
  readonly publicAccess: Fact;
  /** Whether a firewall of its own lets in only whom it names. */
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

/** A database server lets in nobody whom no rule names; from 0.0.0.0 on stands for all that runs in Azure, or for all. */
const unlessRuled =
  (type: string, server: string): Fact =>
  (resource, document) => {
    const rules = ofType(document, type).filter((rule) => leadsTo(rule, server, resource, document));
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

/** Services that commonly stand behind a web app, with azurerm's arguments and defaults. */
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
        leadsTo(one, 'storage_account_id', resource, document),
      );
      const [from, path] = rules ? [rules, 'default_action'] : [resource, 'network_rules.default_action'];
      return whereText(path, 'Allow', (action) => action === 'Deny')(from, document);
    },
    zoneRedundant: (resource, document) => {
      const argument = 'account_replication_type';
      return mapKnown(settled(textOf(resource, argument, document, null), resource, argument), (type) =>
        /ZRS$/i.test(type),
      );
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
      return mapKnown(textsOf(resource, 'ip_range_filter', document), (ranges) => {
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

/** A service that holds data and is no Redis: what of it is reachable, and what it survives. */
export function readDataService(resource: TerraformResource, document: TerraformDocument): DataServiceFacts {
  const { name, publicAccess, denies, zoneRedundant, tls } = services[resource.type] as Service;
  return {
    address: resource.address,
    service: name,
    publicAccess: publicAccess(resource, document),
    deniesByDefault: denies(resource, document),
    zoneRedundant: zoneRedundant?.(resource, document) ?? null,
    minimumTls: tls ? textOf(resource, tls.path, document, tls.byDefault) : null,
  };
}
