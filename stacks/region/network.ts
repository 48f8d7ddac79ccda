import { Subnet } from '@cdktf/provider-azurerm/lib/subnet';
import { VirtualNetwork } from '@cdktf/provider-azurerm/lib/virtual-network';
import { Construct } from 'constructs';
import { subnet24 } from '../addressSpace';
import type { Place } from './region';

export interface NetworkProps {
  readonly place: Place;
  /** The region's private range, at least a /22. */
  readonly addressSpace: string;
  /** Whether an Application Gateway needs a subnet of its own. */
  readonly gateway: boolean;
}

/**
 * A region's virtual network. Each subnet is a /24 at a fixed place in the range, whether or not the others are there,
 * so that adding one later moves nothing.
 */
export class Network extends Construct {
  readonly vnet: VirtualNetwork;
  /** Outbound traffic of the app. */
  readonly integration: Subnet;
  readonly privateEndpoints: Subnet;
  readonly gateway: Subnet | undefined;

  constructor(scope: Construct, id: string, { place, addressSpace, gateway }: NetworkProps) {
    super(scope, id);
    const { name, location, resourceGroupName, tags } = place;
    this.vnet = new VirtualNetwork(this, 'resource', {
      name: name('virtualNetwork', location),
      location,
      resourceGroupName,
      addressSpace: [addressSpace],
      tags,
    });
    const subnet = (constructId: string, subnetName: string, index: number, extra: object = {}) =>
      new Subnet(this, constructId, {
        name: subnetName,
        resourceGroupName,
        virtualNetworkName: this.vnet.name,
        addressPrefixes: [subnet24(addressSpace, index)],
        ...extra,
      });
    this.integration = subnet('app_service', 'snet-app-service', 0, {
      delegation: [
        {
          name: 'app-service',
          serviceDelegation: {
            name: 'Microsoft.Web/serverFarms',
            actions: ['Microsoft.Network/virtualNetworks/subnets/action'],
          },
        },
      ],
    });
    // Microsoft's baseline uses a /24 too: the gateway needs room for its largest scale and for upgrades.
    if (gateway) this.gateway = subnet('gateway', 'snet-gateway', 1);
    this.privateEndpoints = subnet('private_endpoints', 'snet-private-endpoints', 2);
  }
}
