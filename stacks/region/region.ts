import type { ApplicationInsights } from '@cdktf/provider-azurerm/lib/application-insights';
import type { LinuxWebApp } from '@cdktf/provider-azurerm/lib/linux-web-app';
import type { LinuxWebAppSlot } from '@cdktf/provider-azurerm/lib/linux-web-app-slot';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { isGeoReplicated, usesRedis } from '../../sessions/stores';
import type { FrontDoorEntry } from '../entry/frontDoor';
import { insightsOf, Monitoring } from '../monitoring/monitoring';
import type { WatchedPlace } from '../monitoring/place';
import type { Namer } from '../naming';
import type { RegionSettings, Settings } from '../settings';
import { privateLinkLocation } from '../settings/privateLink';
import { hasAvailabilityZones } from '../settings/zones';
import type { Variant } from '../variant';
import { appSettings } from './appSettings';
import { Autoscale } from './autoscale';
import { Deployer } from './deployer';
import { Hosting, slotName } from './hosting';
import { RegionIdentity } from './identity';
import { Network } from './network';
import { Package } from './package';
import { PrivateAccess } from './privateAccess';
import { Secrets, sessionSecretNames } from './secrets';
import { redisPort, Sessions } from './sessions';
import type { Ingress } from './siteConfig';

export interface RegionProps {
  readonly name: Namer;
  readonly base: string;
  readonly variant: Variant;
  readonly settings: Settings;
  readonly region: RegionSettings;
  readonly packageHash: string;
  /** The Front Door whose requests alone are let in; without one, the entry decides who may come. */
  readonly frontDoor: FrontDoorEntry | undefined;
  /** The region whose session secrets this one copies; without it, its own are the original. */
  readonly secretsOf: Secrets | undefined;
}

/**
 * Everything that one region needs to serve the shop by itself. Its construct id is the region's location, which is
 * therefore part of every Terraform address in it.
 */
export class Region extends Construct {
  readonly location: string;
  /** Whether the region has availability zones. */
  readonly hasZones: boolean;
  /** Region of Front Door's end of a Private Link to the app. */
  readonly privateLinkLocation: string;
  readonly place: WatchedPlace;
  readonly insights: ApplicationInsights;
  readonly network: Network;
  readonly secrets: Secrets;
  readonly sessions: Sessions | undefined;
  /** The app's private endpoint, where the entry reaches it privately. */
  appAccess: PrivateAccess | undefined;
  private readonly identity: RegionIdentity;
  /** Storage of the app's packages; undefined: the code arrives without one. */
  readonly package: Package | undefined;
  private hosting: Hosting | undefined;
  /** Host names bound to the app so far. */
  readonly bindings: ITerraformDependable[] = [];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: RegionProps,
  ) {
    super(scope, id);
    const { name, base, variant, settings, region, packageHash, secretsOf } = props;
    this.location = region.location;
    this.hasZones = hasAvailabilityZones(region);
    this.privateLinkLocation = privateLinkLocation(region) ?? region.location;
    const group = new ResourceGroup(this, 'resource', {
      name: name('resourceGroup', base, this.location),
      location: this.location,
      tags: settings.tags,
    });
    const place = {
      name,
      location: this.location,
      resourceGroupName: group.name,
      resourceGroupId: group.id,
      settings,
      tags: settings.tags,
    };
    this.place = new Monitoring(this, 'monitoring', place, this.location).watch(place);
    this.insights = insightsOf(this, 'insights', this.place);
    const deployer = new Deployer(this, 'deployer', this.place);
    this.identity = new RegionIdentity(this, 'app_identity', this.place, 'app', [
      ...(settings.package === 'blob' ? (['readPackage'] as const) : []),
      'sendTelemetry',
    ]);

    const inRedis = usesRedis(variant.sessions);
    this.network = new Network(this, 'network', {
      place: this.place,
      addressSpace: region.addressSpace,
      gateway: variant.entry === 'application-gateway',
      redisPort: inRedis ? redisPort : undefined,
    });
    const inNetwork = { place: this.place, network: this.network, deployerRights: deployer.rights };
    this.secrets = new Secrets(this, 'secrets', { ...inNetwork, copyOf: secretsOf });
    for (const secret of sessionSecretNames) this.identity.mayRead(this.secrets.vault.id, secret);
    if (settings.package !== 'cli')
      this.package = new Package(this, 'package', { ...inNetwork, hash: packageHash, zoneRedundant: this.hasZones });
    if (inRedis)
      this.sessions = new Sessions(this, 'sessions', {
        place: this.place,
        network: this.network,
        geoReplicated: isGeoReplicated(variant.sessions),
      });
  }

  /**
   * Declares the web app, last: it must find its sessions linked and its identity let in, and geo-replication links
   * across regions.
   */
  host(): void {
    const { variant, settings, frontDoor } = this.props;
    const { identity } = this.identity;
    this.sessions?.admit(identity);
    this.hosting = new Hosting(this, 'hosting', {
      place: this.place,
      network: this.network,
      identity,
      appSettings: appSettings({
        variant,
        settings,
        identity,
        sessions: this.sessions,
        secrets: this.secrets,
        package: this.package,
        insights: this.insights,
      }),
      after: [
        ...this.identity.assignments,
        this.secrets.access.endpoint,
        ...(this.package ? [this.package.access.endpoint] : []),
        ...(this.sessions?.ready ?? []),
      ],
      instances: variant.instances,
      zoneRedundant: variant.zoneRedundant,
      affinity: variant.affinity.appService === 'on',
      ingress: ingress(variant, settings, frontDoor),
    });
    new Autoscale(this, 'autoscale', { place: this.place, plan: this.hosting.plan, floor: variant.instances });
    if (variant.entry === 'application-gateway') {
      this.appAccess = new PrivateAccess(this, 'app_access', {
        place: this.place,
        network: this.network,
        service: 'webApps',
        resourceId: this.app.id,
      });
      if (this.hosting.slot) this.appAccess.addSlot(slotName, this.hosting.slot);
    }
  }

  /** Binds the host name that users type to the app, after the records that prove it. */
  bind(host: string, after: readonly ITerraformDependable[]): void {
    if (this.hosting) this.bindings.push(this.hosting.bind(host, after));
  }

  /** The deployment slot, where the settings ask for one. */
  get slot(): LinuxWebAppSlot | undefined {
    return this.hosting?.slot;
  }

  /** @throws Error before `host()` was called */
  get app(): LinuxWebApp {
    if (!this.hosting) throw new Error(`${this.node.path} hosts no app yet`);
    return this.hosting.app;
  }
}

/** Behind a gateway, and behind Front Door over Private Link, the app has no public address at all. */
function ingress(variant: Variant, settings: Settings, frontDoor: FrontDoorEntry | undefined): Ingress {
  if (variant.entry === 'app-service') return { from: 'anyone' };
  if (frontDoor && !settings.privateOrigins) return { from: 'front-door', profileGuid: frontDoor.profileGuid };
  return { from: 'private-endpoint' };
}
