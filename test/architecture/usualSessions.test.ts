import fs from 'node:fs';
import path from 'node:path';
import { usualSettings } from '../../architecture/azure/usualSessions';
import type { WebApp } from '../../architecture/deployment';
import { readArchitecture } from '../../architecture/read';

/** An app of another stack, with the settings that people give it. */
function appWith(settings: object, stack: object = {}, more: object = {}): WebApp {
  const { regions } = readArchitecture(
    {
      resource: {
        azurerm_linux_web_app: {
          app: {
            service_plan_id: '${azurerm_service_plan.plan.id}',
            app_settings: settings,
            site_config: { application_stack: stack },
            ...more,
          },
        },
        azurerm_service_plan: { plan: { os_type: 'Linux', sku_name: 'P1v3', worker_count: 3 } },
        azurerm_redis_cache: { cache: { sku_name: 'Standard' } },
      },
    },
    'one',
  );
  return regions[0]?.app as WebApp;
}
const sessionsOf = (...given: Parameters<typeof appWith>) => appWith(...given).sessions;
const php = { php_version: '8.3' };
const image = { docker_image_name: 'contoso/shop:1' };
const onCache = { REDIS_HOST: '${azurerm_redis_cache.cache.hostname}' };

test.each([
  ['Laravel in a database', { SESSION_DRIVER: 'database' }, php, 'database'],
  ['Laravel in a cookie', { SESSION_DRIVER: 'cookie' }, php, 'cookie'],
  ['Laravel in Redis', { SESSION_DRIVER: 'redis', ...onCache }, php, 'redis'],
  ['Laravel in Memcached', { SESSION_DRIVER: 'memcached' }, php, 'service'],
  ['Laravel in files, which App Service shares', { SESSION_DRIVER: 'file' }, php, 'files'],
  ['Laravel in files of a container, which nothing shares', { SESSION_DRIVER: 'file' }, image, 'in-process'],
  [
    'Laravel in files, each instance with its own copy',
    { SESSION_DRIVER: 'file', WEBSITE_LOCAL_CACHE_OPTION: 'Always' },
    php,
    'in-process',
  ],
  ['Spring Session in Redis', { SPRING_SESSION_STORE_TYPE: 'redis', ...onCache }, {}, 'redis'],
  ['Spring Session as a property', { 'spring.session.store-type': 'jdbc' }, {}, 'database'],
  ['Spring without Spring Session', { SPRING_SESSION_STORE_TYPE: 'none' }, {}, 'in-process'],
  ['Spring Session by its Redis namespace', { SPRING_SESSION_REDIS_NAMESPACE: 'shop', ...onCache }, {}, 'redis'],
  ['Spring Session by its table', { SPRING_SESSION_JDBC_TABLE_NAME: 'S' }, {}, 'database'],
  ['PHP in files of the instance', { PHP_SESSION_SAVE_HANDLER: 'files' }, php, 'in-process'],
  [
    'PHP in files that instances share',
    { PHP_SESSION_SAVE_HANDLER: 'files', PHP_SESSION_SAVE_PATH: '/home/sessions' },
    php,
    'files',
  ],
  ['PHP in Redis', { PHP_SESSION_SAVE_HANDLER: 'redis', ...onCache }, php, 'redis'],
  ['Django in signed cookies', { SESSION_ENGINE: 'django.contrib.sessions.backends.signed_cookies' }, {}, 'cookie'],
  ['Django in its database', { DJANGO_SESSION_ENGINE: 'django.contrib.sessions.backends.cached_db' }, {}, 'database'],
  ['Flask-Session in a database', { FLASK_SESSION_TYPE: 'sqlalchemy' }, {}, 'database'],
  ['another app with a word of its own', { SESSION_STORE: 'postgres' }, {}, 'database'],
] as const)('%s', (_, settings, stack, store) => expect(sessionsOf(settings, stack)).toBe(store));

test.each([
  [
    'a driver that keeps nothing',
    { SESSION_DRIVER: 'array' },
    {},
    /app_settings\.SESSION_DRIVER is not a store of Laravel/,
  ],
  [
    'a cache of Django, which may be any',
    { SESSION_ENGINE: 'django.contrib.sessions.backends.cache' },
    {},
    /SESSION_ENGINE/,
  ],
  ['a variable', { SESSION_DRIVER: '${var.driver}' }, {}, /app_settings\.SESSION_DRIVER is \$\{var\.driver\}/],
  [
    'files of a container that also has shared storage',
    { SESSION_DRIVER: 'file', WEBSITES_ENABLE_APP_SERVICE_STORAGE: 'true' },
    image,
    /also has shared storage/,
  ],
  ['nothing, on PHP', {}, php, /PHP keeps them in files of the instance unless session\.save_handler says otherwise/],
  ['nothing, on Java', {}, { java_version: '21' }, /unless the app uses Spring Session/],
  ['nothing, on ASP.NET', {}, { dotnet_version: '8.0' }, /chooses its store in code/],
])('unknown: %s', (_, settings, stack, why) =>
  expect(sessionsOf(settings, stack)).toEqual({ unknown: expect.stringMatching(why) }),
);

test('the key that seals cookies is that of the app, or unknown where it may come with the app', () => {
  const key = '@Microsoft.KeyVault(VaultName=v;SecretName=app-key)';
  expect(appWith({ SESSION_DRIVER: 'cookie', APP_KEY: key }).cookieSecret).toBe('Key Vault secret app-key');
  expect(appWith({ SESSION_DRIVER: 'cookie' }).cookieSecret).toEqual({
    unknown: expect.stringContaining('no setting'),
  });
  expect(appWith({ SESSION_STORE: 'cookie' }).cookieSecret).toBeNull();
});

test('docs/review.md lists the settings of each stack with their source', () => {
  const file = path.join(__dirname, '../../docs/review.md');
  const table = [
    '| stack | setting |',
    '|---|---|',
    ...usualSettings.map(({ stack, setting, source }) => `| [${stack}](${source}) | \`${setting}\` |`),
  ].join('\n');
  const text = fs.readFileSync(file, 'utf8');
  const written = text.replace(
    /(<!-- stacks -->\n)[\s\S]*(\n<!-- end of stacks -->)/,
    (_, start, end) => start + table + end,
  );
  if (process.env.UPDATE_GOLDEN) fs.writeFileSync(file, written);
  expect(fs.readFileSync(file, 'utf8')).toBe(written);
  expect(text).toContain('<!-- stacks -->');
});
