import { isExpression } from '../../terraform/expression';
import { isObject, type JsonObject } from '../../terraform/json';
import { at, block, blocksOf, flag, type Mapping, pick } from './mapping';

const kindOf = (body: JsonObject) => (typeof body.kind === 'string' ? body.kind : '');
const isLinux = (body: JsonObject) => /linux/i.test(kindOf(body)) || at(body, 'properties.reserved') === true;

const siteMapping: Mapping = {
  type: (body) => {
    if (/functionapp|workflowapp/i.test(kindOf(body))) return 'azapi_function_app';
    return isLinux(body) ? 'azurerm_linux_web_app' : 'azurerm_windows_web_app';
  },
  read: (body) => siteArguments(body),
  defaults: { client_affinity_enabled: true },
};

const siteArguments = (body: JsonObject): JsonObject => ({
  ...pick(body, {
    service_plan_id: 'properties.serverFarmId',
    https_only: 'properties.httpsOnly',
    client_affinity_enabled: 'properties.clientAffinityEnabled',
    // azurerm has no argument for these two.
    client_affinity_proxy_enabled: 'properties.clientAffinityProxyEnabled',
    client_affinity_partitioning_enabled: 'properties.clientAffinityPartitioningEnabled',
  }),
  public_network_access_enabled: flag(at(body, 'properties.publicNetworkAccess')),
  ...configArguments(at(body, 'properties.siteConfig')),
});

/** What `siteConfig` says, which is also a resource of its own, `config/web`. */
function configArguments(config: unknown): JsonObject {
  if (config === undefined) return {};
  return {
    app_settings: pairs(at(config, 'appSettings')),
    site_config: block({
      ...pick(config, {
        health_check_path: 'healthCheckPath',
        minimum_tls_version: 'minTlsVersion',
        ip_restriction_default_action: 'ipSecurityRestrictionsDefaultAction',
        scm_ip_restriction_default_action: 'scmIpSecurityRestrictionsDefaultAction',
        scm_use_main_ip_restriction: 'scmIpSecurityRestrictionsUseMain',
        linux_fx_version: 'linuxFxVersion',
        auto_swap_slot_name: 'autoSwapSlotName',
        worker_count: 'numberOfWorkers',
      }),
      ip_restriction: restrictions(at(config, 'ipSecurityRestrictions')),
      scm_ip_restriction: restrictions(at(config, 'scmIpSecurityRestrictions')),
    }),
  };
}

const restrictions = (list: unknown) =>
  blocksOf(list, (item) => {
    const address = at(item, 'ipAddress');
    const isTag = /^ServiceTag$/i.test(String(item.tag));
    return {
      ...pick(item, { name: 'name', priority: 'priority', action: 'action' }),
      // Azure writes the rule for everybody else as Any.
      ip_address: isTag ? undefined : address === 'Any' ? '0.0.0.0/0' : address,
      service_tag: isTag ? address : undefined,
      virtual_network_subnet_id: at(item, 'vnetSubnetResourceId'),
      headers: block(
        pick(item, {
          x_azure_fdid: 'headers.x-azure-fdid',
          x_fd_health_probe: 'headers.x-fd-healthprobe',
          x_forwarded_for: 'headers.x-forwarded-for',
          x_forwarded_host: 'headers.x-forwarded-host',
        }),
      ),
    };
  });

/** `[{ name, value }]` as a map. */
function pairs(list: unknown): unknown {
  if (!Array.isArray(list)) return list;
  return Object.fromEntries(
    list.flatMap((pair) => (isObject(pair) && typeof pair.name === 'string' ? [[pair.name, pair.value]] : [])),
  );
}

const signInActions = 'properties.globalValidation.unauthenticatedClientAction';

/** A part of a site: its settings, its configuration, its sign-in. */
const configMapping: Mapping = {
  type: () => 'azurerm_linux_web_app',
  ofParent: true,
  read: (body, { name }) => {
    const properties = at(body, 'properties');
    if (name === 'appsettings') return { app_settings: properties };
    if (name === 'web') return configArguments(properties);
    if (name === 'slotConfigNames')
      return { sticky_settings: block(pick(properties, { app_setting_names: 'appSettingNames' })) };
    if (name !== 'authsettingsV2') return {};
    return {
      auth_settings_v2: block({
        ...pick(body, {
          auth_enabled: 'properties.platform.enabled',
          require_authentication: 'properties.globalValidation.requireAuthentication',
          excluded_paths: 'properties.globalValidation.excludedPaths',
          forward_proxy_convention: 'properties.httpSettings.forwardProxy.convention',
          forward_proxy_custom_host_header_name: 'properties.httpSettings.forwardProxy.customHostHeaderName',
        }),
        unauthenticated_action: at(body, signInActions),
      }),
    };
  },
};

/** @see https://learn.microsoft.com/azure/templates/microsoft.web/allversions */
export const webMappings: Readonly<Record<string, Mapping>> = {
  'microsoft.web/serverfarms': {
    type: () => 'azurerm_service_plan',
    read: (body) => ({
      ...pick(body, {
        sku_name: 'sku.name',
        worker_count: 'sku.capacity',
        zone_balancing_enabled: 'properties.zoneRedundant',
        per_site_scaling_enabled: 'properties.perSiteScaling',
        premium_plan_auto_scale_enabled: 'properties.elasticScaleEnabled',
      }),
      os_type: isExpression(body.kind) ? body.kind : isLinux(body) ? 'Linux' : 'Windows',
    }),
  },
  'microsoft.web/sites': siteMapping,
  'microsoft.web/sites/config': configMapping,
  'microsoft.web/sites/slots': {
    ...siteMapping,
    type: (body) => (isLinux(body) ? 'azurerm_linux_web_app_slot' : 'azurerm_windows_web_app_slot'),
    read: (body, { parent }) => ({ ...siteArguments(body), app_service_id: parent }),
  },
  'microsoft.web/sites/hostnamebindings': {
    type: () => 'azurerm_app_service_custom_hostname_binding',
    read: (_, { name, parent }) => ({ hostname: name, app_service_name: parent }),
  },
};
