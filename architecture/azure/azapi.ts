import type { TerraformDocument, TerraformResource } from '../terraform/document';
import { isExpression } from '../terraform/expression';
import { isObject, type JsonObject } from '../terraform/json';
import { mentioned } from '../terraform/references';

/** What a resource of Azure's own API is in azurerm's terms. */
interface Mapping {
  readonly type: (body: JsonObject) => string;
  /** Arguments of azurerm by the path in the body. */
  readonly paths: Readonly<Record<string, string>>;
  /** What Azure takes for a path that is left out, where azurerm takes something else. */
  readonly defaults: Readonly<Record<string, unknown>>;
  readonly more?: (body: JsonObject) => JsonObject;
}

const kindOf = (body: JsonObject) => (typeof body.kind === 'string' ? body.kind : '');
const isLinux = (body: JsonObject) => /linux/i.test(kindOf(body)) || at(body, 'properties.reserved') === true;

/**
 * By type without its version, in small letters.
 *
 * @see https://learn.microsoft.com/azure/templates/
 */
const mappings: Readonly<Record<string, Mapping>> = {
  'microsoft.web/serverfarms': {
    type: () => 'azurerm_service_plan',
    paths: {
      sku_name: 'sku.name',
      worker_count: 'sku.capacity',
      zone_balancing_enabled: 'properties.zoneRedundant',
      per_site_scaling_enabled: 'properties.perSiteScaling',
      premium_plan_auto_scale_enabled: 'properties.elasticScaleEnabled',
    },
    defaults: {},
    more: (body) => ({ os_type: isLinux(body) ? 'Linux' : 'Windows' }),
  },
  'microsoft.web/sites': {
    type: (body) => {
      if (/functionapp|workflowapp/i.test(kindOf(body))) return 'azapi_function_app';
      return isLinux(body) ? 'azurerm_linux_web_app' : 'azurerm_windows_web_app';
    },
    paths: {
      service_plan_id: 'properties.serverFarmId',
      https_only: 'properties.httpsOnly',
      client_affinity_enabled: 'properties.clientAffinityEnabled',
      'site_config.health_check_path': 'properties.siteConfig.healthCheckPath',
      'site_config.minimum_tls_version': 'properties.siteConfig.minTlsVersion',
      'site_config.ip_restriction_default_action': 'properties.siteConfig.ipSecurityRestrictionsDefaultAction',
    },
    defaults: { 'properties.clientAffinityEnabled': true },
    more: (body) => ({
      ...asPairs('app_settings', at(body, 'properties.siteConfig.appSettings')),
      ...asFlag('public_network_access_enabled', at(body, 'properties.publicNetworkAccess')),
    }),
  },
  'microsoft.cache/redis': {
    type: () => 'azurerm_redis_cache',
    paths: {
      sku_name: 'properties.sku.name',
      family: 'properties.sku.family',
      capacity: 'properties.sku.capacity',
      minimum_tls_version: 'properties.minimumTlsVersion',
      non_ssl_port_enabled: 'properties.enableNonSslPort',
      subnet_id: 'properties.subnetId',
    },
    defaults: {},
    more: (body) => ({
      zones: body.zones,
      ...asFlag('public_network_access_enabled', at(body, 'properties.publicNetworkAccess')),
    }),
  },
  'microsoft.cache/redisenterprise': {
    type: (body) =>
      /^Enterprise/i.test(String(at(body, 'sku.name'))) ? 'azurerm_redis_enterprise_cluster' : 'azurerm_managed_redis',
    paths: { sku_name: 'sku.name', minimum_tls_version: 'properties.minimumTlsVersion' },
    defaults: {},
    more: (body) => ({
      public_network_access: at(body, 'properties.publicNetworkAccess'),
      ...asFlag('high_availability_enabled', at(body, 'properties.highAvailability')),
    }),
  },
};

/** Types of azapi that are read, in small letters. */
export const azapiTypes = Object.keys(mappings);

/** The document with resources of azapi in azurerm's terms, and with what `azapi_update_resource` changes of others. */
export function withAzapi(document: TerraformDocument): TerraformDocument {
  if (!document.resources.some(({ type }) => type.startsWith('azapi_'))) return document;
  const mapped = document.resources.map((one) => (one.type === 'azapi_resource' ? asAzurerm(one) : one));
  const updates = document.resources.filter(({ type }) => type === 'azapi_update_resource');
  const resources = mapped.map((one, index) => {
    const subject = document.resources[index];
    const own = updates.filter(({ body }) => subject && mentioned(body.resource_id, document).includes(subject));
    return own.reduce(updated, one);
  });
  const byAddress = new Map(document.byAddress);
  for (const one of resources) byAddress.set(one.address, one);
  return { ...document, resources, byAddress };
}

function asAzurerm(resource: TerraformResource): TerraformResource {
  const body = bodyOf(resource);
  const mapping = mappingOf(resource);
  if (!mapping || !body) return resource;
  const { name, location, parent_id } = resource.body;
  const args = { name, location: location ?? body.location, parent_id, ...argumentsOf(mapping, body, true) };
  const stated = resource.stated && argumentsOf(mapping, body, false);
  return { ...resource, type: mapping.type(body), body: defined(args), stated };
}

function updated(resource: TerraformResource, update: TerraformResource): TerraformResource {
  const body = bodyOf(update);
  const mapping = mappingOf(update);
  if (!mapping || !body) return resource;
  const change = argumentsOf(mapping, body, false);
  const [site] = [resource.body.site_config].flat();
  const nested = isObject(change.site_config)
    ? { site_config: { ...(isObject(site) ? site : {}), ...change.site_config } }
    : {};
  const { os_type: _, ...others } = change;
  return { ...resource, body: { ...resource.body, ...others, ...nested } };
}

const mappingOf = ({ body }: TerraformResource): Mapping | undefined =>
  mappings[String(body.type).split('@')[0]?.toLowerCase() ?? ''];

/** Before azapi 2 the body was a string of JSON. */
function bodyOf({ body }: TerraformResource): JsonObject | undefined {
  const [value] = [body.body].flat();
  if (isObject(value)) return value;
  if (typeof value !== 'string') return undefined;
  try {
    const parsed: unknown = JSON.parse(/^\$\{jsonencode\(([\s\S]*)\)\}$/.exec(value)?.[1] ?? value);
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function argumentsOf({ paths, defaults, more }: Mapping, body: JsonObject, complete: boolean): JsonObject {
  const found: Record<string, unknown> = { ...defined(more?.(body) ?? {}) };
  for (const [argument, path] of Object.entries(paths)) {
    const value = at(body, path) ?? (complete ? defaults[path] : undefined);
    if (value === undefined) continue;
    const [block = '', inner] = argument.split('.');
    found[block] = inner === undefined ? value : { ...(found[block] as JsonObject | undefined), [inner]: value };
  }
  return found;
}

function at(body: JsonObject, path: string): unknown {
  let found: unknown = body;
  for (const key of path.split('.')) {
    const [one] = [found].flat();
    if (isExpression(one)) return one;
    found = isObject(one) ? one[key] : undefined;
  }
  return found ?? undefined;
}

/** `[{ name, value }]` as a map. */
function asPairs(argument: string, pairs: unknown): JsonObject {
  if (!Array.isArray(pairs)) return pairs === undefined ? {} : { [argument]: pairs };
  return {
    [argument]: Object.fromEntries(
      pairs.flatMap((pair) => (isObject(pair) && typeof pair.name === 'string' ? [[pair.name, pair.value]] : [])),
    ),
  };
}

/** `Enabled` and `Disabled` as a boolean. */
const asFlag = (argument: string, word: unknown): JsonObject =>
  word === undefined ? {} : { [argument]: isExpression(word) ? word : !/^disabled$/i.test(String(word)) };

const defined = (value: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined && item !== null));
