import { alerts } from '../../../review/rules/alerts';
import { diagnostics } from '../../../review/rules/diagnostics';
import { oldTls } from '../../../review/rules/oldTls';
import { plainHttp } from '../../../review/rules/plainHttp';
import { secretInSettings } from '../../../review/rules/secretInSettings';
import { calledSecret } from '../../support/review/samples';
import { frontDoor, gateway, redis, ruleCases } from '../../support/review/terraform';

const app = 'azurerm_linux_web_app.app';
const gate = 'azurerm_application_gateway.gate';
const route = 'azurerm_cdn_frontdoor_route.route';

const listeners = (rules: readonly object[]) =>
  gateway({
    http_listener: [
      { name: 'http', protocol: 'Http' },
      { name: 'https', protocol: 'Https' },
    ],
    request_routing_rule: rules,
  });
ruleCases(
  plainHttp,
  [
    [
      'HTTPS alone',
      { more: { ...gateway(), ...frontDoor(), ...redis() } },
      `compliant ${app}`,
      `compliant ${gate}.http_listener "https"`,
      `compliant ${route}`,
      'compliant azurerm_managed_redis.cache',
    ],
    [
      'a listener that redirects',
      { more: listeners([{ http_listener_name: 'http', redirect_configuration_name: 'secure' }]) },
      `compliant ${app}`,
      `compliant ${gate}.http_listener "http"`,
      `compliant ${gate}.http_listener "https"`,
    ],
    [
      'plain HTTP everywhere',
      {
        app: { https_only: undefined },
        more: {
          ...listeners([{ http_listener_name: 'http', backend_address_pool_name: 'app' }]),
          ...frontDoor({ route: { https_redirect_enabled: false } }),
          ...redis({}, { client_protocol: 'Plaintext' }),
        },
      },
      `finding ${app}: The app answers plain HTTP, and its health check pings over it: an app that redirects them counts as unhealthy.`,
      `finding ${gate}.http_listener "http": The gateway serves the app over plain HTTP.`,
      `compliant ${gate}.http_listener "https"`,
      `finding ${route}: The route serves plain HTTP without a redirect.`,
      'finding azurerm_managed_redis.cache: Redis accepts connections without TLS.',
    ],
    [
      'plain HTTP to the origins',
      { more: frontDoor({ route: { forwarding_protocol: 'HttpOnly' } }) },
      `compliant ${app}`,
      `finding ${route}: The route uses plain HTTP to its origins.`,
    ],
    ['a variable', { app: { https_only: '${var.https}' } }, `cannot tell ${app}: ${app}.https_only is \${var.https}`],
  ],
  // There is always an app, or nothing is assessed.
  ['compliant', 'finding', 'cannot tell'],
);

ruleCases(
  oldTls,
  [
    [
      'TLS 1.2 and 1.3',
      { site: { minimum_tls_version: '1.3' }, more: { ...gateway(), ...redis() } },
      `compliant ${app}`,
      `compliant ${gate}`,
      'compliant azurerm_managed_redis.cache',
    ],
    ["azurerm's default for an app is 1.2", { site: { minimum_tls_version: undefined } }, `compliant ${app}`],
    [
      'TLS 1.0',
      {
        site: { minimum_tls_version: '1.0' },
        more: {
          ...gateway({ ssl_policy: undefined }),
          azurerm_redis_cache: { old: { sku_name: 'Standard', minimum_tls_version: '1.0' } },
        },
      },
      `finding ${app}: \`site_config.minimum_tls_version\` is 1.0.`,
      `cannot tell ${gate}: ${gate}.ssl_policy is left out: which TLS version it accepts depends on the API version that created it`,
      'finding azurerm_redis_cache.old: `minimum_tls_version` is 1.0.',
    ],
    [
      "azurerm's default for a cache is 1.2",
      { more: { azurerm_redis_cache: { old: { sku_name: 'Standard' } } } },
      `compliant ${app}`,
      'compliant azurerm_redis_cache.old',
    ],
    [
      'a policy of 2015',
      { more: gateway({ ssl_policy: { policy_name: 'AppGwSslPolicy20150501' } }) },
      `compliant ${app}`,
      `finding ${gate}: \`ssl_policy\` is AppGwSslPolicy20150501.`,
    ],
    [
      'a variable',
      { site: { minimum_tls_version: '${var.tls}' } },
      `cannot tell ${app}: ${app}.site_config.minimum_tls_version is \${var.tls}`,
    ],
  ],
  ['compliant', 'finding', 'cannot tell'],
);

const held = (names: string, verb = 'holds') => `finding ${app}: ${names} ${verb} a credential.`;
ruleCases(
  secretInSettings,
  [
    [
      'whatever names are usual for a credential',
      { settings: Object.fromEntries(calledSecret.map((name) => [name, 'hunter2'])) },
      held(
        `${calledSecret
          .slice(0, -1)
          .map((name) => `app_settings.${name}`)
          .join(', ')} and app_settings.accessToken`,
        'hold',
      ),
    ],
    [
      'names that only resemble them',
      {
        settings: {
          WEBSITE_RUN_FROM_PACKAGE: '1',
          KEY_VAULT_URI: 'https://v.vault.azure.net',
          PARTITION_KEY: 'tenant',
          PUBLIC_KEY: 'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA',
          SIGNING_CERTIFICATE: `MIIDdDCCAlygAwIBAgIQ${'A'.repeat(300)}`,
          SESSION_PREFIX: 'sess:',
          sessionPrefix: 'sess:',
          JWT_SIGNING_KEY_ID: '2026-01',
          CORS_ALLOW_CREDENTIALS: 'true',
          GOOGLE_APPLICATION_CREDENTIALS: '/home/site/wwwroot/account.json',
          PASS_THROUGH: 'on',
          COMPASS: 'north',
          MAX_TOKENS: '4096',
          SORT_BY: '${var.sort_key}',
          PARTITION_BY: '${var.partition_key}',
          VERIFY_WITH: '${var.public_key}',
        },
      },
      `compliant ${app}`,
    ],
    ['a key that a variable holds', { settings: { STORE: '${var.storage_key}' } }, held('app_settings.STORE')],
    [
      'a webhook, whose address is its credential',
      { settings: { ALERTS: 'https://hooks.slack.com/services/T0/B0/hunter2' } },
      held('app_settings.ALERTS'),
    ],
    [
      'a certificate with its private key',
      { settings: { CERTIFICATE: 'MIIKPwIBAzCCCfsGCSqGSIb3DQEHAaCC' } },
      held('app_settings.CERTIFICATE'),
    ],
    [
      'a literal that a local holds',
      { settings: { DB_PASSWORD: '${local.db}' }, locals: { db: 'hunter2' } },
      held('app_settings.DB_PASSWORD'),
    ],
    [
      'a local that refers to Key Vault',
      {
        settings: { DB_PASSWORD: '${local.password}' },
        locals: { password: '@Microsoft.KeyVault(VaultName=v;SecretName=db)' },
      },
      `compliant ${app}`,
    ],
    [
      'a connection string that only says where',
      {
        app: { connection_string: [{ name: 'cache', type: 'Custom', value: 'host.redis.azure.net:10000,ssl=True' }] },
      },
      `compliant ${app}`,
    ],
    [
      'references to Key Vault, and what only sounds like a secret',
      {
        settings: {
          API_KEY: '@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/k)',
          APPLICATIONINSIGHTS_CONNECTION_STRING: 'InstrumentationKey=1;Endpoint=https://x',
          SECRET_URL: 'https://v.vault.azure.net',
          PASSWORD_MIN_LENGTH: '12',
          SECRET_ROTATION_DAYS: '30',
          KEY_VAULT_SECRET_NAME: 'db',
          VAULT: '${var.key_vault_name}',
        },
      },
      `compliant ${app}`,
    ],
    ['a literal by its name', { settings: { DB_PASSWORD: 'hunter2' } }, held('app_settings.DB_PASSWORD')],
    [
      'a literal by its form',
      { settings: { DB: 'Server=x;User=y;Password=hunter2', CACHE: 'redis://:hunter2@host:6379' } },
      held('app_settings.DB and app_settings.CACHE', 'hold'),
    ],
    [
      'a key of another resource',
      { settings: { STORE: '${azurerm_storage_account.s.primary_access_key}' } },
      held('app_settings.STORE'),
    ],
    [
      'generated, fetched from Key Vault at apply, and of another service',
      {
        settings: {
          DB_PASSWORD: '${random_password.db.result}',
          DB: '${data.azurerm_key_vault_secret.db.value}',
          BUS: '${azurerm_servicebus_namespace.s.default_primary_connection_string}',
        },
      },
      `finding ${app}: app_settings.DB_PASSWORD, app_settings.DB and app_settings.BUS hold a credential.`,
    ],
    [
      'a connection string',
      { app: { connection_string: [{ name: 'main', type: 'SQLAzure', value: 'Server=x;Pwd=hunter2' }] } },
      held('connection_string.main'),
    ],
    [
      'a part that is literal beside one that is not',
      { settings: { DB_PASSWORD: '${var.prefix}-hunter2' } },
      held('app_settings.DB_PASSWORD'),
    ],
    [
      'a connection string that uses an identity',
      { app: { connection_string: [{ name: 'main', value: 'Server=x;Authentication=Active Directory Default' }] } },
      `compliant ${app}`,
    ],
    [
      'settings that are one expression',
      { app: { app_settings: '${merge(var.a, var.b)}' } },
      `cannot tell ${app}: ${app}.app_settings depends on var.a, var.b`,
    ],
  ],
  ['compliant', 'finding', 'cannot tell'],
);

const diagnosed = (target: string) => ({
  azurerm_monitor_diagnostic_setting: { d: { target_resource_id: `\${${target}.id}` } },
});
const elsewhere = { watch: { source: './watch' } };
const group = 'azurerm_cdn_frontdoor_origin_group.group';
const profileElsewhere = {
  ...frontDoor({ group: { cdn_frontdoor_profile_id: '${var.profile}' } }),
  azurerm_cdn_frontdoor_profile: {},
};
ruleCases(
  diagnostics,
  [
    ['a setting', { more: diagnosed(app) }, `compliant ${app}`],
    [
      'none at the gateway and the cache',
      { more: { ...gateway(), ...redis(), ...diagnosed(app) } },
      `compliant ${app}`,
      `finding ${gate}: No diagnostic setting sends its logs anywhere.`,
      'finding azurerm_managed_redis.cache: No diagnostic setting sends its logs anywhere.',
    ],
    [
      'one whose resource is unknown',
      {
        more: {
          azurerm_monitor_diagnostic_setting: {
            d: { for_each: '${toset(var.all)}', target_resource_id: '${each.value}' },
          },
        },
      },
      `cannot tell ${app}: azurerm_monitor_diagnostic_setting.d.target_resource_id is \${each.value}, so it may be for this one`,
    ],
    [
      'perhaps in a module',
      { modules: elsewhere },
      `cannot tell ${app}: module.watch may declare its diagnostic setting`,
    ],
    [
      'of a profile that another document declares',
      { more: { ...profileElsewhere, ...diagnosed(app) } },
      `compliant ${app}`,
      `cannot tell ${group}: the profile of Front Door is not in this document`,
    ],
  ],
  ['compliant', 'finding', 'cannot tell'],
);

const alert = (change: object = {}) => ({
  azurerm_monitor_metric_alert: { a: { scopes: [`\${${app}.id}`], action: [{ action_group_id: 'x' }], ...change } },
});
ruleCases(
  alerts,
  [
    ['one that tells somebody', { more: alert() }, `compliant ${app}`],
    [
      'none at the entry',
      { more: { ...frontDoor(), ...alert() } },
      `compliant ${app}`,
      'finding azurerm_cdn_frontdoor_profile.door: No metric alert watches it.',
    ],
    [
      'one whose scope is unknown',
      { more: alert({ scopes: ['${each.value}'] }) },
      `cannot tell ${app}: azurerm_monitor_metric_alert.a.scopes is \${each.value}, so it may be for this one`,
    ],
    ['one that tells nobody', { more: alert({ action: [] }) }, `finding ${app}: Its alerts are off or notify nobody.`],
    ['one that is off', { more: alert({ enabled: false }) }, `finding ${app}: Its alerts are off or notify nobody.`],
    [
      'one that may be on',
      { more: alert({ enabled: '${var.on}' }) },
      `cannot tell ${app}: azurerm_monitor_metric_alert.a.enabled is \${var.on}`,
    ],
    ['perhaps in a module', { modules: elsewhere }, `cannot tell ${app}: module.watch may declare its alerts`],
    [
      'of a profile that another document declares',
      { more: { ...profileElsewhere, ...alert() } },
      `compliant ${app}`,
      `cannot tell ${group}: the profile of Front Door is not in this document`,
    ],
  ],
  ['compliant', 'finding', 'cannot tell'],
);
