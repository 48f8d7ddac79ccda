import { Subnet } from '@cdktf/provider-azurerm/lib/subnet';
import { VirtualNetwork } from '@cdktf/provider-azurerm/lib/virtual-network';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { subnet24 } from '../addressSpace';
import { diagnose } from '../monitoring/diagnostics';
import type { WatchedPlace } from '../monitoring/place';
import { denyAll, type SecurityRule, SubnetSecurity } from './securityRules';

/** A subnet of the entry's own in each region. */
export interface EntrySubnet {
  /** What the subnet is for, in lower case with hyphens: part of its name, its construct id and the names of rules. */
  readonly id: string;
  /**
   * Priority of the rule that lets this subnet reach the private endpoints: 300 to 399, and no other entry's, because a toggled
   * entry removes one rule and adds the other in the same apply.
   */
  readonly priority: number;
  /** What may pass, given the subnet's range. */
  rules(range: string): readonly SecurityRule[];
}

export interface NetworkProps {
  readonly place: WatchedPlace;
  /** The region's private range, at least a /22. */
  readonly addressSpace: string;
  /** The subnet that the entry needs; undefined: none. */
  readonly entry: EntrySubnet | undefined;
  /** Whether the app reaches Redis, at this port. */
  readonly redisPort: number | undefined;
}

/**
 * A region's virtual network. Each subnet is a /24 at a fixed place in the range, whether or not the others are there,
 * so that adding one later moves nothing. Each has a packet filter with the least that must pass.
 */
export class Network extends Construct {
  readonly vnet: VirtualNetwork;
  /** Outbound traffic of the app. */
  readonly integration: Subnet;
  readonly privateEndpoints: Subnet;
  /** The entry's own, where it needs one. */
  readonly entry: Subnet | undefined;
  /** What must be there before the entry moves in: Azure checks a gateway's packet filter then. */
  readonly entryReady: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { place, addressSpace, entry, redisPort }: NetworkProps) {
    super(scope, id);
    const { name, location, resourceGroupName, settings, workspaceId, tags } = place;
    this.vnet = new VirtualNetwork(this, 'resource', {
      name: name('virtualNetwork', location),
      location,
      resourceGroupName,
      addressSpace: [addressSpace],
      tags,
    });
    diagnose(this, 'logs', 'Microsoft.Network/virtualNetworks', this.vnet.id, workspaceId);
    const subnet = (constructId: string, subnetName: string, index: number, extra: object = {}) =>
      new Subnet(this, constructId, {
        name: subnetName,
        resourceGroupName,
        virtualNetworkName: this.vnet.name,
        addressPrefixes: [subnet24(addressSpace, index)],
        ...extra,
      });
    const [app, entryRange, endpoints, agents] = [0, 1, 2, 3].map((index) => subnet24(addressSpace, index)) as [
      string,
      string,
      string,
      string,
    ];
    const filter = (constructId: string, part: string, of: Subnet, rules: readonly SecurityRule[]) =>
      new SubnetSecurity(this, constructId, { place, part, subnet: of, rules });

    this.integration = subnet('app_service', 'snet-app-service', 0, { delegation: [delegation] });
    filter('app_service_security', 'app-service', this.integration, appServiceRules(app, endpoints, redisPort));

    if (entry) {
      const constructId = entry.id.replaceAll('-', '_');
      this.entry = subnet(constructId, `snet-${entry.id}`, 1);
      const security = filter(`${constructId}_security`, entry.id, this.entry, entry.rules(entryRange));
      this.entryReady = [security.association];
    } else this.entryReady = [];

    // Without this, a packet filter on the subnet does not apply to private endpoints.
    this.privateEndpoints = subnet('private_endpoints', 'snet-private-endpoints', 2, {
      privateEndpointNetworkPolicies: 'NetworkSecurityGroupEnabled',
    });
    const callers = [
      { who: 'app-service', range: app, priority: 200 },
      ...(entry ? [{ who: entry.id, range: entryRange, priority: entry.priority }] : []),
      ...(settings.agentsSubnet ? [{ who: 'agents', range: agents, priority: 400 }] : []),
    ];
    filter(
      'private_endpoints_security',
      'private-endpoints',
      this.privateEndpoints,
      endpointRules(endpoints, callers, redisPort),
    );

    if (settings.agentsSubnet)
      filter('agents_security', 'agents', subnet('agents', 'snet-agents', 3), agentRules(agents));
  }
}

const delegation = {
  name: 'app-service',
  serviceDelegation: {
    name: 'Microsoft.Web/serverFarms',
    actions: ['Microsoft.Network/virtualNetworks/subnets/action'],
  },
};

const https = ['443'];

/** All of the app's traffic goes this way, so this is the list of what it may reach. */
function appServiceRules(app: string, endpoints: string, redisPort: number | undefined): SecurityRule[] {
  const out = (priority: number, name: string, to: string, ports: readonly string[]): SecurityRule => ({
    name,
    direction: 'Outbound',
    priority,
    from: app,
    to,
    ports,
  });
  return [
    out(200, 'allow-https-to-private-endpoints', endpoints, https),
    ...(redisPort === undefined ? [] : [out(300, 'allow-redis-to-private-endpoints', endpoints, [`${redisPort}`])]),
    out(400, 'allow-azure-monitor', 'AzureMonitor', https),
    out(500, 'allow-microsoft-entra', 'AzureActiveDirectory', https),
    denyAll('Outbound'),
    denyAll('Inbound'),
  ];
}

function endpointRules(
  endpoints: string,
  callers: readonly { who: string; range: string; priority: number }[],
  redisPort: number | undefined,
): SecurityRule[] {
  const into = (priority: number, name: string, from: string, ports: readonly string[]): SecurityRule => ({
    name,
    direction: 'Inbound',
    priority,
    from,
    to: endpoints,
    ports,
  });
  return [
    ...callers.map(({ who, range, priority }) => into(priority, `allow-https-from-${who}`, range, https)),
    ...(redisPort === undefined
      ? []
      : [into(500, 'allow-redis-from-app-service', callers[0]?.range ?? '', [`${redisPort}`])]),
    denyAll('Inbound'),
    denyAll('Outbound'),
  ];
}

/** Build agents fetch work and packages from anywhere over HTTPS; nobody calls them. */
const agentRules = (agents: string): SecurityRule[] => [
  { name: 'allow-https-out', direction: 'Outbound', priority: 200, from: agents, to: '*', ports: https },
  denyAll('Outbound'),
  denyAll('Inbound'),
];
