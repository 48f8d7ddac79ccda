import type { Architecture, Known, Unknown } from './model';
import type { PlannedChange } from './terraform';

/** An architecture with the facts that only rules, prices and availability need. */
export interface Deployment extends Architecture {
  readonly facts: Facts;
}

export interface Facts {
  readonly apps: readonly AppFacts[];
  readonly plans: readonly PlanFacts[];
  readonly gateways: readonly GatewayFacts[];
  readonly frontDoor: FrontDoorFacts | null;
  readonly trafficManagers: readonly TrafficManagerFacts[];
  readonly caches: readonly CacheFacts[];
  readonly dataServices: readonly DataServiceFacts[];
  readonly network: NetworkFacts;
  readonly monitoring: MonitoringFacts;
  /** What may declare more than the document holds, as in `module.web`: an absence proves nothing then. */
  readonly elsewhere: readonly string[];
  /** What a plan means to do, by address; null: not read from a plan. */
  readonly planned: ReadonlyMap<string, PlannedChange> | null;
}

export interface AppFacts {
  readonly address: string;
  /** Why one block may make any number of apps; null: it makes one. */
  readonly multiplied: Unknown | null;
  /** Whether the author states affinity; null: the document cannot tell. */
  readonly affinityStated: boolean | null;
  readonly httpsOnly: Known<boolean>;
  readonly minimumTls: Known<string>;
  readonly publicAccess: Known<boolean>;
  /** Whether what no restriction names is let in. */
  readonly openByDefault: Known<boolean>;
  readonly restrictions: Known<readonly Restriction[]>;
  readonly hasPrivateEndpoint: boolean;
  /** Names of settings and connection strings whose literal value is a credential. The values are never kept. */
  readonly secretSettings: Known<readonly string[]>;
  /** Where the secret that seals cookies comes from; null: none is set. */
  readonly cookieSecret: Known<string | null>;
}

export interface Restriction {
  readonly name: string;
  readonly action: Known<string>;
  readonly serviceTag: Known<string | null>;
  /** Whether it asks for the id of a Front Door profile. */
  readonly frontDoorId: Known<boolean>;
  /** null: it names none, but a service tag or a subnet. */
  readonly addresses: Known<string | null>;
}

export interface PlanFacts {
  readonly address: string;
  readonly os: Known<string>;
  readonly location: Known<string>;
  /** The argument that the instance count is, or is part of. */
  readonly instancesArgument: string;
  /** Whether Terraform leaves later changes of the instance count alone. */
  readonly ignoresInstances: Known<boolean>;
  readonly statesInstances: boolean | null;
  /** Directions and metrics of the autoscale rules; null: no autoscale. */
  readonly scaling: Known<readonly ScaleRule[]> | null;
}

export interface ScaleRule {
  readonly direction: Known<string>;
  readonly metric: Known<string>;
}

export interface GatewayFacts {
  readonly address: string;
  readonly location: Known<string>;
  readonly skuName: Known<string>;
  readonly zones: Known<readonly string[]>;
  readonly minimumInstances: Known<number>;
  readonly maximumInstances: Known<number>;
  /** Members of the largest pool that leads to an app. */
  readonly backends: Known<number>;
  readonly probes: Known<readonly ProbeFacts[]>;
  /** HTTP settings of the apps without a probe of their own. */
  readonly unprobedSettings: Known<readonly string[]>;
  readonly listeners: Known<readonly Listener[]>;
  /** Name of the predefined policy or the least protocol; null: the platform's default. */
  readonly tlsPolicy: Known<string | null>;
  readonly firewall: FirewallFacts | null;
}

export interface ProbeFacts {
  readonly address: string;
  readonly protocol: Known<string>;
  readonly path: Known<string>;
  /** null: taken from the HTTP settings. */
  readonly host: Known<string | null>;
  readonly hostFromSettings: Known<boolean>;
  readonly statusCodes: Known<readonly string[]>;
  readonly detectionSeconds: Known<number>;
}

export interface Listener {
  readonly address: string;
  readonly protocol: Known<string>;
  /** Whether its routing rule sends clients to another listener or address. */
  readonly redirects: Known<boolean>;
}

export interface FirewallFacts {
  readonly address: string;
  readonly enabled: Known<boolean>;
  readonly mode: Known<string>;
}

export interface FrontDoorFacts {
  /** Why its profile cannot be told, so that what is attached to it cannot either; null: it can. */
  readonly open: Unknown | null;
  readonly address: string;
  readonly skuName: Known<string>;
  readonly groups: readonly OriginGroupFacts[];
  readonly origins: readonly OriginFacts[];
  readonly routes: readonly RouteFacts[];
  readonly firewalls: readonly FirewallFacts[];
}

export interface OriginGroupFacts {
  readonly address: string;
  readonly affinityStated: boolean | null;
  /** null: none of its origins is ever probed. */
  readonly probe: Known<ProbeFacts | null>;
}

export interface OriginFacts {
  readonly address: string;
  readonly group: string;
  readonly enabled: Known<boolean>;
  /** The app it leads to. */
  readonly app: string;
  /** The app whose host name it is sent; null: the client's own host. */
  readonly hostHeaderOf: Known<string | null>;
  readonly privateLink: boolean;
}

export interface RouteFacts {
  readonly address: string;
  /** Whether it and its endpoint are on. */
  readonly enabled: Known<boolean>;
  readonly groups: readonly string[];
  readonly acceptsHttp: Known<boolean>;
  readonly redirectsToHttps: Known<boolean>;
  readonly forwarding: Known<string>;
}

export interface TrafficManagerFacts {
  readonly address: string;
  readonly method: Known<string>;
  readonly apps: readonly {
    readonly app: string;
    readonly priority: Known<number>;
    readonly enabled: Known<boolean>;
  }[];
  /** Why it cannot be told where all of its endpoints lead; null: it can. */
  readonly open: Unknown | null;
  readonly probe: ProbeFacts;
}

/** A Redis of any of Azure's kinds. */
export interface CacheFacts {
  readonly address: string;
  readonly kind: 'managed' | 'cache' | 'enterprise';
  readonly location: Known<string>;
  readonly skuName: Known<string>;
  readonly highAvailability: Known<boolean>;
  readonly accessKeys: Known<boolean>;
  readonly publicAccess: Known<boolean>;
  readonly encrypted: Known<boolean>;
  readonly minimumTls: Known<string>;
  readonly geoReplicated: Known<boolean>;
  readonly geoGroup: Known<string | null>;
  readonly persistent: Known<boolean>;
}

/** Another service that holds data: what of it is reachable, and what it survives. */
export interface DataServiceFacts {
  readonly address: string;
  readonly service: string;
  readonly publicAccess: Known<boolean>;
  /** Whether a firewall of its own lets in only whom it names. */
  readonly deniesByDefault: Known<boolean>;
  /** null: the service has no such choice. */
  readonly zoneRedundant: Known<boolean> | null;
  readonly minimumTls: Known<string> | null;
}

export interface NetworkFacts {
  /** Subnets with a network security group, by address. */
  readonly filteredSubnets: readonly string[];
  readonly subnets: readonly string[];
  readonly publicIps: readonly { readonly address: string }[];
  readonly privateEndpoints: readonly { readonly address: string; readonly target: string | null }[];
}

export interface MonitoringFacts {
  /** Resources that send diagnostics somewhere. */
  readonly diagnosed: readonly string[];
  /** Why it cannot be told what a diagnostic setting is for; none: of each it can. */
  readonly undecided: readonly Unknown[];
  readonly alerts: readonly AlertFacts[];
}

export interface AlertFacts {
  readonly address: string;
  readonly scopes: readonly string[];
  readonly enabled: Known<boolean>;
  /** Why it cannot be told what it watches; null: it can. */
  readonly open: Unknown | null;
  /** Whether somebody is told. */
  readonly hasAction: boolean;
}
