import type { CacheFacts } from './deployment';
import { cacheTypes, readCache } from './facts/data';
import {
  type Autoscale,
  isUnknown,
  type Known,
  type RedisCache,
  type ServicePlan,
  type SessionStore,
  type WebApp,
} from './model';
import {
  argumentOf,
  blocks,
  booleanOf,
  isObject,
  mentioned,
  numberOf,
  type TerraformDocument,
  type TerraformResource,
  textOf,
  unknown,
} from './terraform';

/** Terraform types that are a web app of App Service. */
export const webAppTypes = ['azurerm_linux_web_app', 'azurerm_windows_web_app'];

const slotTypes = ['azurerm_linux_web_app_slot', 'azurerm_windows_web_app_slot'];

export interface ReadWebApp {
  readonly app: WebApp;
  readonly location: Known<string>;
  readonly redis: RedisCache | null;
}

/** A web app, the plan it runs on and the Redis that its settings point to. */
export function readWebApp(resource: TerraformResource, document: TerraformDocument): ReadWebApp {
  const location = textOf(resource, 'location', document, '');
  const cache = redisOf(resource, document);
  const redis = cache ? redisCache(readCache(cache, document)) : null;
  const affinity = booleanOf(resource, 'client_affinity_enabled', document, false);
  return {
    location: location === '' ? unknown(resource, 'location', 'is not there') : location,
    redis,
    app: {
      address: resource.address,
      plan: readPlan(resource, document),
      // azurerm sends false when the argument is left out; ARM by itself would take true.
      affinity: isUnknown(affinity) ? affinity : affinity ? 'on' : 'off',
      healthCheckPath: textOf(resource, 'site_config.health_check_path', document, null),
      healthCheckEvictionMinutes: numberOf(resource, 'site_config.health_check_eviction_time_in_min', document, null),
      healthCheckMaxUnhealthyPercent: numberSetting(
        resource,
        'WEBSITE_HEALTHCHECK_MAXUNHEALTHYWORKERPERCENT',
        document,
      ),
      stopTimeLimitSeconds: numberSetting(resource, 'WEBSITES_CONTAINER_STOP_TIME_LIMIT', document),
      hasSlot: document.resources.some(
        ({ type, body }) => slotTypes.includes(type) && mentioned(body.app_service_id, document).includes(resource),
      ),
      sessions: readSessions(resource, redis, document),
    },
  };
}

function readPlan(app: TerraformResource, document: TerraformDocument): ServicePlan {
  const plan = mentioned(app.body.service_plan_id, document).find(({ type }) => type === 'azurerm_service_plan');
  if (!plan) {
    const because =
      app.body.service_plan_id === undefined ? 'is not there' : `is ${JSON.stringify(app.body.service_plan_id)}`;
    const why = unknown(app, 'service_plan_id', because);
    return { address: '', skuName: why, instances: why, zoneBalanced: why, autoscale: null };
  }
  const copies = ['count', 'for_each'].find((argument) => Object.hasOwn(plan.body, argument));
  const instances = numberOf(plan, 'worker_count', document, null);
  return {
    address: plan.address,
    skuName: required(textOf(plan, 'sku_name', document, null), plan, 'sku_name'),
    instances: copies
      ? unknown(plan, copies, 'makes several plans of one block')
      : required(instances, plan, 'worker_count'),
    zoneBalanced: booleanOf(plan, 'zone_balancing_enabled', document, false),
    autoscale: readAutoscale(plan, document),
  };
}

function readAutoscale(plan: TerraformResource, document: TerraformDocument): Autoscale | null {
  const setting = document.resources.find(
    ({ type, body }) =>
      type === 'azurerm_monitor_autoscale_setting' && mentioned(body.target_resource_id, document).includes(plan),
  );
  if (!setting) return null;
  const count = (bound: string) =>
    required(numberOf(setting, `profile.capacity.${bound}`, document, null), setting, `profile.capacity.${bound}`);
  return { address: setting.address, minimum: count('minimum'), default: count('default'), maximum: count('maximum') };
}

const required = <T>(value: Known<T | null>, resource: TerraformResource, path: string): Known<T> =>
  value === null ? unknown(resource, path, 'is not there') : value;

/** The Redis that a setting names: `REDIS_URL` is Steadystate's own, others call it as they like. */
function redisOf(app: TerraformResource, document: TerraformDocument): TerraformResource | undefined {
  const settings = isObject(app.body.app_settings) ? app.body.app_settings : {};
  const named = mentioned([settings.REDIS_URL, ...Object.values(settings)], document);
  const database = named.find(({ type }) => type === 'azurerm_redis_enterprise_database');
  return (
    named.find(({ type }) => cacheTypes.includes(type)) ??
    (database && mentioned(database.body.cluster_id, document)[0])
  );
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

function readSessions(
  app: TerraformResource,
  redis: RedisCache | null,
  document: TerraformDocument,
): Known<SessionStore> {
  const { value: store } = appSetting(app, 'SESSION_STORE', document);
  if (isUnknown(store)) return store;
  if (store === 'memory') return 'in-process';
  if (store === 'cookie') return 'cookie';
  if (store !== 'redis')
    return unknown(
      app,
      'app_settings',
      store === undefined
        ? 'has no SESSION_STORE, so where sessions live cannot be told'
        : `has SESSION_STORE ${JSON.stringify(store)}`,
    );
  if (!redis) return unknown(app, 'app_settings.REDIS_URL', 'names no azurerm_managed_redis of this document');
  if (isUnknown(redis.geoReplicated)) return redis.geoReplicated;
  return redis.geoReplicated ? 'redis-geo' : 'redis';
}

/** An app setting that holds a number; null: not there. */
function numberSetting(app: TerraformResource, name: string, document: TerraformDocument): Known<number | null> {
  const { value } = appSetting(app, name, document);
  return isUnknown(value) ? value : numberOf({ ...app, body: { [name]: value } }, name, document, null);
}

/** An app setting, settled where it can be, and as the Terraform states it. */
function appSetting(
  app: TerraformResource,
  name: string,
  document: TerraformDocument,
): { value: Known<unknown>; raw: unknown } {
  const settings = app.body.app_settings;
  if (settings === undefined || settings === null) return { value: undefined, raw: undefined };
  if (typeof settings === 'string') return { value: unknown(app, 'app_settings', `is ${settings}`), raw: undefined };
  const [only] = blocks(settings, `${app.address}.app_settings`);
  const raw = isObject(only) && Object.hasOwn(only, name) ? only[name] : undefined;
  return { value: argumentOf({ ...app, body: { [name]: raw } }, name, document), raw };
}
