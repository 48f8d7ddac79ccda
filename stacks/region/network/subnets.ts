import type { RouteTable } from '@cdktf/provider-azurerm/lib/route-table';
import { Subnet } from '@cdktf/provider-azurerm/lib/subnet';
import { SubnetRouteTableAssociation } from '@cdktf/provider-azurerm/lib/subnet-route-table-association';
import { VirtualNetwork, type VirtualNetworkConfig } from '@cdktf/provider-azurerm/lib/virtual-network';
import type { ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';
import type { WatchedPlace } from '../../monitoring/place';
import type { SecurityRule } from './securityRule';
import { SubnetSecurity } from './securityRules';

/** A subnet that is made with its packet filter. */
export interface PlannedSubnet {
  /** What it is for, in lower case with hyphens: `app-service`. Part of its name, its construct id and its filter's name. */
  readonly part: string;
  readonly range: string;
  readonly rules: readonly SecurityRule[];
  /** Whether App Service may put workers in it. */
  readonly delegated?: true;
  /** Whether it holds private endpoints, to which the filter applies only when asked to. */
  readonly endpoints?: true;
  /** Whether what leaves the network from it goes through the hub's firewall, where there is one. */
  readonly routed?: true;
}

/** A subnet that others refer to. */
export interface PlacedSubnet {
  readonly id: string;
  /** What must be there before something moves in: from here on the subnet is filtered. */
  readonly filtered: readonly ITerraformDependable[];
  /** From here on what leaves goes through the hub's firewall, where there is one. */
  readonly routed: readonly ITerraformDependable[];
  /** Its packet filter and its range, where the blueprint makes them. */
  readonly group?: { readonly id: string; readonly range: string };
}

export interface Subnets {
  readonly vnet: VirtualNetwork;
  /** By `part`. */
  readonly placed: ReadonlyMap<string, PlacedSubnet>;
}

interface SubnetsProps {
  readonly place: WatchedPlace;
  /** Everything about the network but its subnets. */
  readonly vnet: VirtualNetworkConfig;
  readonly planned: readonly PlannedSubnet[];
  /** Routes of the subnets that are routed; undefined: Azure's own. */
  readonly routes: RouteTable | undefined;
}

const constructId = (part: string) => part.replaceAll('-', '_');

/** As the Cloud Adoption Framework abbreviates. */
const subnetName = (part: string) => `snet-${part}`;

const serviceDelegation = {
  name: 'Microsoft.Web/serverFarms',
  actions: ['Microsoft.Network/virtualNetworks/subnets/action'],
};

/** Without this, a packet filter on the subnet does not apply to private endpoints. */
const filteredEndpoints = 'NetworkSecurityGroupEnabled';

/** Each subnet is a resource of its own, which gets its filter in a second call. */
export function separateSubnets(scope: Construct, { place, vnet: network, planned, routes }: SubnetsProps): Subnets {
  const vnet = new VirtualNetwork(scope, 'resource', network);
  const placed = planned.map(({ part, range, rules, delegated, endpoints, routed: isRouted }) => {
    const subnet = new Subnet(scope, constructId(part), {
      name: subnetName(part),
      resourceGroupName: place.resourceGroupName,
      virtualNetworkName: vnet.name,
      addressPrefixes: [range],
      ...(delegated && { delegation: [{ name: 'app-service', serviceDelegation }] }),
      ...(endpoints && { privateEndpointNetworkPolicies: filteredEndpoints }),
    });
    const security = new SubnetSecurity(scope, `${constructId(part)}_security`, { place, part, subnet, rules });
    const routed =
      routes && isRouted
        ? [
            new SubnetRouteTableAssociation(scope, `${constructId(part)}_routes`, {
              subnetId: subnet.id,
              routeTableId: routes.id,
            }),
          ]
        : [];
    const group = { id: security.groupId, range };
    return [part, { id: subnet.id, filtered: security.ready, routed, group }] as const;
  });
  return { vnet, placed: new Map(placed) };
}

/**
 * Subnets are blocks of the network, which makes them with their filters in one call. A policy that denies a subnet without a
 * filter, as in landing zones, accepts only this.
 *
 * @see https://github.com/Azure/Enterprise-Scale/wiki/ALZ-Policies, Deny-Subnet-Without-Nsg
 * @see https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/virtual_network#subnet
 */
export function inlineSubnets(scope: Construct, { place, vnet: network, planned, routes }: SubnetsProps): Subnets {
  const filters = planned.map(
    ({ part, rules }) => new SubnetSecurity(scope, `${constructId(part)}_security`, { place, part, rules }),
  );
  const vnet = new VirtualNetwork(scope, 'resource', {
    ...network,
    subnet: planned.map(({ part, range, delegated, endpoints, routed }, index) => ({
      name: subnetName(part),
      addressPrefixes: [range],
      securityGroup: (filters[index] as SubnetSecurity).groupId,
      delegation: delegated ? [{ name: 'app-service', serviceDelegation: [serviceDelegation] }] : [],
      privateEndpointNetworkPolicies: endpoints ? filteredEndpoints : 'Disabled',
      // Terraform's JSON wants every member of these blocks, and azurerm refuses an empty text as the id of a route table.
      routeTableId: routes && routed ? routes.id : '${null}',
      // What follows is what a subnet of its own has by default.
      defaultOutboundAccessEnabled: true,
      privateLinkServiceNetworkPoliciesEnabled: true,
      serviceEndpointPolicyIds: [],
      serviceEndpoints: [],
    })),
    // An empty filter lets in less than the subnet's owner needs to be set up.
    dependsOn: filters.flatMap(({ ready }) => [...ready]),
  });
  const placed = planned.map(
    ({ part, range }, index) =>
      [
        part,
        {
          id: `${vnet.id}/subnets/${subnetName(part)}`,
          ...{ filtered: [vnet], routed: [] },
          group: { id: (filters[index] as SubnetSecurity).groupId, range },
        },
      ] as const,
  );
  return { vnet, placed: new Map(placed) };
}
