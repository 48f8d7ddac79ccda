import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { RouteTable } from '@cdktf/provider-azurerm/lib/route-table';
import { VirtualHubConnection } from '@cdktf/provider-azurerm/lib/virtual-hub-connection';
import type { VirtualNetwork } from '@cdktf/provider-azurerm/lib/virtual-network';
import { VirtualNetworkPeering } from '@cdktf/provider-azurerm/lib/virtual-network-peering';
import { type ITerraformDependable, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { Place } from '../../monitoring/place';
import type { Hub } from '../../settings/networkSchema';
import { partsOf } from '../../settings/resourceId';

/**
 * Connects a network to a hub: by peering with a virtual network, or by a connection of a hub of Virtual WAN.
 *
 * @returns from when on the hub leads to the network
 */
export function connect(scope: Construct, place: Place, vnet: VirtualNetwork, hub: Hub): ITerraformDependable[] {
  const { virtualHubId, virtualNetworkId, internetSecurity = false } = hub;
  const peered = virtualNetworkId === undefined ? [] : peer(scope, place, vnet, { ...hub, virtualNetworkId });
  if (virtualHubId === undefined) return peered;
  const { name, location } = place;
  return [
    new VirtualHubConnection(scope, 'hub_connection', {
      // The hub has one for each network, of whichever deployment.
      name: name('virtualNetworkPeering', location),
      virtualHubId,
      remoteVirtualNetworkId: vnet.id,
      internetSecurityEnabled: internetSecurity,
      provider: hubProvider(scope, location, virtualHubId),
    }),
  ];
}

type NetworkHub = Hub & { readonly virtualNetworkId: string };

/** Our direction of the peering, and the hub's where the settings do not leave it to its owner. */
function peer(scope: Construct, place: Place, vnet: VirtualNetwork, hub: NetworkHub): VirtualNetworkPeering[] {
  const useRemoteGateways = hub.useRemoteGateways ?? false;
  const fromHub = hub.peering === 'spoke' ? [] : [peerFromHub(scope, place, vnet, hub, useRemoteGateways)];
  const toHub = new VirtualNetworkPeering(scope, 'to_hub', {
    name: 'to-hub',
    resourceGroupName: place.resourceGroupName,
    virtualNetworkName: vnet.name,
    remoteVirtualNetworkId: hub.virtualNetworkId,
    // What comes from elsewhere comes through the hub's firewall.
    allowForwardedTraffic: true,
    useRemoteGateways,
    // Azure refuses the use of a gateway that the other direction does not offer yet.
    ...(useRemoteGateways && { dependsOn: fromHub }),
  });
  return [toHub, ...fromHub];
}

function peerFromHub(
  scope: Construct,
  { name, location }: Place,
  vnet: VirtualNetwork,
  { virtualNetworkId }: NetworkHub,
  allowGatewayTransit: boolean,
): VirtualNetworkPeering {
  const { resourceGroupName, name: virtualNetworkName } = partsOf(virtualNetworkId);
  return new VirtualNetworkPeering(scope, 'from_hub', {
    // The hub has one for each spoke, of whichever deployment.
    name: name('virtualNetworkPeering', location),
    resourceGroupName,
    virtualNetworkName,
    remoteVirtualNetworkId: vnet.id,
    allowForwardedTraffic: true,
    allowGatewayTransit,
    provider: hubProvider(scope, location, virtualNetworkId),
  });
}

const hubProvider = (scope: Construct, location: string, hubId: string): AzurermProvider =>
  new AzurermProvider(TerraformStack.of(scope), `azurerm_hub_${location}`, {
    alias: `hub_${location}`,
    subscriptionId: partsOf(hubId).subscriptionId,
    features: [{}],
    resourceProviderRegistrations: 'none',
  });

/**
 * A route table that sends everything which leaves the network through the hub's firewall. Routes learned from a gateway are
 * left out, so that none of them leads around it.
 */
export function routeThrough(scope: Construct, place: Place, firewallAddress: string): RouteTable {
  const { name, location, resourceGroupName, tags } = place;
  return new RouteTable(scope, 'routes', {
    name: name('routeTable', location),
    location,
    resourceGroupName,
    bgpRoutePropagationEnabled: false,
    route: [
      {
        name: 'through-firewall',
        addressPrefix: '0.0.0.0/0',
        nextHopType: 'VirtualAppliance',
        nextHopInIpAddress: firewallAddress,
      },
    ],
    tags,
  });
}
