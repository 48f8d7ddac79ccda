import { answerTo } from '../support/stacks/answerTo';
import {
  delegation,
  inSpoke,
  network,
  spokeRegions as regions,
  spoke,
  subnetOf as subnet,
  subnets,
} from '../support/stacks/spoke';
import { at, type Block, variant } from './constructs/stack';

const hubId = '/subscriptions/2/resourceGroups/rg-hub/providers/Microsoft.Network/virtualNetworks/hub';
const wanHub = '/subscriptions/2/resourceGroups/rg-wan/providers/Microsoft.Network/virtualHubs/hub';
const hub = { virtualNetworkId: hubId, firewallAddress: '10.100.0.4', dnsServers: ['10.100.1.4', '10.100.1.5'] };

describe('in an existing network', () => {
  const terraform = () => variant('zone-redundant', inSpoke);

  test('nothing of a network is made', () => {
    const made = terraform().types.filter((type) => /virtual_network|subnet|network_security|route/.test(type));
    expect(made).toEqual(['azurerm_private_dns_zone_virtual_network_link']);
  });

  test('app, gateway and private endpoints are put into its subnets, and it is linked to the private zones', () => {
    for (const type of ['azurerm_linux_web_app', 'azurerm_linux_web_app_slot'])
      expect(terraform().one(type).virtual_network_subnet_id).toBe(subnets.appService.id);
    expect(at(terraform().one('azurerm_application_gateway'), 'gateway_ip_configuration.0.subnet_id')).toBe(
      subnets.gateway.id,
    );
    for (const { subnet_id } of terraform().blocks('azurerm_private_endpoint'))
      expect(subnet_id).toBe(subnets.privateEndpoints.id);
    for (const link of terraform().blocks('azurerm_private_dns_zone_virtual_network_link'))
      expect(link).toMatchObject({ name: 'spoke', virtual_network_id: spoke });
  });

  test('an output says what its filters must let pass: what the filters of a made network let pass', () => {
    const required = at<Record<string, Block[]>>(terraform().json, 'output.required_security_rules.value');
    expect(Object.keys(required).toSorted()).toEqual(
      Object.values(subnets)
        .map(({ id }) => id)
        .toSorted(),
    );
    const made = variant('zone-redundant');
    const names = made.blocks('azurerm_network_security_rule').map(({ name }) => name);
    const asked = Object.values(required).flatMap((rules) => rules.map(({ name }) => name));
    expect(asked.toSorted()).toEqual(names.toSorted());
    expect(made.json.output).not.toHaveProperty('required_security_rules');
    expect(JSON.stringify(required)).toContain('10.0.4.0/27');
  });

  test('a region that is not named has a network of its own', () => {
    const both = variant('multi-region-active-active', inSpoke);
    expect(at(both.one('azurerm_virtual_network'), 'location')).toBe('northeurope');
  });
});

test('with a hub of Virtual WAN the network is connected to it, and nothing is peered', () => {
  const terraform = variant('multi-region-active-active', {
    existing: { hubs: { swedencentral: { virtualHubId: wanHub, internetSecurity: true, dnsServers: ['10.100.1.4'] } } },
  });
  const [, provider] = (terraform.json.provider as { azurerm: unknown[] }).azurerm;
  expect(provider).toMatchObject({ alias: 'hub_swedencentral', subscription_id: '2' });
  const { name, ...connection } = terraform.one('azurerm_virtual_hub_connection');
  expect(connection).toMatchObject({
    provider: 'azurerm.hub_swedencentral',
    virtual_hub_id: wanHub,
    remote_virtual_network_id: '${azurerm_virtual_network.swedencentral_network.id}',
    internet_security_enabled: true,
  });
  expect(name).toMatch(/^peer-shop-prod-swedencentral-[0-9a-f]{5}$/);
  for (const type of ['azurerm_virtual_network_peering', 'azurerm_route_table'])
    expect(terraform.types).not.toContain(type);
});

describe('beside a hub', () => {
  const terraform = (change: Partial<typeof hub & { peering: 'spoke'; useRemoteGateways: boolean }> = {}) =>
    variant('zone-redundant', { agentsSubnet: true, existing: { hubs: { swedencentral: { ...hub, ...change } } } });

  test('both directions are peered, the hub by a provider for its subscription', () => {
    const all = terraform().all('azurerm_virtual_network_peering');
    const vnet = 'azurerm_virtual_network.swedencentral_network';
    expect(all.get('azurerm_virtual_network_peering.swedencentral_network_to_hub')).toMatchObject({
      virtual_network_name: `\${${vnet}.name}`,
      remote_virtual_network_id: hubId,
      allow_forwarded_traffic: true,
      use_remote_gateways: false,
    });
    expect(all.get('azurerm_virtual_network_peering.swedencentral_network_from_hub')).toMatchObject({
      provider: 'azurerm.hub_swedencentral',
      resource_group_name: 'rg-hub',
      virtual_network_name: 'hub',
      remote_virtual_network_id: `\${${vnet}.id}`,
    });
    const providers = (terraform().json.provider as { azurerm: Block[] }).azurerm;
    expect(providers[1]).toMatchObject({ alias: 'hub_swedencentral', subscription_id: '2' });
  });

  test('endpoints, and so secrets and packages, wait until the hub leads to them', () => {
    const made = terraform();
    for (const address of made.all('azurerm_key_vault_secret').keys())
      for (const way of ['to', 'from'])
        expect([...made.before(address)]).toContain(`azurerm_virtual_network_peering.swedencentral_network_${way}_hub`);
  });

  test("the hub's direction is left to its owner", () => {
    expect(terraform({ peering: 'spoke' }).blocks('azurerm_virtual_network_peering')).toHaveLength(1);
    expect((terraform({ peering: 'spoke' }).json.provider as { azurerm: Block[] }).azurerm).toHaveLength(1);
  });

  test("the hub's gateway is offered before it is used", () => {
    const used = terraform({ useRemoteGateways: true });
    const [to, from] = ['to', 'from'].map((way) => `azurerm_virtual_network_peering.swedencentral_network_${way}_hub`);
    expect(used.resources.get(to as string)).toMatchObject({ use_remote_gateways: true, depends_on: [from] });
    expect(used.resources.get(from as string)).toMatchObject({ allow_gateway_transit: true });
  });

  test.each(['separate', 'inline'] as const)(
    'all that leaves from apps and agents goes through the firewall, and the gateway keeps its way: %s subnets',
    (kind) => {
      const routed = variant('zone-redundant', {
        subnets: kind,
        agentsSubnet: true,
        existing: { hubs: { swedencentral: hub } },
      });
      const table = routed.one('azurerm_route_table');
      expect(table).toMatchObject({
        bgp_route_propagation_enabled: false,
        route: [
          { address_prefix: '0.0.0.0/0', next_hop_type: 'VirtualAppliance', next_hop_in_ip_address: '10.100.0.4' },
        ],
      });
      const reference = '${azurerm_route_table.swedencentral_network_routes.id}';
      const subnetsOf =
        kind === 'inline'
          ? (routed.one('azurerm_virtual_network').subnet as Block[])
              .filter(({ route_table_id }) => route_table_id === reference)
              .map(({ name }) => name)
          : routed.blocks('azurerm_subnet_route_table_association').map(({ subnet_id }) => subnet_id);
      expect(subnetsOf.toSorted()).toEqual(
        kind === 'inline'
          ? ['snet-agents', 'snet-app-service']
          : ['agents', 'app_service'].map((part) => `\${azurerm_subnet.swedencentral_network_${part}.id}`),
      );
      expect(routed.before('azurerm_linux_web_app.swedencentral_hosting_app')).toContain(
        'azurerm_route_table.swedencentral_network_routes',
      );
    },
  );

  test('names are resolved by its servers, which apps and agents may ask', () => {
    expect(terraform().one('azurerm_virtual_network').dns_servers).toEqual(hub.dnsServers);
    const dns = terraform()
      .blocks('azurerm_network_security_rule')
      .filter(({ name }) => name === 'allow-dns');
    expect(dns).toHaveLength(2);
    for (const rule of dns)
      expect(rule).toMatchObject({
        destination_address_prefixes: hub.dnsServers,
        destination_port_range: '53',
        protocol: '*',
      });
    expect(JSON.stringify(variant('zone-redundant', { agentsSubnet: true }).json)).not.toContain('allow-dns');
  });
});

test('resource groups that are there are used as they are, and the budget counts them', () => {
  const group = (name: string) => `/subscriptions/1/resourceGroups/${name}`;
  const terraform = variant('multi-region-active-active', {
    monthlyBudget: 100,
    existing: { resourceGroups: { swedencentral: group('rg-a'), northeurope: group('rg-b'), global: group('rg-c') } },
  });
  expect(terraform.types).not.toContain('azurerm_resource_group');
  const app = terraform.resources.get('azurerm_linux_web_app.swedencentral_hosting_app');
  expect(app).toMatchObject({ resource_group_name: 'rg-a' });
  expect(terraform.one('azurerm_cdn_frontdoor_profile').resource_group_name).toBe('rg-c');
  const scopes = terraform.blocks('azurerm_role_assignment').map(({ scope }) => scope);
  expect(scopes).toContain(group('rg-b'));
  const counted = at<string[]>(terraform.one('azurerm_consumption_budget_subscription'), 'filter.dimension.0.values');
  expect(counted.toSorted()).toEqual(['rg-a', 'rg-b', 'rg-c']);
});

const near = (changed: object) => ({
  regions,
  existing: { networks: { swedencentral: { ...network, subnets: { ...subnets, ...changed } } } },
});
const groups = (given: object) => ({ existing: { resourceGroups: given } });

test.each<[string, object, string]>([
  [
    'a network that is a subnet',
    { regions, existing: { networks: { swedencentral: { ...network, virtualNetworkId: subnets.gateway.id } } } },
    '`existing.networks.swedencentral.virtualNetworkId` must be the resource id of a virtual network, /subscriptions/…/providers/Microsoft.Network/virtualNetworks/spoke, got: ',
  ],
  [
    'a subnet that is a network',
    near({ gateway: { id: spoke, range: '10.0.4.32/27' } }),
    '`existing.networks.swedencentral.subnets.gateway.id` must be the resource id of a subnet, /subscriptions/…/providers/Microsoft.Network/virtualNetworks/spoke/subnets/app, got: ',
  ],
  [
    'a subnet of another network',
    near({ gateway: { id: subnets.gateway.id.replace('spoke', 'other'), range: '10.0.4.32/27' } }),
    `\`existing.networks.swedencentral.subnets.gateway.id\` must be a subnet of ${spoke}, got: `,
  ],
  [
    'one subnet for two',
    near({ gateway: { ...subnets.gateway, id: subnets.privateEndpoints.id } }),
    '`existing.networks.swedencentral.subnets.gateway.id` must be another subnet than privateEndpoints, got: ',
  ],
  [
    'ranges that overlap',
    near({ gateway: subnet('gateway', '10.0.4.0/26') }),
    '`existing.networks.swedencentral.subnets.gateway.range` must be apart from that of appService, 10.0.4.0/27, got: "10.0.4.0/26". Look the ranges up in Azure and change them in settings.ts.',
  ],
  [
    "a range outside the region's",
    near({ gateway: subnet('gateway', '10.0.5.0/26') }),
    '`existing.networks.swedencentral.subnets.gateway.range` must be within the region\'s addressSpace, 10.0.4.0/24, got: "10.0.5.0/26".',
  ],
  [
    'a subnet too small for the instances',
    near({ appService: { ...subnet('app', '10.0.4.0/28'), delegation } }),
    '`existing.networks.swedencentral.subnets.appService.range` must be /27 or larger with maximumInstances 9, got: "10.0.4.0/28".',
  ],
  [
    'a subnet too small for the gateway',
    near({ gateway: subnet('gateway', '10.0.4.32/29') }),
    '`existing.networks.swedencentral.subnets.gateway.range` must be /28 or larger (zone-redundant), got: "10.0.4.32/29". Application Gateway grows to 10 instances.',
  ],
  [
    'a subnet too small for the private endpoints',
    near({ privateEndpoints: subnet('endpoints', '10.0.4.64/29') }),
    '`existing.networks.swedencentral.subnets.privateEndpoints.range` must be /28 or larger (zone-redundant), got: "10.0.4.64/29". It takes 5 private endpoints.',
  ],
  [
    'no subnet for the gateway',
    near({ gateway: undefined }),
    '`existing.networks.swedencentral.subnets.gateway` must be a subnet for Application Gateway (zone-redundant), got: nothing.',
  ],
  [
    'no subnet for the app',
    near({ appService: undefined }),
    '`existing.networks.swedencentral.subnets.appService` is missing in settings.ts.',
  ],
  [
    'a subnet that is not delegated',
    near({ appService: subnet('app', '10.0.4.0/27') }),
    "`existing.networks.swedencentral.subnets.appService.delegation` is missing in settings.ts: it must be 'Microsoft.Web/serverFarms', to which the subnet is delegated. Add it.",
  ],
  [
    'a region that is not deployed to',
    { existing: { networks: { westeurope: network } } },
    '`existing.networks` must be by location, one of swedencentral, northeurope, got: "westeurope".',
  ],
  [
    'a subnet for agents in a network of others',
    { ...inSpoke, agentsSubnet: true },
    '`agentsSubnet` must be false with an existing network in swedencentral, got: true.',
  ],
  [
    'a hub beside an existing network',
    { ...inSpoke, existing: { ...inSpoke.existing, hubs: { swedencentral: hub } } },
    '`existing.hubs.swedencentral` must be left out where networks has the region, got: ',
  ],
  [
    'a hub that is neither',
    { existing: { hubs: { swedencentral: { dnsServers: ['10.100.1.4'] } } } },
    '`existing.hubs.swedencentral` must be a virtual network, { virtualNetworkId }, or a hub of Virtual WAN, { virtualHubId }, got: {}. Name one of them in settings.ts.',
  ],
  [
    'a hub that is both',
    { existing: { hubs: { swedencentral: { ...hub, virtualHubId: wanHub } } } },
    '`existing.hubs.swedencentral` must be a virtual network, { virtualNetworkId }, or a hub of Virtual WAN, { virtualHubId }, got: ',
  ],
  [
    'a hub of Virtual WAN as a network',
    { existing: { hubs: { swedencentral: { virtualNetworkId: wanHub } } } },
    '`existing.hubs.swedencentral.virtualNetworkId` must be the resource id of a virtual network, /subscriptions/…',
  ],
  [
    'a route table to a hub of Virtual WAN',
    { existing: { hubs: { swedencentral: { virtualHubId: wanHub, firewallAddress: '10.100.0.4' } } } },
    '`existing.hubs.swedencentral.firewallAddress` must be left out with virtualHubId, got: "10.100.0.4". It belongs to a hub with virtualNetworkId: remove it from settings.ts.',
  ],
  [
    'internet security of a peering',
    { existing: { hubs: { swedencentral: { ...hub, internetSecurity: true } } } },
    '`existing.hubs.swedencentral.internetSecurity` must be left out with virtualNetworkId, got: true.',
  ],
  [
    'a default route to a firewall for an Application Gateway',
    { existing: { hubs: { swedencentral: { virtualHubId: wanHub, internetSecurity: true } } } },
    '`existing.hubs.swedencentral.internetSecurity` must be left out with Application Gateway (zone-redundant), got: true.',
  ],
  [
    'a firewall in the network itself',
    { existing: { hubs: { swedencentral: { ...hub, firewallAddress: '10.0.9.4' } } } },
    '`existing.hubs.swedencentral.firewallAddress` must be outside the region\'s own range, 10.0.0.0/16, got: "10.0.9.4".',
  ],
  [
    'a firewall at a public address',
    { existing: { hubs: { swedencentral: { ...hub, firewallAddress: '20.0.0.4' } } } },
    '`existing.hubs.swedencentral.firewallAddress` must be a private IPv4 address, for instance 10.100.0.4, got: "20.0.0.4".',
  ],
  [
    'a network of its own that is too small',
    { regions },
    '`regions[0].addressSpace` must be an RFC 1918 range between /8 and /22 that starts on its own boundary, for instance 10.0.0.0/16, got: "10.0.4.0/24". Change it in settings.ts.',
  ],
  [
    'a resource group by its name',
    groups({ swedencentral: 'rg-shop' }),
    '`existing.resourceGroups.swedencentral` must be the resource id of a resource group, /subscriptions/…/resourceGroups/rg-shop, got: "rg-shop".',
  ],
  [
    'one resource group for two regions',
    groups({ swedencentral: '/subscriptions/1/resourceGroups/rg', northeurope: '/subscriptions/1/resourceGroups/RG' }),
    '`existing.resourceGroups.northeurope` must be another group than that of swedencentral, got: ',
  ],
  [
    'resource groups of two subscriptions',
    groups({ swedencentral: '/subscriptions/1/resourceGroups/a', northeurope: '/subscriptions/2/resourceGroups/b' }),
    '`existing.resourceGroups.northeurope` must be in the subscription of the others, got: ',
  ],
  [
    'a network of another subscription than the resource groups',
    {
      ...inSpoke,
      existing: { ...inSpoke.existing, resourceGroups: { swedencentral: '/subscriptions/2/resourceGroups/rg' } },
    },
    '`existing.resourceGroups.swedencentral` must be in the subscription of the others, got: "/subscriptions/2/resourceGroups/rg". That of networks.swedencentral is in 1.',
  ],
  [
    'one network for two regions',
    { regions, existing: { networks: { swedencentral: network, northeurope: network } } },
    '`existing.networks.northeurope.virtualNetworkId` must be another network than that of swedencentral, got: ',
  ],
  [
    'a placeholder in an id',
    groups({ swedencentral: '/subscriptions/<id>/resourceGroups/rg' }),
    '`existing.resourceGroups.swedencentral` must be the resource id of a resource group, /subscriptions/…/resourceGroups/rg-shop, got: ',
  ],
  [
    'an id with a slash at its end',
    { existing: { hubs: { swedencentral: { virtualNetworkId: `${hubId}/` } } } },
    '/virtualNetworks/spoke, without a space or slash at its ends, got: ',
  ],
  [
    'a resolver in the network itself',
    { existing: { hubs: { swedencentral: { ...hub, dnsServers: ['10.100.1.4', '10.0.9.4'] } } } },
    '`existing.hubs.swedencentral.dnsServers` must be outside the region\'s own range, 10.0.0.0/16, got: "10.0.9.4".',
  ],
  [
    'a resolver twice',
    { existing: { hubs: { swedencentral: { ...hub, dnsServers: ['10.100.1.4', '10.100.1.4'] } } } },
    '`existing.hubs.swedencentral.dnsServers` must be a list that names each address once, got: ',
  ],
])('refuses %s', (_, change, message) => expect(answerTo('zone-redundant', change)).toContain(message));
