import type { JsonObject } from '../../terraform/json';
import { at, block, blocksOf, each, flag, lastName, type Mapping, pick } from './mapping';

const named = (item: JsonObject, args: JsonObject): JsonObject => ({ name: item.name, ...args });
/** Names of the parts that ids lead to. */
const ids = (item: JsonObject, paths: Readonly<Record<string, string>>): JsonObject =>
  Object.fromEntries(
    Object.entries(paths).map(([argument, path]) => [argument, lastName(at(item, `properties.${path}.id`))]),
  );

/** @see https://learn.microsoft.com/azure/templates/microsoft.network/applicationgateways */
export const gatewayMapping: Mapping = {
  type: () => 'azurerm_application_gateway',
  read: (body) => {
    const own = (path: string) => at(body, `properties.${path}`);
    return {
      zones: body.zones,
      sku: block(pick(own('sku'), { name: 'name', tier: 'tier', capacity: 'capacity' })),
      autoscale_configuration: block(
        pick(own('autoscaleConfiguration'), { min_capacity: 'minCapacity', max_capacity: 'maxCapacity' }),
      ),
      firewall_policy_id: own('firewallPolicy.id'),
      waf_configuration: block(
        pick(own('webApplicationFirewallConfiguration'), { enabled: 'enabled', firewall_mode: 'firewallMode' }),
      ),
      ssl_policy: block(
        pick(own('sslPolicy'), {
          policy_type: 'policyType',
          policy_name: 'policyName',
          min_protocol_version: 'minProtocolVersion',
        }),
      ),
      gateway_ip_configuration: blocksOf(own('gatewayIPConfigurations'), (item) =>
        named(item, pick(item, { subnet_id: 'properties.subnet.id' })),
      ),
      frontend_ip_configuration: blocksOf(own('frontendIPConfigurations'), (item) =>
        named(item, pick(item, { public_ip_address_id: 'properties.publicIPAddress.id' })),
      ),
      frontend_port: blocksOf(own('frontendPorts'), (item) => named(item, pick(item, { port: 'properties.port' }))),
      backend_address_pool: blocksOf(own('backendAddressPools'), (item) =>
        named(item, {
          fqdns: each(at(item, 'properties.backendAddresses'), 'fqdn'),
          ip_addresses: each(at(item, 'properties.backendAddresses'), 'ipAddress'),
        }),
      ),
      backend_http_settings: blocksOf(own('backendHttpSettingsCollection'), settings),
      probe: blocksOf(own('probes'), probe),
      http_listener: blocksOf(own('httpListeners'), (item) =>
        named(item, {
          ...pick(item, {
            protocol: 'properties.protocol',
            host_name: 'properties.hostName',
            host_names: 'properties.hostNames',
          }),
          ...ids(item, {
            frontend_ip_configuration_name: 'frontendIPConfiguration',
            frontend_port_name: 'frontendPort',
            ssl_certificate_name: 'sslCertificate',
          }),
        }),
      ),
      request_routing_rule: blocksOf(own('requestRoutingRules'), (item) =>
        named(item, {
          ...pick(item, { rule_type: 'properties.ruleType', priority: 'properties.priority' }),
          ...ids(item, { ...ways, http_listener_name: 'httpListener', url_path_map_name: 'urlPathMap' }),
        }),
      ),
      url_path_map: blocksOf(own('urlPathMaps'), (item) =>
        named(item, {
          ...ids(item, {
            default_backend_address_pool_name: 'defaultBackendAddressPool',
            default_backend_http_settings_name: 'defaultBackendHttpSettings',
            default_redirect_configuration_name: 'defaultRedirectConfiguration',
          }),
          path_rule: blocksOf(at(item, 'properties.pathRules'), (rule) =>
            named(rule, { ...pick(rule, { paths: 'properties.paths' }), ...ids(rule, ways) }),
          ),
        }),
      ),
      redirect_configuration: blocksOf(own('redirectConfigurations'), (item) =>
        named(item, {
          ...pick(item, { redirect_type: 'properties.redirectType', target_url: 'properties.targetUrl' }),
          ...ids(item, { target_listener_name: 'targetListener' }),
        }),
      ),
      rewrite_rule_set: blocksOf(own('rewriteRuleSets'), (item) =>
        named(item, {
          rewrite_rule: blocksOf(at(item, 'properties.rewriteRules'), (rule) =>
            named(rule, {
              request_header_configuration: headers(at(rule, 'actionSet.requestHeaderConfigurations')),
              response_header_configuration: headers(at(rule, 'actionSet.responseHeaderConfigurations')),
            }),
          ),
        }),
      ),
    };
  },
};

const ways = {
  backend_address_pool_name: 'backendAddressPool',
  backend_http_settings_name: 'backendHttpSettings',
  redirect_configuration_name: 'redirectConfiguration',
};

const headers = (list: unknown) => blocksOf(list, (item) => pick(item, { header_name: 'headerName' }));

const settings = (item: JsonObject) =>
  named(item, {
    // Left out, Azure turns it off; azurerm requires it.
    cookie_based_affinity: 'Disabled',
    ...pick(item, {
      cookie_based_affinity: 'properties.cookieBasedAffinity',
      port: 'properties.port',
      protocol: 'properties.protocol',
      host_name: 'properties.hostName',
      request_timeout: 'properties.requestTimeout',
    }),
    pick_host_name_from_backend_address: flag(at(item, 'properties.pickHostNameFromBackendAddress')),
    ...ids(item, { probe_name: 'probe' }),
  });

const probe = (item: JsonObject) =>
  named(item, {
    ...pick(item, {
      protocol: 'properties.protocol',
      path: 'properties.path',
      host: 'properties.host',
      interval: 'properties.interval',
      timeout: 'properties.timeout',
      unhealthy_threshold: 'properties.unhealthyThreshold',
    }),
    pick_host_name_from_backend_http_settings: flag(at(item, 'properties.pickHostNameFromBackendHttpSettings')),
    match: block(pick(item, { status_code: 'properties.match.statusCodes' })),
  });
