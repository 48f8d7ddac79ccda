import fs from 'node:fs';
import path from 'node:path';
import { readArchitecture } from '../../../architecture/read';
import { type Availability, availability } from '../../../review/availability/availability';
import { uptimeColumns, uptimeSentences } from '../../../review/report/uptime';
import { review } from '../../../review/review';
import { prices, sound } from '../../support/review/samples';
import { deployment, frontDoor, gateway, onRedis, redis, secondApp } from '../../support/review/terraform';

const field = (name: string) =>
  readArchitecture(fs.readFileSync(path.join(__dirname, '..', 'field', `${name}.json`), 'utf8'), name);
const uptime = (change: Parameters<typeof deployment>[0]) => availability(deployment(change));
const names = ({ factors }: Pick<Availability, 'factors'>) => factors.map(({ name }) => name);

describe('a Redis that two regions share', () => {
  test('stands in series with both, and is not parallel to itself', () => {
    const { percent, lowPercent, arithmetic, survives } = availability(field('two-regions-one-redis'));
    // App Service 0.9999, one is enough: 1 − 0.0001² = 0.99999999; · Redis 0.9999 · Front Door 0.9999.
    expect(percent).toBe(99.98);
    // 1 − 0.0005² = 0.99999975; · 0.99980001.
    expect(lowPercent).toBe(99.979976);
    expect(arithmetic).toContain(
      '99.999999% · one Redis for all regions: Managed Redis, over zones 99.99% = 99.989999%',
    );
    expect(survives.region).toBe(false);
  });

  test('shows less than one for each region does', () => {
    const own = availability(field('managed-redis-geo'));
    const one = availability(field('two-regions-one-redis'));
    expect(one.percent).toBeLessThan(own.percent as number);
    expect(one.lowPercent).toBeLessThan(own.lowPercent as number);
    expect(own.survives.region).toBe(true);
  });

  test('counts with only the regions that use it', () => {
    const app = (location: string, cache: string) => ({
      ...(secondApp({ location }) as { second: object }).second,
      app_settings: { SESSION_STORE: 'redis', REDIS_URL: `rediss://\${azurerm_managed_redis.${cache}.hostname}:10000` },
    });
    const cache = redis().azurerm_managed_redis.cache;
    const { percent, arithmetic } = uptime({
      settings: onRedis,
      plan: { zone_balancing_enabled: false },
      more: {
        azurerm_linux_web_app: { second: app('northeurope', 'cache'), third: app('uksouth', 'own') },
        azurerm_managed_redis: { cache, own: { ...cache, location: 'uksouth' } },
        ...frontDoor({ others: ['second', 'third'] }),
      },
    });
    // With the shared Redis up (0.9999) all three may serve, without it the third alone; App Service 0.9995.
    const third = 1 - 0.9995 * 0.9999;
    const any = 0.9999 * (1 - 0.0005 ** 2 * third) + 0.0001 * (1 - third);
    expect(percent).toBeCloseTo(any * 0.9999 * 100, 5);
    expect(arithmetic.join('\n')).toContain('with a Redis that several regions share');
  });
});

test('a link without a group name makes no copy: sessions are those of one region', () =>
  expect(field('managed-redis-geo-without-group-name').sessions).toBe('redis'));

describe('zones count only where they are', () => {
  test.each<[string, Parameters<typeof deployment>[0], string[]]>([
    ['a region that has them', {}, ['App Service, zone redundant']],
    ['a region without any', { app: { location: 'westus' }, plan: { location: 'westus' } }, ['App Service']],
    [
      'Managed Redis in a region without any',
      {
        settings: onRedis,
        app: { location: 'westus' },
        plan: { location: 'westus' },
        more: redis({ location: 'westus' }),
      },
      ['App Service', 'Managed Redis, in one zone'],
    ],
  ])('%s', (_, change, expected) => expect(names(uptime(change))).toEqual(expected));

  const older = (type: string, cache: object) => ({
    settings: { SESSION_STORE: 'redis', REDIS_URL: `rediss://\${${type}.old.hostname}:6380` },
    more: { [type]: { old: { location: 'westeurope', ...cache } } },
  });
  test.each<[string, ReturnType<typeof older>, string]>([
    ['Standard', older('azurerm_redis_cache', { sku_name: 'Standard' }), 'Redis'],
    ['Premium in one zone', older('azurerm_redis_cache', { sku_name: 'Premium', zones: ['1'] }), 'Redis'],
    [
      'Premium over zones, for which no more is promised',
      older('azurerm_redis_cache', { sku_name: 'Premium', zones: ['1', '2'] }),
      'Redis',
    ],
    ['Enterprise in one zone', older('azurerm_redis_enterprise_cluster', { sku_name: 'Enterprise_E10-2' }), 'Redis'],
    [
      'Enterprise over zones',
      older('azurerm_redis_enterprise_cluster', { sku_name: 'Enterprise_E10-2', zones: ['1', '2', '3'] }),
      'Redis Enterprise, over zones',
    ],
  ])('%s', (_, change, name) => expect(names(uptime(change))[1]).toBe(name));

  test('a Redis in one zone does not serve on without it; whether Azure spreads another kind by itself is unknown', () => {
    expect(availability(field('redis-premium-one-zone')).survives.zone).toBe(false);
    expect(availability(field('redis-standard-no-zones')).survives.zone).toEqual({
      unknown: expect.stringMatching(/^azurerm_redis_cache\.r\.zones is left out/),
    });
  });
});

describe('a gateway has a promise where it is over zones or scales', () => {
  const fixed = (change: object) => ({
    more: gateway({
      autoscale_configuration: undefined,
      sku: { name: 'WAF_v2', tier: 'WAF_v2', capacity: 2 },
      ...change,
    }),
  });
  test.each<[string, Parameters<typeof deployment>[0]]>([
    ['over zones', fixed({ zones: ['1', '2'] })],
    ['without a list of zones, which means all', fixed({ zones: undefined })],
    ['in one zone, and scaling', { more: gateway({ zones: ['1'] }) }],
  ])('%s', (_, change) => expect(uptime(change).entry?.percent).toBe(99.95));

  test.each<[string, Parameters<typeof deployment>[0], RegExp]>([
    [
      'in one zone, of a fixed size',
      fixed({ zones: ['1'] }),
      /^azurerm_application_gateway\.gate is in one zone and does not scale/,
    ],
    [
      'of a fixed size in a region without zones',
      fixed({ zones: undefined, location: 'westus' }),
      /is in one zone and does not scale/,
    ],
    [
      'of the first generation',
      fixed({ sku: { name: 'WAF_Medium', tier: 'WAF', capacity: 2 } }),
      /is of size WAF_Medium/,
    ],
    [
      'of a size that is unknown',
      fixed({ sku: { name: '${var.size}', capacity: 2 } }),
      /gate\.sku\.name is \$\{var\.size\}/,
    ],
  ])('%s it has none', (_, change, reason) => {
    const { percent, entry, cannotTell } = uptime(change);
    expect([percent, entry]).toEqual([null, null]);
    expect(cannotTell).toMatch(reason);
  });
});

describe('taken apart', () => {
  test('app and entry multiply to the whole', () => {
    const { app, entry, percent } = availability(sound());
    expect(app).toMatchObject({ percent: 99.980001, lowPercent: 99.940005 });
    expect(entry).toMatchObject({ percent: 99.95, lowPercent: 99.95 });
    expect((99.980001 * 99.95) / 100).toBeCloseTo(percent as number, 5);
    expect(availability(deployment()).entry).toBeNull();
  });

  test('what requests need now and then is a second figure', () => {
    const vault = { azurerm_key_vault: { v: {} }, azurerm_storage_account: { s: { account_replication_type: 'ZRS' } } };
    const { percent, withDependencies } = uptime({ plan: { zone_balancing_enabled: false }, more: vault });
    expect(percent).toBe(99.95);
    // 0.9995 · 0.9999 · 0.999 · 0.9999
    expect(withDependencies?.percent).toBeCloseTo(0.9995 * 0.9999 * 0.999 * 0.9999 * 100, 6);
    expect(names(withDependencies ?? { factors: [] })).toEqual(['Key Vault', 'storage', 'Entra ID']);
    expect(uptime({}).withDependencies).toBeNull();
  });

  test('a vault for two regions stands in front of both', () => {
    const two = { azurerm_linux_web_app: secondApp(), ...frontDoor({ others: ['second'] }) };
    const one = uptime({ more: { ...two, azurerm_key_vault: { v: {} } } }).withDependencies?.percent as number;
    const each = uptime({ more: { ...two, azurerm_key_vault: { v: {}, w: {} } } }).withDependencies?.percent as number;
    expect(each - one).toBeCloseTo(0.01, 3);
  });
});

describe('why a design that survives more shows less', () => {
  const zoned = { ...sound(), name: 'zoned' };
  const single = { ...deployment({ plan: { zone_balancing_enabled: false } }), name: 'single' };
  const { variants } = review([single, zoned], { prices });

  test('is said with the promises that are added, and what each survives', () => {
    const [first, second, ...more] = uptimeSentences(variants);
    expect(first).toMatch(/multiplies its own promise.*A promise is a refund when it is missed, not a forecast\.$/);
    expect(second).toBe(
      'zoned shows less uptime than single (99.89%, not 99.95%): Application Gateway, Managed Redis, over zones add promises to the row. It serves on without a zone, and single does not.',
    );
    expect(more).toEqual([]);
  });

  test('stands beside what the drill counted', () => {
    const counted = (cartsLost: number) => ({
      measured: { cartsLost, shoppers: 60, writesLost: 0, cartsResurrected: 0, met: true },
    });
    const drilled = variants.map((variant, index) => ({
      ...variant,
      losses: { ...variant.losses, zone: { ...variant.losses.zone, ...counted(index === 0 ? 60 : 0) } },
    }));
    expect(uptimeSentences(drilled).at(-1)).toBe(
      'In the drill, the loss of a zone cost 60 of 60 carts in single and 0 of 60 carts in zoned.',
    );
    expect(uptimeColumns(drilled).map(({ head }) => head)).toContain('carts lost with a zone, drilled');
    expect(uptimeColumns(variants).map(({ head }) => head)).not.toContain('carts lost with a zone, drilled');
  });

  test('is not said where nothing shows less', () => {
    expect(uptimeSentences(variants.slice(0, 1))).toEqual([]);
    expect(uptimeSentences([])).toEqual([]);
  });

  test('every figure has two decimals', () => {
    const cells = uptimeColumns(variants).flatMap(({ text }) => variants.map((variant) => text(variant)));
    expect(cells.filter((cell) => /%/.test(cell)).every((cell) => /^\d+\.\d\d( to \d+\.\d\d)?%$/.test(cell))).toBe(
      true,
    );
  });
});
