/**
 * What the review and the drill know about a deployment: facts read from Terraform, without opinions. Each thing is
 * described once; where one refers to another it holds the same object, or its Terraform address.
 */

import type { SessionPlace } from '../sessions/stores';
import type { AffinityState, EntryLayers, FrontDoorProbeSettings, GatewayProbeSettings, Origin } from './entryLayers';
import type { Known, Unknown } from './known';
import type { PlanEvidence, PlannedChange, RemarkAt } from './terraform/document';
import type { ProviderSeen } from './terraform/provider';

/** The layer that a client's connection reaches first. */
export type EntryKind = 'app-service' | 'application-gateway' | 'front-door';

/** Cookie affinity at each layer that has a switch for it. */
export interface Affinity {
  readonly appService: Known<AffinityState>;
  readonly applicationGateway: Known<AffinityState>;
  readonly frontDoor: Known<AffinityState>;
}

/** Its entry layers are all that the document declares, whether or not their way to an app is known: see `layersInFront`. */
export interface Deployment extends EntryLayers {
  readonly name: string;
  readonly entry: Known<EntryKind>;
  /** Whether the host name that the client typed reaches the app. An overridden one breaks ARR affinity silently. */
  readonly hostPreserved: Known<boolean>;
  readonly affinity: Affinity;
  readonly sessions: Known<SessionPlace>;
  /** One for each app, in the order in which the Terraform declares them. */
  readonly regions: readonly Region[];
  /** All that the document declares, also those on which no app of it runs. */
  readonly plans: readonly ServicePlan[];
  readonly caches: readonly RedisCache[];
  readonly dataServices: readonly DataService[];
  readonly network: Network;
  readonly monitoring: Monitoring;
  /**
   * Front Door's latency window: origins within this many milliseconds of the fastest share the traffic; null: no Front
   * Door.
   */
  readonly latencyWindowMs: Known<number> | null;
  /** What the probes of the origin groups in front agree on; null: no Front Door, or one that does not probe. */
  readonly frontDoorProbe: FrontDoorProbeSettings | null;
  /** What the probes of the gateways in front agree on; null: no Application Gateway, or one with the default probe. */
  readonly gatewayProbe: GatewayProbeSettings | null;
  /** Managed resources, sorted by address; data sources are left out. */
  readonly resources: readonly Resource[];
  /** What may declare more than the document holds, such as `module.web`: then nothing is absent for certain. */
  readonly elsewhere: readonly string[];
  /** What a plan is going to do, by address; null: not read from a plan. */
  readonly planned: ReadonlyMap<string, PlannedChange> | null;
  /** What a plan says beside its resources: drift, what waits, failed checks; null: not read from a plan. */
  readonly evidence: PlanEvidence | null;
  /** The azurerm that the Terraform is for; null: it does not say. */
  readonly provider: ProviderSeen | null;
  /** Comments at resources that speak to this program: see `RemarkAt`. A plan and a state have none. */
  readonly remarks: readonly RemarkAt[];
}

export interface Resource {
  /** Terraform address. */
  readonly address: string;
  /** Terraform type, as in `azurerm_linux_web_app`. */
  readonly type: string;
  /** The arguments as the Terraform states them, references unresolved. */
  readonly attributes: Readonly<Record<string, unknown>>;
}

/**
 * `active`: takes traffic in normal times. `standby`: only when every active region is unhealthy. `unrouted`: nothing at
 * the entry leads to it.
 */
export type RegionRole = 'active' | 'standby' | 'unrouted';

export interface Region {
  /** What distinguishes the region from the others: its location, or the app's address where two apps share a location. */
  readonly name: string;
  /** Azure's name, as in `swedencentral`. */
  readonly location: Known<string>;
  readonly role: Known<RegionRole>;
  readonly app: WebApp;
  /** The Redis that the app's settings name. */
  readonly redis: RedisCache | null;
  /** The origin by which Front Door reaches the region; null: none. */
  readonly origin: Origin | null;
}

export interface WebApp {
  /** Terraform address. */
  readonly address: string;
  /** Why one block may make any number of apps; null: it makes one. */
  readonly multiplied: Unknown | null;
  readonly plan: ServicePlan;
  readonly affinity: Known<AffinityState>;
  /**
   * Whether the affinity cookie is for the host that a proxy forwards, and not for the host that the app sees. azurerm has no
   * argument for it.
   *
   * @see https://learn.microsoft.com/azure/app-service/overview-app-gateway-integration
   */
  readonly affinityProxied: Known<boolean>;
  /** Whether browsers keep the affinity cookie apart for each site that embeds the app. azurerm has no argument for it. */
  readonly affinityPartitioned: Known<boolean>;
  /** Whether the author states affinity; null: the document does not show it. */
  readonly affinityStated: boolean | null;
  /** Path of App Service's health check; null: health check is off. */
  readonly healthCheckPath: Known<string | null>;
  /** Minutes of failed pings until an instance leaves rotation; null: left to the platform's default. */
  readonly healthCheckEvictionMinutes: Known<number | null>;
  /** Largest share of instances, in percent, that health check may take out; null: left to the platform's default. */
  readonly healthCheckMaxUnhealthyPercent: Known<number | null>;
  /** Seconds from SIGTERM until the platform kills the container; null: left to the platform's default. */
  readonly stopTimeLimitSeconds: Known<number | null>;
  /** Whether it has a deployment slot to swap with. */
  readonly hasSlot: boolean;
  readonly sessions: Known<SessionPlace>;
  /** On how many instances of its plan it runs, where the plan leaves that to its apps; null: it does not say. */
  readonly ownInstances: Known<number | null>;
  readonly httpsOnly: Known<boolean>;
  /** As in `1.2`. */
  readonly minimumTls: Known<string>;
  readonly publicAccess: Known<boolean>;
  /** Whether a client that no restriction names is allowed. */
  readonly openByDefault: Known<boolean>;
  readonly restrictions: Known<readonly AccessRestriction[]>;
  readonly hasPrivateEndpoint: boolean;
  /** Names of settings and connection strings whose literal value is a credential. The values are never kept. */
  readonly secretSettings: Known<readonly string[]>;
  /** Where the secret that seals cookies comes from; null: none is set. */
  readonly cookieSecret: Known<string | null>;
  /**
   * Whether a DNS name leads to its private endpoint. Unknown: the document has the endpoint without its zone group, which
   * a policy may add; null: it has no private endpoint.
   */
  readonly privateName: Known<boolean> | null;
  /** Sign-in that App Service asks for by itself; null: it is off. */
  readonly signIn: Known<SignIn | null>;
  /** Its deployment slots. Each has its own host name and its own access restrictions. */
  readonly slots: readonly Slot[];
  /** The site that takes deployments (`scm`), where the author says anything about it; null: all is left to defaults. */
  readonly deploymentSite: Access | null;
  /** Host names that are bound to it, beside its own. */
  readonly boundHosts: readonly string[];
  /** What the app says about where its framework keeps keys and sessions. */
  readonly stack: AppStack;
}

/** Who can connect to a site. */
export interface Access {
  readonly publicAccess: Known<boolean>;
  /** Whether a client that no restriction names is allowed. */
  readonly openByDefault: Known<boolean>;
  readonly restrictions: Known<readonly AccessRestriction[]>;
}

/** A deployment slot, which answers at a host name of its own. */
export interface Slot extends Access {
  readonly address: string;
  readonly httpsOnly: Known<boolean>;
  readonly minimumTls: Known<string>;
  readonly secretSettings: Known<readonly string[]>;
  /** Where the secret that seals cookies comes from; null: none is set. */
  readonly cookieSecret: Known<string | null>;
  /** Whether that setting stays with the slot when it is swapped. */
  readonly secretStays: Known<boolean>;
  /** Where it keeps sessions; null: it has no setting that says so. */
  readonly sessions: Known<SessionPlace> | null;
  /** The Redis that its settings name, by address; null: none of this document. */
  readonly redis: Known<string | null>;
  /** Whether the settings that say where sessions are stay with the slot when it is swapped. */
  readonly sessionsStay: Known<boolean>;
  /** The site that takes deployments to it; null: the author says nothing about it. */
  readonly deploymentSite: Access | null;
  /** The slot that it swaps with by itself after a deployment; null: none. */
  readonly autoSwap: Known<string | null>;
}

/**
 * App Service's own authentication.
 *
 * @see https://learn.microsoft.com/azure/app-service/overview-authentication-authorization
 */
export interface SignIn {
  /** Whether a request without a sign-in is refused or sent to the login page. */
  readonly required: Known<boolean>;
  /** Paths that need no sign-in; one may end in `*`. */
  readonly excludedPaths: Known<readonly string[]>;
  /** Header that has the host that the client typed, in lower case; null: the host of the request itself. */
  readonly hostHeader: Known<string | null>;
}

export interface AppStack {
  /** Whether it runs a container of the author's own. */
  readonly container: Known<boolean>;
  /** Whether it is an ASP.NET Core app; null: the document does not show it. */
  readonly aspNet: Known<boolean> | null;
  /** Whether instances share a file system: App Service's own, or a mounted storage account. */
  readonly sharedFiles: Known<boolean>;
  /** Whether a setting says that keys are kept somewhere else. */
  readonly keysElsewhere: boolean;
}

export interface AccessRestriction {
  readonly name: string;
  /** Lower first. */
  readonly priority: Known<number>;
  readonly action: Known<string>;
  readonly serviceTag: Known<string | null>;
  /** Whether it requires the id of a Front Door profile. */
  readonly frontDoorId: Known<boolean>;
  /** The profiles that it requires one of, by address or by id. */
  readonly frontDoors: Known<readonly string[]>;
  /** Whether it requires the header that only Front Door's health probes carry. */
  readonly probesOnly: Known<boolean>;
  /** Whether it requires other headers, which a client may or may not send. */
  readonly otherHeaders: boolean;
  /** null: it names none, but a service tag or a subnet. */
  readonly addresses: Known<string | null>;
  /** Resources whose address it names. */
  readonly addressesOf: readonly string[];
  /** The subnet by its address, or by its id; null: it names none. */
  readonly subnet: Known<string | null>;
}

export interface ServicePlan {
  /** Terraform address, as in `azurerm_service_plan.region_plan`; empty: see `notRead`. */
  readonly address: string;
  /** Why the plan of an app is unknown, and everything about it with it; null: it is read. */
  readonly notRead: Unknown | null;
  /** Plans of the document of which it is one, where it is unknown which; what all of them share is known of it. */
  readonly mayBe: readonly ServicePlan[];
  readonly os: Known<string>;
  /** Azure's name, as in `swedencentral`. */
  readonly location: Known<string>;
  readonly skuName: Known<string>;
  /** Number of instances before any autoscale. */
  readonly instances: Known<number>;
  /** The argument that the instance count is, or is part of. */
  readonly instancesArgument: string;
  /** Whether the author states the instance count; null: the document does not show it. */
  readonly statesInstances: boolean | null;
  /** Whether Terraform leaves later changes of the instance count alone. */
  readonly ignoresInstances: Known<boolean>;
  /** Whether each of its apps says on how many of its instances it runs. */
  readonly perSiteScaling: Known<boolean>;
  /** Whether instances are spread over availability zones. */
  readonly zoneBalanced: Known<boolean>;
  /** null: none in the Terraform. */
  readonly autoscale: Autoscale | null;
}

/** Instance counts that autoscale may choose, over all profiles, both bounds included. */
export interface Autoscale {
  /** Of the autoscale setting, or of the plan where the platform scales by itself. */
  readonly address: string;
  readonly minimum: Known<number>;
  /** What applies when metrics cannot be read. */
  readonly default: Known<number>;
  readonly maximum: Known<number>;
  /** null: the platform scales by itself, without rules. */
  readonly rules: Known<readonly ScaleRule[]> | null;
  /** What its rules are in each profile; null: the platform scales by itself, without rules. */
  readonly profiles: Known<readonly AutoscaleProfile[]> | null;
}

/** Bounds and rules that hold at some times, or always. */
export interface AutoscaleProfile {
  readonly name: string;
  readonly minimum: Known<number>;
  readonly maximum: Known<number>;
  readonly rules: Known<readonly ScaleRule[]>;
}

export interface ScaleRule {
  /** `Increase` or `Decrease`. */
  readonly direction: Known<string>;
  readonly metric: Known<string>;
  readonly threshold: Known<number>;
  /** How many instances it adds or removes at once; null: it changes the count in another way. */
  readonly step: Known<number> | null;
}

/** A Redis of any of Azure's kinds. */
export interface RedisCache {
  readonly address: string;
  readonly kind: 'managed' | 'cache' | 'enterprise';
  readonly location: Known<string>;
  readonly skuName: Known<string>;
  readonly highAvailability: Known<boolean>;
  readonly accessKeys: Known<boolean>;
  readonly publicAccess: Known<boolean>;
  readonly encrypted: Known<boolean>;
  readonly minimumTls: Known<string>;
  /** Name of its geo-replication group; null: none. */
  readonly geoGroup: Known<string | null>;
  /** Whether the Terraform links it to another cache, actively or passively. */
  readonly linked: Known<boolean>;
  /** Whether it is a member of an active geo-replication group, so that every member takes writes. */
  readonly geoReplicated: Known<boolean>;
  readonly persistent: Known<boolean>;
  /** Zones that it is stated to be in; empty: left to the platform. */
  readonly zones: Known<readonly string[]>;
  /** As in `OSSCluster`; null: its kind has no such choice. */
  readonly clusteringPolicy: Known<string> | null;
  /** Whether the author states that policy; null: the document does not show it. */
  readonly statesClusteringPolicy: boolean | null;
  /** What it throws out when its memory is full, as in `VolatileLRU`. */
  readonly evictionPolicy: Known<string>;
}

/** Another service that holds data: how it can be reached, and what it survives. */
export interface DataService {
  readonly address: string;
  readonly service: string;
  readonly publicAccess: Known<boolean>;
  /** Whether its own firewall allows only the clients that it names. */
  readonly deniesByDefault: Known<boolean>;
  /** null: the service has no such choice. */
  readonly zoneRedundant: Known<boolean> | null;
  readonly minimumTls: Known<string> | null;
  /** Whether it is there for everybody to read, as a static website is. */
  readonly meantForAll: boolean;
}

export interface PublicIp {
  readonly address: string;
  readonly skuName: Known<string>;
  readonly location: Known<string>;
}

export interface PrivateEndpoint {
  readonly address: string;
  /** Address of what it leads to; null: it is not in the document. */
  readonly target: string | null;
  /** Whether it leads to a deployment slot of its target. */
  readonly toSlot: boolean;
}

export interface Network {
  /** Subnets with a network security group, by address. */
  readonly filteredSubnets: readonly string[];
  readonly subnets: readonly string[];
  readonly publicIps: readonly PublicIp[];
  readonly privateEndpoints: readonly PrivateEndpoint[];
  /** Subnets whose traffic reaches App Service by a service endpoint, as far as the document shows it. */
  readonly webEndpointSubnets: Known<readonly string[]>;
}

export interface Monitoring {
  /** Resources that send diagnostics somewhere. */
  readonly diagnosed: readonly string[];
  /** One reason for each diagnostic setting whose resource is unknown. */
  readonly undecided: readonly Unknown[];
  readonly alerts: readonly Alert[];
}

export interface Alert {
  readonly address: string;
  readonly scopes: readonly string[];
  readonly enabled: Known<boolean>;
  /** Why it is unknown what it watches; null: it is known. */
  readonly open: Unknown | null;
  /** Whether it notifies anybody. */
  readonly hasAction: boolean;
}
