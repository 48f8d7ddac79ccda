import { type SessionStore, sessionStore, sessionStoreIds, storeBySetting, usesRedis } from '../../sessions/stores';
import type { RedisCache } from '../deployment';
import { isUnknown, type Known, mapKnown } from '../known';
import { unknown } from '../terraform/arguments';
import { ofType, type TerraformDocument, type TerraformResource } from '../terraform/document';
import { mentioned } from '../terraform/references';
import { webAppTypes } from './appServiceArguments';
import { appSetting, settingsOf } from './appSettings';
import { cacheTypes } from './redis';

/** The Redis that an app's settings name: `REDIS_URL` is Steadystate's own setting, other apps use any name. */
export function redisOf(app: TerraformResource, document: TerraformDocument): Known<TerraformResource | undefined> {
  const settings = settingsOf(app);
  const values = isUnknown(settings) ? [app.body.app_settings] : Object.values(settings);
  const own = isUnknown(settings) ? undefined : settings.REDIS_URL;
  const caches = (value: unknown) => [
    ...new Set(mentioned(value, document).flatMap((one) => cachesBehind(one, document))),
  ];
  const found = caches(own).length > 0 ? caches(own) : caches(values);
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

/** Where an app keeps sessions, by the setting `SESSION_STORE`. */
export function sessionsOf(
  app: TerraformResource,
  redis: Known<RedisCache | null>,
  document: TerraformDocument,
): Known<SessionStore> {
  const value = appSetting(app, 'SESSION_STORE', document);
  if (isUnknown(value)) return value;
  if (value === undefined)
    return unknown(app, 'app_settings', 'has no SESSION_STORE, so where sessions live is unknown');
  const store = typeof value === 'string' ? storeBySetting(value, false) : undefined;
  if (typeof value !== 'string' || store === undefined)
    return unknown(app, 'app_settings.SESSION_STORE', `is none of ${settingValues().join(', ')}`);
  if (!usesRedis(store)) return store;
  if (isUnknown(redis)) return redis;
  if (!redis) return elsewhere(app, store, document);
  return mapKnown(redis.geoReplicated, (geo) => storeBySetting(value, geo) ?? store);
}

/**
 * A Redis that another deployment declares. For one app it does not matter whether it is geo-replicated; for several it does,
 * and is unknown.
 */
function elsewhere(app: TerraformResource, store: SessionStore, document: TerraformDocument): Known<SessionStore> {
  const address = appSetting(app, 'REDIS_URL', document);
  const given = isUnknown(address) || (typeof address === 'string' && address !== '');
  return given && ofType(document, ...webAppTypes).length === 1
    ? store
    : unknown(app, 'app_settings.REDIS_URL', 'names no azurerm_managed_redis of this document');
}

const settingValues = () => [...new Set(sessionStoreIds().map((id) => sessionStore(id).appSetting))];
