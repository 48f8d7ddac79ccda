import { isExpression } from '../../terraform/expression';
import { isObject, type JsonObject } from '../../terraform/json';
import { gatewayMapping } from './gateway';
import { at, block, blocksOf, each, flag, type Inside, type Mapping, pick } from './mapping';

const endpoint = (kind: 'azure' | 'external' | 'nested', body: JsonObject, profile: unknown): JsonObject => ({
  profile_id: profile,
  ...pick(body, {
    priority: 'properties.priority',
    weight: 'properties.weight',
    [kind === 'external' ? 'target' : 'target_resource_id']:
      kind === 'external' ? 'properties.target' : 'properties.targetResourceId',
    minimum_child_endpoints: 'properties.minChildEndpoints',
  }),
  enabled: flag(at(body, 'properties.endpointStatus')),
  custom_header: headers(at(body, 'properties.customHeaders')),
});

const headers = (list: unknown) => blocksOf(list, (item) => pick(item, { name: 'name', value: 'value' }));

const endpointMapping = (kind: 'azure' | 'external' | 'nested'): Mapping => ({
  type: () => `azurerm_traffic_manager_${kind}_endpoint`,
  read: (body, { parent }) => endpoint(kind, body, parent),
});

/** Endpoints may be written in the profile itself. */
const endpointsIn = (body: JsonObject, address: string): Inside[] =>
  [at(body, 'properties.endpoints')].flat().flatMap((item): Inside[] => {
    if (!isObject(item)) return [];
    const kind = /\/(azure|external|nested)Endpoints$/i.exec(String(item.type))?.[1]?.toLowerCase() ?? 'azure';
    const args = endpoint(kind as 'azure' | 'external' | 'nested', item, `\${${address}.id}`);
    return [
      { part: `.endpoint[${JSON.stringify(item.name ?? '')}]`, type: `azurerm_traffic_manager_${kind}_endpoint`, args },
    ];
  });

const subnet = (item: unknown): JsonObject => ({
  ...pick(item, { security_group: 'properties.networkSecurityGroup.id' }),
  service_endpoints: each(at(item, 'properties.serviceEndpoints'), 'service'),
});

/** @see https://learn.microsoft.com/azure/templates/microsoft.network/allversions */
export const networkMappings: Readonly<Record<string, Mapping>> = {
  'microsoft.network/applicationgateways': gatewayMapping,
  'microsoft.network/applicationgatewaywebapplicationfirewallpolicies': {
    type: () => 'azurerm_web_application_firewall_policy',
    read: (body) => ({
      policy_settings: block({
        mode: at(body, 'properties.policySettings.mode'),
        enabled: flag(at(body, 'properties.policySettings.state')),
      }),
    }),
  },
  'microsoft.network/trafficmanagerprofiles': {
    type: () => 'azurerm_traffic_manager_profile',
    read: (body) => ({
      traffic_routing_method: at(body, 'properties.trafficRoutingMethod'),
      dns_config: block(
        pick(body, { relative_name: 'properties.dnsConfig.relativeName', ttl: 'properties.dnsConfig.ttl' }),
      ),
      monitor_config: block({
        ...pick(body, {
          protocol: 'properties.monitorConfig.protocol',
          port: 'properties.monitorConfig.port',
          path: 'properties.monitorConfig.path',
          interval_in_seconds: 'properties.monitorConfig.intervalInSeconds',
          timeout_in_seconds: 'properties.monitorConfig.timeoutInSeconds',
          tolerated_number_of_failures: 'properties.monitorConfig.toleratedNumberOfFailures',
        }),
        custom_header: headers(at(body, 'properties.monitorConfig.customHeaders')),
      }),
    }),
    inside: (body, { address }) => endpointsIn(body, address),
  },
  'microsoft.network/trafficmanagerprofiles/azureendpoints': endpointMapping('azure'),
  'microsoft.network/trafficmanagerprofiles/externalendpoints': endpointMapping('external'),
  'microsoft.network/trafficmanagerprofiles/nestedendpoints': endpointMapping('nested'),
  'microsoft.network/publicipaddresses': {
    type: () => 'azurerm_public_ip',
    read: (body) => ({ sku: at(body, 'sku.name'), zones: body.zones }),
  },
  'microsoft.network/virtualnetworks': {
    type: () => 'azurerm_virtual_network',
    read: (body) => ({
      subnet: blocksOf(at(body, 'properties.subnets'), (item) => ({ name: item.name, ...subnet(item) })),
    }),
  },
  'microsoft.network/virtualnetworks/subnets': {
    type: () => 'azurerm_subnet',
    read: (body, { parent }) => ({ virtual_network_name: parent, service_endpoints: subnet(body).service_endpoints }),
    inside: (body, { address }) =>
      subnet(body).security_group === undefined
        ? []
        : [
            {
              part: '.networkSecurityGroup',
              type: 'azurerm_subnet_network_security_group_association',
              args: { subnet_id: `\${${address}.id}`, network_security_group_id: subnet(body).security_group },
            },
          ],
  },
  'microsoft.network/privateendpoints': {
    type: () => 'azurerm_private_endpoint',
    read: (body) => {
      const lists = ['privateLinkServiceConnections', 'manualPrivateLinkServiceConnections'];
      const [list] = lists.map((name) => at(body, `properties.${name}`)).filter((one) => one !== undefined);
      return {
        subnet_id: at(body, 'properties.subnet.id'),
        private_service_connection: isExpression(list)
          ? list
          : block(
              pick([list].flat()[0], {
                private_connection_resource_id: 'properties.privateLinkServiceId',
                subresource_names: 'properties.groupIds',
              }),
            ),
      };
    },
  },
  'microsoft.network/privateendpoints/privatednszonegroups': {
    type: () => 'azurerm_private_endpoint',
    ofParent: true,
    read: (body) => ({
      private_dns_zone_group: {
        private_dns_zone_ids: each(at(body, 'properties.privateDnsZoneConfigs'), 'properties.privateDnsZoneId'),
      },
    }),
  },
  'microsoft.network/privatednszones': { type: () => 'azurerm_private_dns_zone', read: () => ({}) },
  'microsoft.network/privatednszones/virtualnetworklinks': {
    type: () => 'azurerm_private_dns_zone_virtual_network_link',
    read: (body, { parent }) => ({
      private_dns_zone_name: parent,
      virtual_network_id: at(body, 'properties.virtualNetwork.id'),
    }),
  },
};
