import { argumentOf, booleanOf, numberOf, textOf, unknown } from './arguments';
import type { CacheFacts } from './deployment';
import { whyOpen } from './expression';
import { cacheTypes, readCache } from './facts/caches';
import { leadsTo } from './facts/reading';
import type { JsonObject } from './json';
import { webAppKind } from './kinds';
import { type AffinityState, isUnknown, type Known, type RedisCache, type SessionStore, type WebApp } from './model';
import { readPlan } from './servicePlan';
import { blocks, mentioned, type TerraformDocument, type TerraformResource } from './terraform';

export interface ReadWebApp {
  readonly app: WebApp;
  readonly location: Known<string>;
  readonly redis: RedisCache | null;
}

/** A web app, the plan it runs on and the Redis that its settings point to. */
export function readWebApp(resource: TerraformResource, document: TerraformDocument): ReadWebApp {
  const location = textOf(resource, 'location', document, '');
  const cache = redisOf(resource, document);
  const redis = cache && !isUnknown(cache) ? redisCache(readCache(cache, document)) : null;
  const { slot } = webAppKind(resource.type);
  return {
    location: location === '' ? unknown(resource, 'location', 'is not there') : location,
    redis,
    app: {
      address: resource.address,
      plan: readPlan(resource, document),
      affinity: readAffinity(resource, document),
      healthCheckPath: textOf(resource, 'site_config.health_check_path', document, null),
      healthCheckEvictionMinutes: evictionMinutes(resource, document),
      healthCheckMaxUnhealthyPercent: numberSetting(
        resource,
        'WEBSITE_HEALTHCHECK_MAXUNHEALTHYWORKERPERCENT',
        document,
      ),
      stopTimeLimitSeconds: numberSetting(resource, 'WEBSITES_CONTAINER_STOP_TIME_LIMIT', document),
      hasSlot: document.resources.some((one) => one.type === slot.type && leadsTo(one, slot.app, resource, document)),
      sessions: readSessions(resource, isUnknown(cache) ? cache : redis, document),
    },
  };
}

/** azurerm sends false when the argument is left out; ARM by itself would take true. */
function readAffinity(app: TerraformResource, document: TerraformDocument): Known<AffinityState> {
  const affinity = booleanOf(app, 'client_affinity_enabled', document, false);
  return isUnknown(affinity) ? affinity : affinity ? 'on' : 'off';
}

/** A provider that knows no argument for it is told by the setting that the argument writes; 0 is one left out. */
function evictionMinutes(app: TerraformResource, document: TerraformDocument): Known<number | null> {
  const minutes = numberOf(app, 'site_config.health_check_eviction_time_in_min', document, null);
  return minutes === null || minutes === 0
    ? numberSetting(app, 'WEBSITE_HEALTHCHECK_MAXPINGFAILURES', document)
    : minutes;
}

/** The Redis that a setting names: `REDIS_URL` is Steadystate's own, others call it as they like. */
function redisOf(app: TerraformResource, document: TerraformDocument): Known<TerraformResource | undefined> {
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

/** A setting names a cache itself, its database, or the Key Vault secret that holds how to reach it. */
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

function redisCache({ address, skuName, highAvailability, geoReplicated, geoGroup, kind }: CacheFacts): RedisCache {
  return {
    address,
    skuName,
    highAvailability,
    // A link of the older Redis is passive: its secondary takes no writes. A group name alone makes a group of one.
    geoReplicated:
      kind === 'cache'
        ? false
        : geoReplicated === true
          ? true
          : isUnknown(geoGroup)
            ? geoGroup
            : geoGroup === null
              ? false
              : {
                  unknown: `${address}.default_database.geo_replication_group_name is set, but no azurerm_managed_redis_geo_replication links it here`,
                },
  };
}

const stores: Readonly<Record<string, SessionStore>> = { memory: 'in-process', cookie: 'cookie', redis: 'redis' };

function readSessions(
  app: TerraformResource,
  redis: Known<RedisCache | null>,
  document: TerraformDocument,
): Known<SessionStore> {
  const value = appSetting(app, 'SESSION_STORE', document);
  if (isUnknown(value)) return value;
  if (value === undefined)
    return unknown(app, 'app_settings', 'has no SESSION_STORE, so where sessions live cannot be told');
  const store = typeof value === 'string' && Object.hasOwn(stores, value) ? stores[value] : undefined;
  if (store === undefined)
    return unknown(app, 'app_settings.SESSION_STORE', `is none of ${Object.keys(stores).join(', ')}`);
  if (store !== 'redis') return store;
  if (isUnknown(redis)) return redis;
  if (!redis) return unknown(app, 'app_settings.REDIS_URL', 'names no azurerm_managed_redis of this document');
  if (isUnknown(redis.geoReplicated)) return redis.geoReplicated;
  return redis.geoReplicated ? 'redis-geo' : 'redis';
}

/** The settings of an app by name; each may still be an expression. */
export function settingsOf(app: TerraformResource): Known<JsonObject> {
  const settings = app.body.app_settings;
  if (typeof settings === 'string') return unknown(app, 'app_settings', whyOpen(settings));
  const [only = {}] = blocks(settings, `${app.address}.app_settings`);
  return only;
}

/** An app setting that holds a number; null: not there. */
function numberSetting(app: TerraformResource, name: string, document: TerraformDocument): Known<number | null> {
  const value = appSetting(app, name, document);
  return isUnknown(value) ? value : numberOf({ ...app, body: { [name]: value } }, name, document, null);
}

/** An app setting, settled where it can be; undefined: not there. */
function appSetting(app: TerraformResource, name: string, document: TerraformDocument): Known<unknown> {
  const settings = settingsOf(app);
  if (isUnknown(settings)) return settings;
  const raw = Object.hasOwn(settings, name) ? settings[name] : undefined;
  return argumentOf({ ...app, body: { [name]: raw } }, name, document);
}
