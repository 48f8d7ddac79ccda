import { deployment } from '../../support/review/terraform';

const fact = <K extends 'publicAccess' | 'deniesByDefault' | 'zoneRedundant'>(more: Record<string, object>, key: K) =>
  deployment({ more }).dataServices[0]?.[key];

describe.each([
  ['azurerm_postgresql_flexible_server', 'azurerm_postgresql_flexible_server_firewall_rule', 'server_id', 'id'],
  ['azurerm_mysql_flexible_server', 'azurerm_mysql_flexible_server_firewall_rule', 'server_name', 'name'],
  ['azurerm_mssql_server', 'azurerm_mssql_firewall_rule', 'server_id', 'id'],
])('%s', (type, ruleType, server, attribute) => {
  const rule = (start: unknown, of: string = `\${${type}.db.${attribute}}`) => ({
    [type]: { db: { name: 'db' } },
    [ruleType]: { r: { start_ip_address: start, end_ip_address: start, [server]: of } },
  });

  test('denies clients that no rule names; a rule that starts at 0.0.0.0 names all of Azure, or everybody', () => {
    expect(fact({ [type]: { db: {} } }, 'deniesByDefault')).toBe(true);
    expect(fact(rule('203.0.113.7'), 'deniesByDefault')).toBe(true);
    expect(fact(rule('0.0.0.0'), 'deniesByDefault')).toBe(false);
  });

  test('a rule of another server does not count, and a rule that may be its own makes the answer unknown', () => {
    expect(fact(rule('0.0.0.0', '/elsewhere'), 'deniesByDefault')).toBe(true);
    expect(fact(rule('0.0.0.0', '${var.server}'), 'deniesByDefault')).toEqual({
      unknown: `${ruleType}.r.${server} is \${var.server}`,
    });
    expect(fact(rule('${var.from}'), 'deniesByDefault')).toEqual({
      unknown: `${ruleType}.r.start_ip_address is \${var.from}`,
    });
  });
});

test('a server inside a subnet has no public address', () => {
  for (const type of ['azurerm_postgresql_flexible_server', 'azurerm_mysql_flexible_server']) {
    expect(fact({ [type]: { db: { delegated_subnet_id: '${var.subnet}' } } }, 'publicAccess')).toBe(false);
    expect(fact({ [type]: { db: { delegated_subnet_id: '' } } }, 'publicAccess')).toBe(true);
  }
});

test('MySQL says whether it is public by either of two arguments', () => {
  const mysql = (change: object) => fact({ azurerm_mysql_flexible_server: { db: change } }, 'publicAccess');
  expect(mysql({ public_network_access: 'Disabled' })).toBe(false);
  expect(mysql({ public_network_access_enabled: false })).toBe(false);
  expect(mysql({})).toBe(true);
});

describe('Cosmos DB', () => {
  const cosmos = (change: object) => ({ azurerm_cosmosdb_account: { db: change } });

  test('is zone redundant where all of its places are', () => {
    const places = (...zoned: boolean[]) => cosmos({ geo_location: zoned.map((one) => ({ zone_redundant: one })) });
    expect(fact(places(true, true), 'zoneRedundant')).toBe(true);
    expect(fact(places(true, false), 'zoneRedundant')).toBe(false);
  });

  test('denies with its own filter, unless the filter allows all of Azure', () => {
    expect(fact(cosmos({}), 'deniesByDefault')).toBe(false);
    expect(fact(cosmos({ is_virtual_network_filter_enabled: true }), 'deniesByDefault')).toBe(true);
    expect(fact(cosmos({ ip_range_filter: ['203.0.113.0/24'] }), 'deniesByDefault')).toBe(true);
    expect(fact(cosmos({ ip_range_filter: '203.0.113.7,0.0.0.0' }), 'deniesByDefault')).toBe(false);
    expect(fact(cosmos({ ip_range_filter: '' }), 'deniesByDefault')).toBe(false);
  });
});

test('a database in an elastic pool is as redundant as the pool', () => {
  const inPool = (id: string) => ({
    azurerm_mssql_database: { db: { zone_redundant: false, elastic_pool_id: id } },
    azurerm_mssql_elasticpool: { pool: { zone_redundant: true } },
  });
  expect(fact(inPool('${azurerm_mssql_elasticpool.pool.id}'), 'zoneRedundant')).toBe(true);
  expect(fact(inPool(''), 'zoneRedundant')).toBe(false);
  expect(fact(inPool('/elsewhere'), 'zoneRedundant')).toEqual({
    unknown: 'azurerm_mssql_database.db.elastic_pool_id names no elastic pool of this document',
  });
});

test('the older Redis shows by either of two arguments that it accepts connections without TLS, and an empty subnet does not count', () => {
  const cache = (change: object) =>
    deployment({ more: { azurerm_redis_cache: { old: { sku_name: 'Premium', family: 'P', ...change } } } }).caches[0];
  expect(cache({})?.encrypted).toBe(true);
  expect(cache({ enable_non_ssl_port: true })?.encrypted).toBe(false);
  expect(cache({ non_ssl_port_enabled: true })?.encrypted).toBe(false);
  expect(cache({ subnet_id: '' })?.publicAccess).toBe(true);
});
