import type { LinuxWebApp } from '@cdktf/provider-azurerm/lib/linux-web-app';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import { Construct } from 'constructs';
import type { FrontDoorEntry } from '../entry/frontDoor';
import type { Namer } from '../naming';
import type { RegionSettings, Settings } from '../settings';
import type { Variant } from '../variant';
import { Hosting } from './hosting';
import { Network } from './network';
import { PrivateAccess } from './privateAccess';
import { Sessions } from './sessions';

export interface RegionProps {
  readonly name: Namer;
  readonly base: string;
  readonly variant: Variant;
  readonly settings: Settings;
  readonly region: RegionSettings;
  /** The Front Door whose requests alone are let in; without one, the entry decides who may come. */
  readonly frontDoor: FrontDoorEntry | undefined;
}

/** What a region's constructs share. */
export interface Place {
  readonly name: Namer;
  readonly location: string;
  readonly resourceGroupName: string;
  readonly tags: Record<string, string>;
}

/**
 * Everything that one region needs to serve the shop by itself. Its construct id is the region's location, which is
 * therefore part of every Terraform address in it.
 */
export class Region extends Construct {
  readonly location: string;
  readonly place: Place;
  readonly network: Network;
  readonly sessions: Sessions | undefined;
  private readonly identity: UserAssignedIdentity;
  private hosting: Hosting | undefined;
  /** The app's private endpoint, where the entry reaches it privately. */
  appAccess: PrivateAccess | undefined;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: RegionProps,
  ) {
    super(scope, id);
    const { name, base, variant, settings, region } = props;
    this.location = region.location;
    const group = new ResourceGroup(this, 'resource', {
      name: name('resourceGroup', base, this.location),
      location: this.location,
      tags: settings.tags,
    });
    this.place = { name, location: this.location, resourceGroupName: group.name, tags: settings.tags };

    this.network = new Network(this, 'network', {
      place: this.place,
      addressSpace: region.addressSpace,
      gateway: variant.entry === 'application-gateway',
    });
    this.identity = new UserAssignedIdentity(this, 'app_identity', {
      name: name('managedIdentity', 'app', this.location),
      location: this.location,
      resourceGroupName: group.name,
      tags: settings.tags,
    });
    if (variant.sessions !== 'in-process')
      this.sessions = new Sessions(this, 'sessions', {
        place: this.place,
        network: this.network,
        skuName: settings.redisSku,
        geoReplicated: variant.sessions === 'redis-geo',
      });
  }

  /**
   * Declares the web app, last: it must find its sessions linked and its identity let in, and geo-replication links
   * across regions.
   */
  host(): void {
    const { variant, settings, frontDoor } = this.props;
    this.sessions?.admit(this.identity);
    this.hosting = new Hosting(this, 'hosting', {
      place: this.place,
      network: this.network,
      identity: this.identity,
      sessions: this.sessions,
      skuName: settings.planSku,
      instances: variant.instances,
      zoneRedundant: variant.zoneRedundant,
      affinity: variant.affinity.appService === 'on',
      host: variant.entry !== 'app-service' && settings.domain !== 'none' ? settings.domain.host : undefined,
      ingress: ingress(variant, frontDoor),
    });
    if (variant.entry === 'application-gateway')
      this.appAccess = new PrivateAccess(this, 'app_access', {
        place: this.place,
        network: this.network,
        service: 'webApps',
        resourceId: this.app.id,
      });
  }

  /** @throws Error before `host()` was called */
  get app(): LinuxWebApp {
    if (!this.hosting) throw new Error(`${this.node.path} hosts no app yet`);
    return this.hosting.app;
  }
}

function ingress(variant: Variant, frontDoor: FrontDoorEntry | undefined) {
  if (frontDoor) return { from: 'front-door', profileGuid: frontDoor.profileGuid } as const;
  return { from: variant.entry === 'application-gateway' ? 'private-endpoint' : 'anyone' } as const;
}
