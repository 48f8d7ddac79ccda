import { PrivateDnsZone } from '@cdktf/provider-azurerm/lib/private-dns-zone';
import { PrivateDnsZoneVirtualNetworkLink } from '@cdktf/provider-azurerm/lib/private-dns-zone-virtual-network-link';
import { PrivateEndpoint } from '@cdktf/provider-azurerm/lib/private-endpoint';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { Place } from '../../monitoring/place';
import { privateZones } from '../../settings/existingSchema';
import type { Network } from './network';

/**
 * Sub-resource and private DNS zone of each service that is reached privately.
 *
 * @see https://learn.microsoft.com/azure/private-link/private-endpoint-dns
 * @see https://learn.microsoft.com/azure/redis/private-link for Azure Managed Redis
 */
const services = {
  webApps: { label: 'app', subresource: 'sites', zone: privateZones.webApps },
  managedRedis: { label: 'redis', subresource: 'redisEnterprise', zone: privateZones.managedRedis },
  keyVault: { label: 'vault', subresource: 'vault', zone: privateZones.keyVault },
  blobs: { label: 'blobs', subresource: 'blob', zone: privateZones.blobs },
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
  /** Zone that the endpoint's name is written into; undefined: Azure Policy chooses it. */
  private readonly zoneId: string | undefined;
  private readonly linked: readonly ITerraformDependable[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: PrivateAccessProps,
  ) {
    super(scope, id);
    const { place, network, service } = props;
    const { label, subresource, zone } = services[service];
    const existing = place.settings.existing?.privateDnsZones;
    if (existing === undefined) {
      const made = new PrivateDnsZone(this, 'zone', {
        name: zone,
        resourceGroupName: place.resourceGroupName,
        tags: place.tags,
      });
      this.zoneId = made.id;
      this.linked = [
        new PrivateDnsZoneVirtualNetworkLink(this, 'zone_link', {
          name: network.vnet.name,
          resourceGroupName: place.resourceGroupName,
          privateDnsZoneName: made.name,
          virtualNetworkId: network.vnet.id,
          // The zone hides every vault with a private endpoint anywhere, also the certificate's: what it does not know, the internet does.
          ...(service === 'keyVault' &&
            typeof place.settings.certificate !== 'string' && { resolutionPolicy: 'NxDomainRedirect' }),
          tags: place.tags,
        }),
      ];
    } else {
      this.zoneId = existing === 'policy' ? undefined : existing[service];
      this.linked = [];
    }
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
      // A policy adds its zone group after the apply, and the next plan must not take it away.
      ...(this.zoneId === undefined
        ? { lifecycle: { ignoreChanges: ['private_dns_zone_group'] } }
        : { privateDnsZoneGroup: { name: label, privateDnsZoneIds: [this.zoneId] } }),
      // What depends on this endpoint also waits for its name to resolve, and for a runner behind a hub to reach it.
      dependsOn: [...this.linked, ...network.connected, ...after],
      tags,
    });
  }
}
