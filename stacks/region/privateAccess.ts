import { PrivateDnsZone } from '@cdktf/provider-azurerm/lib/private-dns-zone';
import { PrivateDnsZoneVirtualNetworkLink } from '@cdktf/provider-azurerm/lib/private-dns-zone-virtual-network-link';
import { PrivateEndpoint } from '@cdktf/provider-azurerm/lib/private-endpoint';
import { Construct } from 'constructs';
import type { Network } from './network';
import type { Place } from './region';

/**
 * Sub-resource and private DNS zone of each service that is reached privately.
 *
 * @see https://learn.microsoft.com/azure/private-link/private-endpoint-dns
 * @see https://learn.microsoft.com/azure/redis/private-link for Azure Managed Redis
 */
const services = {
  webApps: { label: 'app', subresource: 'sites', zone: 'privatelink.azurewebsites.net' },
  managedRedis: { label: 'redis', subresource: 'redisEnterprise', zone: 'privatelink.redis.azure.net' },
} as const;

export interface PrivateAccessProps {
  readonly place: Place;
  readonly network: Network;
  readonly service: keyof typeof services;
  readonly resourceId: string;
}

/** A private endpoint with its DNS zone, linked to the region's network: clients keep using the public host name. */
export class PrivateAccess extends Construct {
  readonly endpoint: PrivateEndpoint;

  constructor(scope: Construct, id: string, { place, network, service, resourceId }: PrivateAccessProps) {
    super(scope, id);
    const { name, location, resourceGroupName, tags } = place;
    const { label, subresource, zone: zoneName } = services[service];
    const zone = new PrivateDnsZone(this, 'zone', { name: zoneName, resourceGroupName, tags });
    const link = new PrivateDnsZoneVirtualNetworkLink(this, 'zone_link', {
      name: network.vnet.name,
      resourceGroupName,
      privateDnsZoneName: zone.name,
      virtualNetworkId: network.vnet.id,
      tags,
    });
    this.endpoint = new PrivateEndpoint(this, 'resource', {
      name: name('privateEndpoint', label, location),
      location,
      resourceGroupName,
      subnetId: network.privateEndpoints.id,
      privateServiceConnection: {
        name: label,
        privateConnectionResourceId: resourceId,
        subresourceNames: [subresource],
        isManualConnection: false,
      },
      privateDnsZoneGroup: { name: label, privateDnsZoneIds: [zone.id] },
      // Whoever waits for this endpoint waits for its name to resolve, too.
      dependsOn: [link],
      tags,
    });
  }
}
