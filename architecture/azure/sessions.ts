import { type SessionPlace, sessionStore, sessionStoreIds, storeBySetting, usesRedis } from '../../sessions/stores';
import type { RedisCache } from '../deployment';
import { isUnknown, type Known, mapKnown } from '../known';
import { argumentOf, unknown } from '../terraform/arguments';
import { ofType, type TerraformDocument, type TerraformResource } from '../terraform/document';
import { mentioned, valuesInside } from '../terraform/references';
import { webAppTypes } from './appServiceArguments';
import { appSetting, settingsOf } from './appSettings';
import { cacheTypes } from './redis';
import { usualPlace } from './usualSessions';

/**
 * The Redis that an app's settings or connection strings name: `REDIS_URL` is Steadystate's own setting, other apps use any
 * name.
 */
export function redisOf(app: TerraformResource, document: TerraformDocument): Known<TerraformResource | undefined> {
  const settings = settingsOf(app);
  const values = isUnknown(settings) ? [app.body.app_settings] : Object.values(settings);
  const own = isUnknown(settings) ? undefined : settings.REDIS_URL;
  const caches = (value: unknown) => [
    ...new Set(mentioned(value, document).flatMap((one) => cachesBehind(one, document))),
  ];
  const all = [...values, ...valuesInside(app.body.connection_string)];
  const found = caches(own).length > 0 ? caches(own) : caches(all);
  return found.length > 1
    ? unknown(app, 'app_settings', `names several caches: ${found.map(({ address }) => address).join(', ')}`)
    : found[0];
}

/** A setting names a cache itself, its database, or the Key Vault secret with its address. */
function cachesBehind(resource: TerraformResource, document: TerraformDocument): TerraformResource[] {
  const { type, body } = resource;
  if (cacheTypes.includes(type)) return [resource];
  const inner =
    type === 'azurerm_redis_enterprise_database'
      ? body.cluster_id
      : type === 'azurerm_key_vault_secret'
        ? [body.value, body.value_wo]
        : null;
  return mentioned(inner, document).filter((one) => cacheTypes.includes(one.type));
}

/** Where an app keeps sessions: by the setting `SESSION_STORE`, or by the usual settings of its stack. */
export function sessionsOf(
  app: TerraformResource,
  redis: Known<RedisCache | null>,
  document: TerraformDocument,
): Known<SessionPlace> {
  const value = appSetting(app, 'SESSION_STORE', document);
  if (isUnknown(value)) return value;
  const own = typeof value === 'string' ? storeBySetting(value, false) : undefined;
  const store = own ?? usualPlace(app, typeof value === 'string' ? value : undefined, document);
  if (store === undefined)
    return value === undefined
      ? unknown(app, 'app_settings', `has no SESSION_STORE, so where sessions live is unknown${inCode(app, document)}`)
      : unknown(app, 'app_settings.SESSION_STORE', `is none of ${settingValues().join(', ')}`);
  if (isUnknown(store) || !usesRedis(store)) return store;
  if (isUnknown(redis)) return redis;
  if (!redis) return elsewhere(app, store, document);
  return mapKnown(
    redis.geoReplicated,
    (geo) => storeBySetting(own !== undefined && typeof value === 'string' ? value : 'redis', geo) ?? store,
  );
}

/**
 * A Redis that another deployment declares. For one app it does not matter whether it is geo-replicated; for several it does,
 * and is unknown.
 */
function elsewhere(app: TerraformResource, store: SessionPlace, document: TerraformDocument): Known<SessionPlace> {
  const settings = settingsOf(app);
  const names = isUnknown(settings) ? [] : Object.keys(settings).filter((name) => /redis/i.test(name));
  const given = names.some((name) => {
    const address = appSetting(app, name, document);
    return isUnknown(address) || (typeof address === 'string' && address !== '');
  });
  return given && ofType(document, ...webAppTypes).length === 1
    ? store
    : unknown(app, 'app_settings.REDIS_URL', 'names no azurerm_managed_redis of this document');
}

/** What a runtime does that is not said by a setting, after the reason why it is unknown; empty: nothing is known. */
function inCode(app: TerraformResource, document: TerraformDocument): string {
  const has = (argument: string) => {
    const value = argumentOf(app, `site_config.application_stack.${argument}`, document);
    return typeof value === 'string' && value !== '';
  };
  const found = defaults.find(({ argument }) => has(argument));
  return found ? `: ${found.does}` : '';
}

const defaults = [
  // @see https://www.php.net/manual/session.configuration.php
  {
    argument: 'php_version',
    does: 'PHP keeps them in files of the instance unless session.save_handler says otherwise',
  },
  // @see https://learn.microsoft.com/aspnet/core/fundamentals/app-state
  { argument: 'dotnet_version', does: 'an ASP.NET app chooses its store in code or in web.config' },
  // @see https://docs.spring.io/spring-boot/reference/web/spring-session.html
  {
    argument: 'java_version',
    does: 'Java keeps them in memory unless the app uses Spring Session or a manager of its own',
  },
] as const;

const settingValues = () => [...new Set(sessionStoreIds().map((id) => sessionStore(id).appSetting))];
