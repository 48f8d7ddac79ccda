import { PrivateDnsZone } from '@cdktf/provider-azurerm/lib/private-dns-zone';
import { PrivateDnsZoneVirtualNetworkLink } from '@cdktf/provider-azurerm/lib/private-dns-zone-virtual-network-link';
import { PrivateEndpoint } from '@cdktf/provider-azurerm/lib/private-endpoint';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { Place } from '../../monitoring/place';
import type { Network } from './network';

/**
 * Sub-resource and private DNS zone of each service that is reached privately.
 *
 * @see https://learn.microsoft.com/azure/private-link/private-endpoint-dns
 * @see https://learn.microsoft.com/azure/redis/private-link for Azure Managed Redis
 */
const services = {
  webApps: { label: 'app', subresource: 'sites', zone: 'privatelink.azurewebsites.net' },
  managedRedis: { label: 'redis', subresource: 'redisEnterprise', zone: 'privatelink.redis.azure.net' },
  keyVault: { label: 'vault', subresource: 'vault', zone: 'privatelink.vaultcore.azure.net' },
  blobs: { label: 'blobs', subresource: 'blob', zone: 'privatelink.blob.core.windows.net' },
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
  private readonly zone: PrivateDnsZone;
  private readonly link: PrivateDnsZoneVirtualNetworkLink;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: PrivateAccessProps,
  ) {
    super(scope, id);
    const { place, network, service } = props;
    const { label, subresource, zone } = services[service];
    this.zone = new PrivateDnsZone(this, 'zone', {
      name: zone,
      resourceGroupName: place.resourceGroupName,
      tags: place.tags,
    });
    this.link = new PrivateDnsZoneVirtualNetworkLink(this, 'zone_link', {
      name: network.vnet.name,
      resourceGroupName: place.resourceGroupName,
      privateDnsZoneName: this.zone.name,
      virtualNetworkId: network.vnet.id,
      tags: place.tags,
    });
    this.endpoint = this.endpointTo('resource', label, subresource);
  }

  /** A further endpoint to a deployment slot of the same app, in the same zone. */
  addSlot(name: string, slot: ITerraformDependable): void {
    // The endpoint names app and slot as text, in which Terraform sees no reference, so the dependency is explicit.
    this.endpointTo(name, `app-${name}`, `sites-${name}`, [slot]);
  }

  private endpointTo(
    id: string,
    label: string,
    subresource: string,
    after: readonly ITerraformDependable[] = [],
  ): PrivateEndpoint {
    const { place, network, resourceId } = this.props;
    const { name, location, resourceGroupName, tags } = place;
    return new PrivateEndpoint(this, id, {
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
      privateDnsZoneGroup: { name: label, privateDnsZoneIds: [this.zone.id] },
      // What depends on this endpoint also waits for its name to resolve.
      dependsOn: [this.link, ...after],
      tags,
    });
  }
}
