import { applicationGateway } from '../../../stacks/entry/kinds/applicationGateway';
import { Network } from '../../../stacks/region/network/network';
import { denyAll } from '../../../stacks/region/network/securityRule';
import { SubnetSecurity } from '../../../stacks/region/network/securityRules';
import { type Block, stackOf, surroundings, type Terraform, variant } from './stack';

const built = (options: { gateway?: boolean; redisPort?: number; agents?: boolean } = {}) =>
  stackOf(
    (stack, place) =>
      new Network(stack, 'network', {
        place,
        addressSpace: '10.0.0.0/22',
        entry: options.gateway ? applicationGateway.subnet : undefined,
        redisPort: options.redisPort,
      }),
    { agentsSubnet: options.agents ?? false },
  );
const full = built({ gateway: true, redisPort: 10000, agents: true });
const least = built();

/** Rules by the packet filter that they belong to. */
function filters(terraform: Terraform): Map<string, Block[]> {
  const groups = new Map<string, Block[]>();
  for (const rule of terraform.blocks('azurerm_network_security_rule')) {
    const group = rule.network_security_group_name as string;
    groups.set(group, [...(groups.get(group) ?? []), rule]);
  }
  return groups;
}
const of = (terraform: Terraform, part: string) =>
  [...filters(terraform)].find(([group]) => group.includes(`_${part}_security.`))?.[1] ?? [];
const allowed = (rules: readonly Block[]) =>
  rules
    .filter(({ access }) => access === 'Allow')
    .map((rule) => [
      rule.direction,
      rule.source_address_prefix,
      rule.destination_address_prefix,
      rule.destination_port_range,
    ]);
const cells = [
  ['full', full],
  ['least', least],
  ['a gateway variant', variant('zone-redundant')],
  ['a Front Door variant', variant('multi-region-active-active')],
] as const;

test('has only the subnets that are asked for, each at its fixed place in the range', () => {
  const ranges = (terraform: Terraform) =>
    Object.fromEntries(terraform.blocks('azurerm_subnet').map((subnet) => [subnet.name, subnet.address_prefixes]));
  expect(ranges(least)).toEqual({ 'snet-app-service': ['10.0.0.0/24'], 'snet-private-endpoints': ['10.0.2.0/24'] });
  expect(ranges(full)).toEqual({
    ...ranges(least),
    'snet-gateway': ['10.0.1.0/24'],
    'snet-agents': ['10.0.3.0/24'],
  });
});

test('fills the smallest range that settings take to its end, and stays inside it', () => {
  expect(full.one('azurerm_virtual_network').address_space).toEqual(['10.0.0.0/22']);
});

test('delegates the subnet of the app alone, and filters private endpoints, which is off unless asked for', () => {
  for (const subnet of full.blocks('azurerm_subnet')) {
    const isApp = subnet.name === 'snet-app-service';
    expect([subnet.name, 'delegation' in subnet]).toEqual([subnet.name, isApp]);
  }
  const endpoints = full.all('azurerm_subnet').get('azurerm_subnet.network_private_endpoints');
  expect(endpoints?.private_endpoint_network_policies).toBe('NetworkSecurityGroupEnabled');
});

describe.each(cells)('%s', (_, terraform) => {
  test('every subnet has a packet filter of its own', () => {
    const associated = terraform.blocks('azurerm_subnet_network_security_group_association');
    const subnets = associated.map(({ subnet_id }) => subnet_id);
    const groups = associated.map(({ network_security_group_id }) => network_security_group_id);
    expect(subnets.toSorted()).toEqual(
      [...terraform.all('azurerm_subnet').keys()].map((of) => `\${${of}.id}`).toSorted(),
    );
    expect(new Set(groups).size).toBe(terraform.all('azurerm_network_security_group').size);
  });

  test('every filter ends each direction by denying everything, except outbound traffic of the gateway, which Azure needs', () => {
    expect(filters(terraform).size).toBe(terraform.all('azurerm_network_security_group').size);
    for (const [group, rules] of filters(terraform)) {
      const directions = group.includes('_gateway_security.') ? ['Inbound'] : ['Inbound', 'Outbound'];
      expect([...new Set(rules.map(({ direction }) => direction))].toSorted()).toEqual(directions);
      for (const direction of directions) {
        const last = rules
          .filter((rule) => rule.direction === direction)
          .toSorted(byPriority)
          .at(-1);
        expect(last).toMatchObject({
          access: 'Deny',
          protocol: '*',
          source_address_prefix: '*',
          source_port_range: '*',
          destination_address_prefix: '*',
          destination_port_range: '*',
        });
      }
    }
  });

  test('no two rules of a filter share a name, or a priority in one direction, and all are in what Azure takes', () => {
    for (const rules of filters(terraform).values()) {
      expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length);
      expect(new Set(rules.map(({ direction, priority }) => `${direction} ${priority}`)).size).toBe(rules.length);
      for (const { priority } of rules) {
        expect(priority).toBeGreaterThanOrEqual(100);
        expect(priority).toBeLessThanOrEqual(4096);
      }
    }
  });

  test('every rule that lets something through is named for it and says which port', () => {
    for (const rule of terraform.blocks('azurerm_network_security_rule').filter(({ access }) => access === 'Allow')) {
      expect(rule.name).toMatch(/^allow-/);
      // The load balancer probes whatever it likes; nobody else gets every port.
      if (rule.name !== 'allow-azure-load-balancer') expect(rule.destination_port_range).not.toBe('*');
    }
  });

  test('the internet reaches the gateway on 443 and 80, and nothing else', () => {
    const strangers = ['Internet', '*', '0.0.0.0/0'];
    const open = terraform
      .blocks('azurerm_network_security_rule')
      .filter(({ access, direction }) => access === 'Allow' && direction === 'Inbound')
      .filter(({ source_address_prefix: from }) => strangers.includes(from as string));
    const hasGateway = [...filters(terraform).keys()].some((group) => group.includes('_gateway_security.'));
    expect(open.map((rule) => rule.destination_port_range).toSorted()).toEqual(hasGateway ? ['443', '80'] : []);
    for (const rule of open) expect(rule.network_security_group_name).toContain('_gateway_security.');
  });
});

test('the app may reach private endpoints, Azure Monitor and Entra over HTTPS, and Redis only where there is one', () => {
  const https = [
    ['Outbound', '10.0.0.0/24', '10.0.2.0/24', '443'],
    ['Outbound', '10.0.0.0/24', 'AzureMonitor', '443'],
    ['Outbound', '10.0.0.0/24', 'AzureActiveDirectory', '443'],
  ];
  expect(allowed(of(least, 'app_service'))).toEqual(expect.arrayContaining(https));
  expect(allowed(of(least, 'app_service'))).toHaveLength(3);
  expect(allowed(of(full, 'app_service'))).toEqual(
    expect.arrayContaining([...https, ['Outbound', '10.0.0.0/24', '10.0.2.0/24', '10000']]),
  );
  expect(allowed(of(full, 'app_service'))).toHaveLength(4);
});

test('private endpoints take calls from the subnets that are there, and Redis from the app alone', () => {
  expect(allowed(of(least, 'private_endpoints'))).toEqual([['Inbound', '10.0.0.0/24', '10.0.2.0/24', '443']]);
  expect(allowed(of(full, 'private_endpoints')).toSorted()).toEqual(
    [
      ['Inbound', '10.0.0.0/24', '10.0.2.0/24', '443'],
      ['Inbound', '10.0.1.0/24', '10.0.2.0/24', '443'],
      ['Inbound', '10.0.3.0/24', '10.0.2.0/24', '443'],
      ['Inbound', '10.0.0.0/24', '10.0.2.0/24', '10000'],
    ].toSorted(),
  );
});

test('the gateway is managed and probed by Azure, without which it does not work', () => {
  expect(allowed(of(full, 'gateway'))).toEqual(
    expect.arrayContaining([
      ['Inbound', 'GatewayManager', '*', '65200-65535'],
      ['Inbound', 'AzureLoadBalancer', '*', '*'],
    ]),
  );
});

test('build agents call out over HTTPS, and nobody calls them', () => {
  expect(allowed(of(full, 'agents'))).toEqual([['Outbound', '10.0.3.0/24', '*', '443']]);
});

test('a rule of several ports lists them, and one of a single port does not', () => {
  const terraform = stackOf((stack, place) => {
    const { network } = surroundings(stack, place);
    const rule = {
      name: 'allow-both',
      direction: 'Inbound',
      priority: 100,
      from: '10.0.0.0/24',
      to: '*',
      ports: ['80', '443'],
    } as const;
    new SubnetSecurity(stack, 'security', {
      place,
      part: 'test',
      subnet: network.integration,
      rules: [rule, denyAll('Inbound')],
    });
  });
  const rules = terraform.all('azurerm_network_security_rule');
  expect(rules.get('azurerm_network_security_rule.security_allow_both')).toMatchObject({
    destination_port_ranges: ['80', '443'],
    protocol: 'Tcp',
    priority: 100,
  });
  expect(rules.get('azurerm_network_security_rule.security_deny_all_inbound')).not.toHaveProperty(
    'destination_port_ranges',
  );
});

// stacks/region/network/securityRules.ts: the association waits for the group, not for its rules, and the gateway waits for the
// association. An empty group denies the GatewayManager's ports, with which Azure refuses to make a gateway.
test('a gateway waits for the rules of its subnet, not only for the empty filter', () => {
  const terraform = variant('zone-redundant');
  const before = terraform.before('azurerm_application_gateway.gateway');
  for (const address of terraform.all('azurerm_network_security_rule').keys())
    if (address.includes('_gateway_security_')) expect(before).toContain(address);
});

function byPriority(a: Block, b: Block): number {
  return (a.priority as number) - (b.priority as number);
}

describe('with subnets as blocks of the network', () => {
  const inline = variant('zone-redundant', { subnets: 'inline', agentsSubnet: true });
  const separate = variant('zone-redundant', { agentsSubnet: true });
  const blocks = inline.one('azurerm_virtual_network').subnet as Block[];

  test('the same subnets stand in the same ranges, each with a filter of the same rules, in the one call that makes it', () => {
    const ranges = (subnets: readonly Block[]) =>
      Object.fromEntries(subnets.map((subnet) => [subnet.name, subnet.address_prefixes]));
    expect(ranges(blocks)).toEqual(ranges(separate.blocks('azurerm_subnet')));
    const filterOf = Object.fromEntries(blocks.map((subnet) => [subnet.name, subnet.security_group]));
    for (const { subnet_id, network_security_group_id } of separate.blocks(
      'azurerm_subnet_network_security_group_association',
    )) {
      const [, address = ''] = /\$\{(.+)\.id\}/.exec(subnet_id as string) ?? [];
      expect(filterOf[separate.resources.get(address)?.name as string]).toBe(network_security_group_id);
    }
    expect(inline.all('azurerm_network_security_rule')).toEqual(separate.all('azurerm_network_security_rule'));
    expect(inline.types).not.toContain('azurerm_subnet');
    expect(inline.types).not.toContain('azurerm_subnet_network_security_group_association');
  });

  test('the subnet of the app is delegated, and the filter applies to private endpoints', () => {
    const of = (name: string) => blocks.find((subnet) => subnet.name === name);
    expect(of('snet-app-service')?.delegation).toMatchObject([
      { service_delegation: [{ name: 'Microsoft.Web/serverFarms' }] },
    ]);
    for (const name of ['snet-gateway', 'snet-private-endpoints', 'snet-agents'])
      expect(of(name)?.delegation).toEqual([]);
    expect(of('snet-private-endpoints')?.private_endpoint_network_policies).toBe('NetworkSecurityGroupEnabled');
  });

  // azurerm parses the id of a route table wherever there is a text, and an empty one is no id; null is left out. Terraform evaluates
  // an expression that stands alone to its value.
  test('no member is an empty text, and a subnet without routes has none of a route table', () => {
    expect(blocks.flatMap((subnet) => Object.values(subnet))).not.toContain('');
    expect(blocks.map(({ route_table_id }) => route_table_id)).toEqual(blocks.map(() => '${null}'));
  });

  test('the network waits for every rule, and whatever moves into a subnet waits for the network', () => {
    const network = 'azurerm_virtual_network.swedencentral_network';
    for (const rule of inline.all('azurerm_network_security_rule').keys())
      expect(inline.before(network)).toContain(rule);
    for (const type of ['azurerm_application_gateway', 'azurerm_private_endpoint', 'azurerm_linux_web_app'])
      for (const address of inline.all(type).keys()) expect(inline.before(address)).toContain(network);
  });

  // A subnet that is added later has an id at once: only the network's id is unknown before the first apply.
  test('subnets are referred to by the id that follows from their network', () => {
    const [app] = inline.blocks('azurerm_linux_web_app');
    expect(app?.virtual_network_subnet_id).toBe(
      '${azurerm_virtual_network.swedencentral_network.id}/subnets/snet-app-service',
    );
  });
});
