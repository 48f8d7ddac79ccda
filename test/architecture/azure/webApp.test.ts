import { deployment, redis } from '../../support/review/terraform';

const app = 'azurerm_linux_web_app.app';

describe('what the settings of an app name', () => {
  const secret = { azurerm_key_vault_secret: { r: { value: '${azurerm_managed_redis.cache.hostname}' } } };
  const vault = '@Microsoft.KeyVault(SecretUri=${azurerm_key_vault_secret.r.versionless_id})';

  test('a Redis through the secret that holds how to reach it', () =>
    expect(
      deployment({ settings: { SESSION_STORE: 'redis', CACHE: vault }, more: { ...redis(), ...secret } }).sessions,
    ).toBe('redis'));

  test('of two caches the one of REDIS_URL; without it, either', () => {
    const caches = { azurerm_managed_redis: { ...redis().azurerm_managed_redis, other: {} } };
    const settings = { SESSION_STORE: 'redis', A: '${azurerm_managed_redis.other.hostname}', B: vault };
    const more = { ...caches, ...secret };
    expect(deployment({ settings, more }).sessions).toEqual({
      unknown: `${app}.app_settings names several caches: azurerm_managed_redis.other, azurerm_managed_redis.cache`,
    });
    const own = { ...settings, REDIS_URL: '${azurerm_managed_redis.cache.hostname}' };
    expect(deployment({ settings: own, more }).regions[0]?.redis?.address).toBe('azurerm_managed_redis.cache');
  });

  test('another store than those that are known, without its name', () =>
    expect(deployment({ settings: { SESSION_STORE: 'hunter2' } }).sessions).toEqual({
      unknown: `${app}.app_settings.SESSION_STORE is none of memory, redis, cookie`,
    }));

  test('how long an unhealthy instance stays, where the provider has no argument for it', () =>
    expect(
      deployment({
        site: { health_check_eviction_time_in_min: undefined },
        settings: { WEBSITE_HEALTHCHECK_MAXPINGFAILURES: '3' },
      }).regions[0]?.app.healthCheckEvictionMinutes,
    ).toBe(3));

  test('settings in a list of one block are settings', () =>
    expect(deployment({ app: { app_settings: [{ SESSION_STORE: 'memory', DB_PASSWORD: 'hunter2' }] } })).toMatchObject({
      sessions: 'in-process',
      regions: [{ app: { secretSettings: ['app_settings.DB_PASSWORD'] } }],
    }));
});

test('an app inside an environment with an internal load balancer has no public address', () => {
  const environment = (mode: string) => ({
    azurerm_app_service_environment_v3: { ase: { internal_load_balancing_mode: mode } },
  });
  const plan = { app_service_environment_id: '${azurerm_app_service_environment_v3.ase.id}' };
  const open = (mode: string) => deployment({ plan, more: environment(mode) }).regions[0]?.app.publicAccess;
  expect(['Web, Publishing', 'None'].map(open)).toEqual([false, true]);
  expect(deployment({ plan: { app_service_environment_id: '/elsewhere' } }).regions[0]?.app.publicAccess).toEqual({
    unknown: 'azurerm_service_plan.plan.app_service_environment_id names no App Service Environment of this document',
  });
});
