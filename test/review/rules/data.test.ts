import type { Deployment } from '../../../architecture/deployment';
import { publicDataService } from '../../../review/rules/publicDataService';
import { redisAccessKeys } from '../../../review/rules/redisAccessKeys';
import { redisEvictsSessions } from '../../../review/rules/redisEvictsSessions';
import { redisGeoReplication } from '../../../review/rules/redisGeoReplication';
import { redisHighAvailability } from '../../../review/rules/redisHighAvailability';
import { redisRefused } from '../../../review/rules/redisRefused';
import { redisRetiring } from '../../../review/rules/redisRetiring';
import { deployment, onRedis, redis, ruleCases } from '../../support/review/terraform';

const cache = 'azurerm_managed_redis.cache';
const old = 'azurerm_redis_cache.old';
const older = (change: object = {}) => ({
  azurerm_redis_cache: { old: { location: 'westeurope', sku_name: 'Standard', family: 'C', capacity: 1, ...change } },
});
const enterprise = {
  azurerm_redis_enterprise_cluster: { big: { location: 'westeurope', sku_name: 'Enterprise_E10-2' } },
};
const none = ['no Redis', {}, 'not applicable: there is no Redis'] as const;

const evicting = redis({}, { eviction_policy: 'VolatileLRU' });
const named = { SESSION_STORE: undefined, CACHE: 'rediss://${azurerm_managed_redis.cache.hostname}:10000' };

ruleCases(redisEvictsSessions, [
  ['a cache that refuses writes', { settings: onRedis, more: redis() }, `compliant ${cache}`],
  [
    'a cache that drops sessions',
    { settings: onRedis, more: evicting },
    `finding ${cache}: The eviction policy is VolatileLRU: when memory is full Redis drops sessions.`,
  ],
  [
    'an app of which it is unknown where sessions are',
    { settings: named, more: evicting },
    `cannot tell ${cache}: azurerm_linux_web_app.app.app_settings has no SESSION_STORE, so where sessions live is unknown`,
  ],
  ['such an app on a cache that drops nothing', { settings: named, more: redis() }, `compliant ${cache}`],
  [
    'a cache for something else',
    { settings: { ...named, SESSION_STORE: 'cookie' }, more: evicting },
    'not applicable: no Redis that an app names is known to hold sessions',
  ],
]);

ruleCases(redisHighAvailability, [
  ['with a replica', { more: { ...redis(), ...older() } }, `compliant ${cache}`, `compliant ${old}`],
  [
    'without',
    { more: { ...redis({ high_availability_enabled: false }), ...older({ sku_name: 'Basic' }) } },
    `finding ${cache}: One node holds the sessions: its patching or failure loses all of them.`,
    `finding ${old}: One node holds the sessions: its patching or failure loses all of them.`,
  ],
  none,
  [
    'a variable',
    { more: redis({ high_availability_enabled: '${var.ha}' }) },
    `cannot tell ${cache}: ${cache}.high_availability_enabled is \${var.ha}`,
  ],
]);

ruleCases(redisAccessKeys, [
  ['keys off, and off by default in Managed Redis', { more: redis({ default_database: {} }) }, `compliant ${cache}`],
  [
    'keys on, and on by default in the older kind',
    { more: { ...redis({}, { access_keys_authentication_enabled: true }), ...older() } },
    `finding ${cache}: Access keys are accepted.`,
    `finding ${old}: Access keys are accepted.`,
  ],
  none,
  [
    'a variable',
    { more: redis({}, { access_keys_authentication_enabled: '${var.keys}' }) },
    `cannot tell ${cache}: ${cache}.default_database.access_keys_authentication_enabled is \${var.keys}`,
  ],
]);

ruleCases(
  redisRetiring,
  [
    ['Managed Redis', { more: redis() }, `compliant ${cache}`],
    [
      'the kinds that go',
      { more: { ...older(), ...enterprise } },
      `finding ${old}: Azure Cache for Redis retires on 30 September 2028; instances are disabled the day after. Only tenants that already had one can create another.`,
      'finding azurerm_redis_enterprise_cluster.big: Azure Cache for Redis Enterprise retires on 31 March 2027; instances are disabled the day after. New ones are refused since 1 April 2026.',
    ],
    none,
  ],
  // The resource's type says it, which is always known.
  ['compliant', 'finding', 'not applicable'],
);

const grouped = (change: object = {}, database: object = {}) =>
  redis(change, { geo_replication_group_name: 'sessions', ...database });
ruleCases(redisGeoReplication, [
  ['the smallest size that can', { more: grouped() }, `compliant ${cache}`],
  [
    'a size too small',
    { more: grouped({ sku_name: 'Balanced_B1' }) },
    `finding ${cache}: Balanced_B1 cannot be geo-replicated.`,
  ],
  [
    'Flash',
    { more: grouped({ sku_name: 'FlashOptimized_A250' }) },
    `finding ${cache}: FlashOptimized_A250 cannot be geo-replicated.`,
  ],
  ['B10 is not B1', { more: grouped({ sku_name: 'Balanced_B10' }) }, `compliant ${cache}`],
  [
    'without a replica',
    { more: grouped({ high_availability_enabled: false }) },
    `finding ${cache}: A member without high availability cannot be linked.`,
  ],
  [
    'with persistence',
    { more: grouped({}, { persistence_redis_database_backup_frequency: '1h' }) },
    `finding ${cache}: Persistence and geo-replication exclude each other.`,
  ],
  [
    'members of two sizes',
    {
      more: {
        azurerm_managed_redis: {
          ...grouped().azurerm_managed_redis,
          other: { sku_name: 'Balanced_B5', default_database: { geo_replication_group_name: 'sessions' } },
        },
      },
    },
    `finding ${cache}: azurerm_managed_redis.other of the same group has another size: Balanced_B5 beside Balanced_B3.`,
    'finding azurerm_managed_redis.other: azurerm_managed_redis.cache of the same group has another size: Balanced_B3 beside Balanced_B5.',
  ],
  [
    'linked without the name of a group, beside one that is not',
    {
      more: {
        azurerm_managed_redis: { ...redis().azurerm_managed_redis, other: { sku_name: 'Balanced_B5' } },
        azurerm_managed_redis_geo_replication: { g: { managed_redis_id: `\${${cache}.id}` } },
      },
    },
    `finding ${cache}: It is linked without \`geo_replication_group_name\`: a member must be created with one, so linking fails.`,
    'not applicable: azurerm_managed_redis.other is in no geo-replication group',
  ],
  ['in no group', { more: redis() }, `not applicable: ${cache} is in no geo-replication group`],
  none,
  [
    'a size that is a variable',
    { more: grouped({ sku_name: '${var.sku}' }) },
    `cannot tell ${cache}: ${cache}.sku_name is \${var.sku}`,
  ],
]);

const vault = (change: object) => ({ azurerm_key_vault: { vault: { location: 'westeurope', ...change } } });
ruleCases(publicDataService, [
  [
    'closed, or open to named addresses',
    { more: { ...redis(), ...vault({ network_acls: { default_action: 'Deny' } }) } },
    `compliant ${cache}`,
    'compliant azurerm_key_vault.vault',
  ],
  [
    'closed by network rules of their own, and in a subnet',
    {
      more: {
        ...older({ sku_name: 'Premium', subnet_id: '${azurerm_subnet.data.id}' }),
        azurerm_storage_account: { files: {} },
        azurerm_storage_account_network_rules: {
          files: { storage_account_id: '${azurerm_storage_account.files.id}', default_action: 'Deny' },
        },
      },
    },
    `compliant ${old}`,
    'compliant azurerm_storage_account.files',
  ],
  [
    'a subnet that is a variable',
    { more: older({ subnet_id: '${var.subnet}' }) },
    `cannot tell ${old}: ${old}.subnet_id is \${var.subnet}`,
  ],
  [
    'left to the default, which is open',
    { more: { ...redis({ public_network_access: undefined }), ...vault({}) } },
    `finding ${cache}: The Redis is reachable from any network.`,
    'finding azurerm_key_vault.vault: The Key Vault is reachable from any network.',
  ],
  ['no such service', {}, 'not applicable: there is no service that holds data'],
  [
    'closed for all but a variable, and with a firewall whatever the door',
    {
      more: {
        azurerm_key_vault: {
          a: { public_network_access_enabled: false, network_acls: { default_action: '${var.action}' } },
          b: { public_network_access_enabled: '${var.open}', network_acls: { default_action: 'Deny' } },
        },
      },
    },
    'compliant azurerm_key_vault.a',
    'compliant azurerm_key_vault.b',
  ],
  [
    'a variable',
    { more: vault({ public_network_access_enabled: '${var.open}' }) },
    'cannot tell azurerm_key_vault.vault: azurerm_key_vault.vault.public_network_access_enabled is ${var.open}',
  ],
]);

ruleCases(
  redisRefused,
  [
    ['the kinds that are created', { more: { ...older(), ...redis() } }, `compliant ${old}`, `compliant ${cache}`],
    [
      'a kind that is not',
      { more: enterprise },
      'finding azurerm_redis_enterprise_cluster.big: It is of the Enterprise tiers, of which Azure creates no new cache since 1 April 2026: an apply that has to create it fails.',
    ],
    none,
  ],
  ['compliant', 'finding', 'not applicable'],
);

describe('an Enterprise cache in a plan', () => {
  const planned = (actions: readonly string[]): Deployment => ({
    ...deployment({ more: enterprise }),
    planned: new Map([
      [
        'azurerm_redis_enterprise_cluster.big',
        { actions, replacePaths: [], previousAddress: null, reason: null, imported: false },
      ],
    ]),
  });
  test.each([
    [['create'], 'finding'],
    [['delete', 'create'], 'finding'],
    [['update'], 'not applicable'],
    [['no-op'], 'not applicable'],
  ])('that is to be %j: %s', (actions, kind) =>
    expect(redisRefused.check(planned(actions)).map((answer) => answer.kind)).toEqual([kind]),
  );
});

test('turning keys off says what it costs in a geo-replication group', () => {
  const fixes = (database: object) =>
    redisAccessKeys
      .check(deployment({ more: redis({}, { access_keys_authentication_enabled: true, ...database }) }))
      .map((answer) => ('fix' in answer ? answer.fix : ''));
  expect(fixes({ geo_replication_group_name: 'g' })).toEqual([expect.stringContaining('unlink the members')]);
  expect(fixes({})).toEqual([expect.not.stringContaining('unlink')]);
});
