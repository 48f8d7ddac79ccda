import { appUnreachable } from '../../../review/rules/appUnreachable';
import { frontDoor, gateway, ruleCases, secondApp } from '../../support/review/terraform';

const app = 'azurerm_linux_web_app.app';
const door = 'azurerm_cdn_frontdoor_profile.door';
const gate = 'azurerm_application_gateway.gate';
const tag = { name: 'door', service_tag: 'AzureFrontDoor.Backend' };
const own = { x_azure_fdid: [`\${${door}.resource_guid}`] };
const denyAll = { name: 'rest', action: 'Deny', ip_address: '0.0.0.0/0' };
const toDoor = (...ip_restriction: object[]) => ({
  site: { ip_restriction_default_action: 'Deny', ip_restriction },
  more: frontDoor(),
});
const refused = (by: string, layer = door) =>
  `finding ${app}: The access restrictions refuse what ${layer} sends: ${by}. Every client gets 403.`;
const byDefault = 'none allows it, and the default action denies';

const subnets = {
  gate: { service_endpoints: ['Microsoft.Web'] },
  plain: { service_endpoints: ['Microsoft.Storage'] },
  other: { service_endpoints: ['Microsoft.Web'] },
};
const toGate = (restriction: object | null, more: object = {}, change: object = {}, from = 'gate') => ({
  app: change,
  site: { ip_restriction_default_action: 'Deny', ip_restriction: restriction ? [restriction] : [] },
  more: {
    ...gateway({
      gateway_ip_configuration: { subnet_id: `\${azurerm_subnet.${from}.id}` },
      frontend_ip_configuration: { public_ip_address_id: '${azurerm_public_ip.gate.id}' },
    }),
    azurerm_subnet: subnets,
    azurerm_public_ip: { gate: { sku: 'Standard' }, other: { sku: 'Standard' } },
    ...more,
  },
});
const from = (subnet: string) => ({ name: 'gate', virtual_network_subnet_id: `\${azurerm_subnet.${subnet}.id}` });
const byName = {
  azurerm_traffic_manager_profile: { tm: { traffic_routing_method: 'Priority' } },
  azurerm_traffic_manager_azure_endpoint: {
    first: { profile_id: '${azurerm_traffic_manager_profile.tm.id}', target_resource_id: `\${${app}.id}` },
  },
};
const closed = { public_network_access_enabled: false };
const endpoint = (change: object = {}) => ({
  azurerm_private_endpoint: {
    app: {
      private_service_connection: { private_connection_resource_id: `\${${app}.id}`, subresource_names: ['sites'] },
      ...change,
    },
  },
});
const zone = { azurerm_private_dns_zone: { web: { name: 'privatelink.azurewebsites.net' } } };
const inZone = { private_dns_zone_group: { private_dns_zone_ids: ['${azurerm_private_dns_zone.web.id}'] } };
const linked = {
  azurerm_private_dns_zone_virtual_network_link: {
    link: { private_dns_zone_name: '${azurerm_private_dns_zone.web.name}' },
  },
};

const endpointOf = (route: object = {}, origin: object = {}) => ({
  ...toDoor({ ...tag, headers: own }),
  more: {
    ...frontDoor({
      route: { cdn_frontdoor_endpoint_id: '${azurerm_cdn_frontdoor_endpoint.web.id}', ...route },
      origin,
    }),
    azurerm_cdn_frontdoor_endpoint: { web: {} },
    azurerm_cdn_frontdoor_custom_domain: { shop: { host_name: 'shop.example.com' } },
  },
});

ruleCases(appUnreachable, [
  [
    "a route without a custom domain, whose endpoint's name is passed on",
    endpointOf(),
    "finding azurerm_cdn_frontdoor_origin.app: The origin passes on the host name that clients type, and azurerm_cdn_frontdoor_route.route has no custom domain: that is the endpoint's own name in azurefd.net, for which App Service answers 404.",
  ],
  [
    'a route with a custom domain',
    endpointOf({ cdn_frontdoor_custom_domain_ids: ['${azurerm_cdn_frontdoor_custom_domain.shop.id}'] }),
    `compliant ${app}`,
  ],
  [
    'an origin with the host name of the app',
    endpointOf({}, { origin_host_header: `\${${app}.default_hostname}` }),
    `compliant ${app}`,
  ],
  [
    'a domain by an association',
    {
      ...endpointOf(),
      more: {
        ...endpointOf().more,
        azurerm_cdn_frontdoor_custom_domain_association: {
          shop: { cdn_frontdoor_route_ids: ['${azurerm_cdn_frontdoor_route.route.id}'] },
        },
      },
    },
    `compliant ${app}`,
  ],
  ['the tag with the id of the profile', toDoor({ ...tag, headers: own }), `compliant ${app}`],
  ['the tag without any id', toDoor(tag), `compliant ${app}`],
  ['an open app', { more: frontDoor() }, `compliant ${app}`],
  [
    'the header of health probes',
    toDoor({ ...tag, headers: { ...own, x_fd_health_probe: ['1'] } }),
    refused(byDefault),
  ],
  [
    'that header in a restriction beside the one for clients',
    toDoor({ ...tag, headers: { x_fd_health_probe: ['1'] } }, { ...tag, headers: own }),
    `compliant ${app}`,
  ],
  [
    "another profile's id",
    {
      ...toDoor({ ...tag, headers: { x_azure_fdid: ['${azurerm_cdn_frontdoor_profile.old.resource_guid}'] } }),
      more: {
        ...frontDoor(),
        azurerm_cdn_frontdoor_profile: { door: { sku_name: 'Premium_AzureFrontDoor' }, old: {} },
      },
    },
    refused(byDefault),
  ],
  [
    'an id that is written out, which may be that of the profile',
    toDoor({ ...tag, headers: { x_azure_fdid: ['11111111-1111-1111-1111-111111111111'] } }),
    `cannot tell ${app}: whether an access restriction's x_azure_fdid is the id of ${door} is known only after apply`,
  ],
  [
    'denied before it is allowed',
    toDoor({ ...tag, headers: own, priority: 200 }, { ...denyAll, priority: 100 }),
    refused('rest denies it first'),
  ],
  [
    'allowed before the rest is denied, whatever the order in the file',
    toDoor({ ...denyAll, priority: 200 }, { ...tag, headers: own, priority: 100 }),
    `compliant ${app}`,
  ],
  ['the tag of another part of Front Door', toDoor({ service_tag: 'AzureFrontDoor.FirstParty' }), refused(byDefault)],
  ['an address that is not of Front Door', toDoor({ ip_address: '203.0.113.4/32' }), refused(byDefault)],
  ['only IPv6 denied', toDoor({ action: 'Deny', ip_address: '::/0' }, { ...tag, headers: own }), `compliant ${app}`],
  ['a subnet', toDoor({ virtual_network_subnet_id: '/subnets/a' }), refused(byDefault)],
  ['an app that is its own entry', {}, `compliant ${app}`],
  [
    'a closed app that nothing leads to',
    { app: closed },
    `finding ${app}: The app takes no public traffic and has no private endpoint: nobody reaches it.`,
  ],
  ['a closed app with a private endpoint', { app: closed, more: endpoint() }, `compliant ${app}`],
  ['a closed app in an environment of its own', { app: closed, plan: { sku_name: 'I1v2' } }, `compliant ${app}`],
  [
    'a closed app on a plan of unknown tier',
    { app: closed, plan: { sku_name: '${var.sku}' } },
    `cannot tell ${app}: azurerm_service_plan.plan.sku_name is \${var.sku}`,
  ],
  [
    'an app behind what is not read',
    { modules: { edge: { source: './edge' } } },
    'not applicable: no layer in front leads to an app',
  ],
  ['an open app to which Traffic Manager leads', { more: byName }, `compliant ${app}`],
  [
    'a closed app to which Traffic Manager leads',
    { app: closed, more: byName },
    `finding ${app}: azurerm_traffic_manager_profile.tm sends clients to the app itself, which takes no public traffic: every client gets 403.`,
  ],
  [
    'an app that lets in the probes of Traffic Manager alone',
    {
      site: { ip_restriction_default_action: 'Deny', ip_restriction: { service_tag: 'AzureTrafficManager' } },
      more: byName,
    },
    `finding ${app}: azurerm_traffic_manager_profile.tm sends clients to the app itself, whose access restrictions allow services of Azure and subnets only: probes may succeed, and every client gets 403.`,
  ],
  [
    'an app that lets in addresses of clients',
    {
      site: { ip_restriction_default_action: 'Deny', ip_restriction: { ip_address: '203.0.113.0/24' } },
      more: byName,
    },
    `compliant ${app}`,
  ],
  [
    'Private Link to another app',
    {
      app: closed,
      more: {
        ...frontDoor({ origin: { private_link: { private_link_target_id: '${azurerm_linux_web_app.second.id}' } } }),
        azurerm_linux_web_app: secondApp(),
      },
    },
    `finding azurerm_cdn_frontdoor_origin.app: The origin sends the host name of ${app} over a Private Link to azurerm_linux_web_app.second: that one answers 404 for a host that is not its own.`,
    'compliant azurerm_linux_web_app.second',
  ],
  [
    'Private Link to a part that an app does not have',
    { app: closed, more: frontDoor({ origin: { private_link: { target_type: 'blob' } } }) },
    'finding azurerm_cdn_frontdoor_origin.app: The Private Link asks for blob, which an app does not have: the apply fails.',
  ],
  [
    'Private Link of Premium to a closed app',
    { app: closed, more: frontDoor({ origin: { private_link: { target_type: 'sites' } } }) },
    'compliant azurerm_cdn_frontdoor_origin.app',
  ],
  [
    'Private Link of Standard',
    {
      app: closed,
      more: {
        ...frontDoor({ origin: { private_link: { target_type: 'sites' } } }),
        azurerm_cdn_frontdoor_profile: { door: { sku_name: 'Standard_AzureFrontDoor' } },
      },
    },
    'finding azurerm_cdn_frontdoor_origin.app: The origin asks for Private Link, which Standard_AzureFrontDoor does not have.',
  ],
  [
    'a closed app without Private Link',
    { app: closed, more: frontDoor() },
    `finding ${app}: The app takes no public traffic, and azurerm_cdn_frontdoor_origin.app has no Private Link to it: ${door} gets 403 for every request.`,
  ],
  [
    'Front Door before a gateway: the gateway is what reaches the app',
    toGate(from('gate'), {
      ...frontDoor({ origin: { host_name: '${azurerm_public_ip.gate.ip_address}' } }),
    }),
    `compliant ${app}`,
  ],
  ['the subnet of the gateway', toGate(from('gate')), `compliant ${app}`],
  ['the subnet of something else', toGate(from('other')), refused(byDefault, gate)],
  ['its subnet without the service endpoint', toGate(from('plain'), {}, {}, 'plain'), refused(byDefault, gate)],
  ['its public address', toGate({ ip_address: '${azurerm_public_ip.gate.ip_address}/32' }), `compliant ${app}`],
  [
    'the public address of something else',
    toGate({ ip_address: '${azurerm_public_ip.other.ip_address}/32' }),
    refused(byDefault, gate),
  ],
  ['a private range, which is not where it comes from', toGate({ ip_address: '10.0.0.0/8' }), refused(byDefault, gate)],
  [
    'an address that may be its own',
    toGate({ ip_address: '203.0.113.4/32' }),
    `cannot tell ${app}: whether 203.0.113.4/32 holds the public address of ${gate} is not in the document`,
  ],
  ['the tag of Front Door', toGate(tag), refused(byDefault, gate)],
  [
    'a closed app without a private endpoint',
    toGate(null, {}, closed),
    `finding ${app}: The app takes no public traffic, and it has no private endpoint: ${gate} cannot reach it.`,
  ],
  [
    'a private endpoint with a linked zone',
    toGate(null, { ...endpoint(inZone), ...zone, ...linked }, closed),
    `compliant ${app}`,
  ],
  [
    'a private endpoint with a zone linked by its id, as azurerm 5 has it',
    toGate(
      null,
      {
        ...endpoint(inZone),
        azurerm_private_dns_zone: { ...zone.azurerm_private_dns_zone, other: { name: 'other.example.com' } },
        azurerm_private_dns_zone_virtual_network_link: {
          web: { private_dns_zone_id: '${azurerm_private_dns_zone.other.id}' },
        },
      },
      closed,
    ),
    `finding ${app}: The app takes no public traffic, and the DNS zone of its private endpoint is linked to no virtual network: ${gate} cannot reach it.`,
  ],
  [
    'a private endpoint with a zone of another deployment',
    toGate(null, endpoint({ private_dns_zone_group: { private_dns_zone_ids: ['/zones/web'] } }), closed),
    `compliant ${app}`,
  ],
  [
    'a private endpoint whose zone is linked to no network',
    toGate(null, { ...endpoint(inZone), ...zone }, closed),
    `finding ${app}: The app takes no public traffic, and the DNS zone of its private endpoint is linked to no virtual network: ${gate} cannot reach it.`,
  ],
  [
    'a private endpoint without a zone, which a policy may add',
    toGate(null, endpoint(), closed),
    `cannot tell ${app}: azurerm_private_endpoint.app has no private_dns_zone_group: whether a DNS name leads to it is not in this document`,
  ],
  [
    'a private endpoint of its slot alone',
    toGate(
      null,
      endpoint({
        private_service_connection: {
          private_connection_resource_id: `\${${app}.id}`,
          subresource_names: ['sites-staging'],
        },
        ...inZone,
      }),
      closed,
    ),
    `finding ${app}: The app takes no public traffic, and it has no private endpoint: ${gate} cannot reach it.`,
  ],
]);
