import type { ApplicationInsights } from '@cdktf/provider-azurerm/lib/application-insights';
import { Construct } from 'constructs';
import { isGeoReplicated, type SessionStore, usesRedis } from '../../sessions/stores';
import { appOf, arrivalOf, packagesArrive } from '../app';
import { insightsOf, Monitoring } from '../monitoring/monitoring';
import { type PlaceOptions, placeSettings, type WatchedPlace } from '../monitoring/place';
import type { Namer } from '../naming';
import { sessionSecretNames } from '../secretNames';
import { privateLinkLocation } from '../settings/privateLink';
import { hasAvailabilityZones } from '../settings/zones';
import { Deployer } from './deployer';
import { Group } from './group';
import { slotName } from './hosting';
import { RegionIdentity } from './identity';
import { type EntrySubnet, Network } from './network/network';
import { Package } from './package';
import { Secrets } from './secrets';
import { redisPort, Sessions } from './sessions';

export interface RegionProps extends PlaceOptions {
  readonly name: Namer;
  /** What the resource group is for, as a part of its name; a deployment has a group for each region. */
  readonly groupPart: string;
  /** Azure's name of the region, lower case without spaces. */
  readonly location: string;
  /** Private IPv4 range of its network, at least a /22 for one that is made. */
  readonly addressSpace: string;
  /** Left out: what `settings/zones.ts` knows. */
  readonly hasAvailabilityZones?: boolean | undefined;
  /** Region of Front Door's end of a Private Link. Left out: the region itself. */
  readonly privateLinkLocation?: string | undefined;
  readonly sessionStore: SessionStore;
  /** The subnet that the entry needs here. Left out: none. */
  readonly entrySubnet?: EntrySubnet | undefined;
  /** Of the package that Terraform uploads, which only `package: 'blob'` has. Left out: none. */
  readonly packageHash?: string | undefined;
  /** Of the slot's package, where `stagingSlot` names one. Left out: none. */
  readonly slotPackageHash?: string | undefined;
  /** The region whose session secrets this one copies. Left out: its own are the original. */
  readonly secretsOf?: Secrets | undefined;
}

/**
 * What a region needs before the app: monitoring, network, identity, secrets, the package and sessions. `RegionApp` adds
 * the app. Its construct id is the region's location, which is therefore part of every Terraform address in it.
 */
export class Region extends Construct {
  readonly location: string;
  /** Whether the region has availability zones. */
  readonly hasZones: boolean;
  /** Region of Front Door's end of a Private Link to the app. */
  readonly privateLinkLocation: string;
  readonly sessionStore: SessionStore;
  readonly place: WatchedPlace;
  readonly insights: ApplicationInsights;
  /** The app's identity. */
  readonly identity: RegionIdentity;
  /** The identity of the deployment slot, where the settings ask for a slot. */
  readonly stagingIdentity: RegionIdentity | undefined;
  readonly network: Network;
  readonly secrets: Secrets;
  /** Storage of the app's packages; undefined: the code arrives without one. */
  readonly package: Package | undefined;
  /** The region's Redis, where the session store is one. */
  readonly sessions: Sessions | undefined;

  constructor(scope: Construct, id: string, props: RegionProps) {
    super(scope, id);
    const { name, groupPart, sessionStore, entrySubnet, packageHash, slotPackageHash, secretsOf, ...options } = props;
    const settings = placeSettings(options);
    this.location = props.location;
    this.hasZones = hasAvailabilityZones(props);
    this.privateLinkLocation = privateLinkLocation(props) ?? props.location;
    this.sessionStore = sessionStore;
    const group = new Group(this, 'resource', {
      existingId: settings.existing?.resourceGroups?.[this.location],
      name: name('resourceGroup', groupPart, this.location),
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
    this.place = new Monitoring(this, 'monitoring', { place, part: this.location }).watch(place);
    this.insights = insightsOf(this, 'insights', this.place);
    const deployer = new Deployer(this, 'deployer', { place: this.place });
    const identityFor = (role: string) =>
      new RegionIdentity(this, `${role}_identity`, {
        place: this.place,
        role,
        grants: [...(arrivalOf(settings) === 'blob' ? (['readPackage'] as const) : []), 'sendTelemetry'],
      });
    this.identity = identityFor('app');
    this.stagingIdentity = settings.stagingSlot ? identityFor(slotName) : undefined;

    const inRedis = usesRedis(sessionStore);
    this.network = new Network(this, 'network', {
      place: this.place,
      addressSpace: props.addressSpace,
      entry: entrySubnet,
      redisPort: inRedis ? redisPort : undefined,
    });
    const inNetwork = { place: this.place, network: this.network, deployerRights: deployer.rights };
    this.secrets = new Secrets(this, 'secrets', { ...inNetwork, copyOf: secretsOf });
    const { secrets, registryId, sessionContract } = appOf(settings);
    for (const secret of [...(sessionContract ? sessionSecretNames : []), ...new Set(Object.values(secrets))])
      for (const identity of [this.identity, this.stagingIdentity]) identity?.mayRead(this.secrets.vault.id, secret);
    if (registryId !== undefined)
      for (const identity of [this.identity, this.stagingIdentity]) identity?.mayPull(registryId);
    if (packagesArrive(settings))
      this.package = new Package(this, 'package', {
        ...inNetwork,
        hash: packageHash ?? '',
        slotHash: slotPackageHash,
        zoneRedundant: this.hasZones,
      });
    if (inRedis)
      this.sessions = new Sessions(this, 'sessions', {
        place: this.place,
        network: this.network,
        geoReplicated: isGeoReplicated(sessionStore),
      });
  }
}
