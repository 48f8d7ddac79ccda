/** The layers that can be in front of an app, as `deployment.ts` holds them. */

import type { Known, Unknown } from './known';

/** The layers that can be in front of an app. */
export interface EntryLayers {
  readonly gateways: readonly ApplicationGateway[];
  readonly frontDoors: readonly FrontDoor[];
  readonly trafficManagers: readonly TrafficManager[];
}

/** `absent`: this deployment has no such layer. */
export type AffinityState = 'on' | 'off' | 'absent';

/** How a layer in front of the app finds out whether it is healthy. Left-out arguments have the platform's default. */
export interface Probe {
  readonly address: string;
  readonly protocol: Known<string>;
  readonly path: Known<string>;
  /** null: taken from the HTTP settings. */
  readonly host: Known<string | null>;
  readonly hostFromSettings: Known<boolean>;
  /** Status codes that count as healthy, each a code or a range as in `200-399`. */
  readonly statusCodes: Known<readonly string[]>;
  readonly intervalSeconds: Known<number>;
  /** From a failure until clients are sent elsewhere. */
  readonly detectionSeconds: Known<number>;
}

/** Healthy: at least `successfulSamplesRequired` of the last `sampleSize` answered exactly 200. */
export interface FrontDoorProbe extends Probe {
  readonly sampleSize: Known<number>;
  readonly successfulSamplesRequired: Known<number>;
}

/** Unhealthy: `unhealthyThreshold` failures in a row. */
export interface GatewayProbe extends Probe {
  /** By which HTTP settings name it. */
  readonly name: string;
  readonly timeoutSeconds: Known<number>;
  readonly unhealthyThreshold: Known<number>;
}

/** What several origin groups can agree on. */
export type FrontDoorProbeSettings = Pick<
  FrontDoorProbe,
  'path' | 'protocol' | 'intervalSeconds' | 'sampleSize' | 'successfulSamplesRequired'
>;

/** What several gateways can agree on. */
export type GatewayProbeSettings = Pick<
  GatewayProbe,
  'path' | 'protocol' | 'intervalSeconds' | 'timeoutSeconds' | 'unhealthyThreshold'
>;

/** Where a layer in front sends requests. */
export interface Destination {
  /** Addresses of the apps that it leads to. */
  readonly apps: readonly string[];
  /** Why it is unknown where it leads, or to which of its apps; null: it is known. */
  readonly open: Unknown | null;
}

/** What a gateway does with the requests for some apps: for all that it leads to, or for one of them. */
export interface GatewayServing {
  /** Names of the pools that lead to them; a name that is unknown is an expression. */
  readonly pools: readonly string[];
  readonly affinity: Known<AffinityState>;
  readonly hostPreserved: Known<boolean>;
  /** Members of the largest pool that leads to an app. */
  readonly backends: Known<number>;
  /** The custom probes of the apps. */
  readonly probes: Known<readonly GatewayProbe[]>;
  /** HTTP settings of the apps that name no probe. */
  readonly unprobedSettings: Known<readonly string[]>;
  readonly backendSettings: Known<readonly BackendSettings[]>;
}

export interface ApplicationGateway extends Destination, GatewayServing {
  readonly address: string;
  /** The same for each app alone, by its address: several apps may share a gateway. */
  readonly perApp: ReadonlyMap<string, GatewayServing>;
  /** Why it is unknown whether it exists at all; null: it does. */
  readonly conditional: Unknown | null;
  readonly location: Known<string>;
  readonly skuName: Known<string>;
  readonly zones: Known<readonly string[]>;
  readonly minimumInstances: Known<number>;
  readonly maximumInstances: Known<number>;
  /** Whether its virtual network is under a DDoS protection plan, which lowers what it costs. */
  readonly underDdosPlan: Known<boolean>;
  readonly listeners: Known<readonly Listener[]>;
  /** Name of the predefined policy or the minimum protocol; null: the platform's default. */
  readonly tlsPolicy: Known<string | null>;
  readonly firewall: Firewall | null;
  /** Subnets that it is in, by address or by id. */
  readonly subnets: readonly string[];
  /** Its public addresses. */
  readonly publicIps: readonly string[];
  /** Whether its pools name a private endpoint's address rather than a host name. */
  readonly namesEndpoint: boolean;
  /** Headers that its rewrite rules set, in lower case. */
  readonly rewrites: Known<{ readonly request: readonly string[]; readonly response: readonly string[] }>;
}

/** How a gateway connects to an app. */
export interface BackendSettings {
  readonly address: string;
  readonly protocol: Known<string>;
  /** Whether it names a host itself, or takes that of the pool's member. */
  readonly namesHost: Known<boolean>;
  /** The probe that it uses; null: the default one. */
  readonly probe: string | null;
}

export interface Listener {
  readonly address: string;
  readonly protocol: Known<string>;
  /** Whether its routing rule sends clients to another listener or address. */
  readonly redirects: Known<boolean>;
  /** Whether it answers only the host names that it states. */
  readonly hosts: Known<readonly string[]>;
}

/** A policy of a web application firewall. */
export interface Firewall {
  readonly address: string;
  readonly enabled: Known<boolean>;
  readonly mode: Known<string>;
}

/** A profile of Front Door Standard or Premium with what is attached to it. */
export interface FrontDoor {
  readonly address: string;
  /** Why its profile is unknown, and with it what is attached to the profile; null: it is known. */
  readonly open: Unknown | null;
  readonly skuName: Known<string>;
  readonly groups: readonly OriginGroup[];
  readonly origins: readonly Origin[];
  readonly routes: readonly Route[];
  readonly firewalls: readonly Firewall[];
}

export interface OriginGroup {
  readonly address: string;
  readonly affinity: Known<AffinityState>;
  readonly affinityStated: boolean | null;
  readonly latencyWindowMs: Known<number>;
  /** null: none of its origins is ever probed. */
  readonly probe: Known<FrontDoorProbe | null>;
}

/** An origin of Front Door. @see https://learn.microsoft.com/azure/frontdoor/routing-methods */
export interface Origin extends Destination {
  readonly address: string;
  /** Why it is unknown whether it exists at all; null: it does. */
  readonly conditional: Unknown | null;
  /** Address of its origin group; empty: it is not in the document. */
  readonly group: string;
  readonly enabled: Known<boolean>;
  /** 1 to 5, lower first. */
  readonly priority: Known<number>;
  /** 1 to 1000, a share among origins of one priority inside the latency window. */
  readonly weight: Known<number>;
  readonly hostPreserved: Known<boolean>;
  /** The app whose host name it is sent; null: the client's own host. */
  readonly hostHeaderOf: Known<string | null>;
  readonly privateLink: boolean;
  /** The resource that its private link names, by address or by id; null: it has none, or names none that is known. */
  readonly linkTarget: string | null;
  /** The part of that resource, as in `sites`; null: none is stated. */
  readonly linkPart: Known<string | null>;
  /** Addresses of the apps that it leads to without another layer between. */
  readonly direct: readonly string[];
}

export interface Route {
  readonly address: string;
  /** Whether it and its endpoint are on. */
  readonly enabled: Known<boolean>;
  /** Addresses of origin groups. */
  readonly groups: readonly string[];
  readonly acceptsHttp: Known<boolean>;
  readonly redirectsToHttps: Known<boolean>;
  readonly forwarding: Known<string>;
  readonly caches: boolean;
  readonly patterns: Known<readonly string[]>;
  /** Whether it surely has no custom domain: clients then type the endpoint's own name, in `azurefd.net`. */
  readonly defaultHostOnly: boolean;
  /** Host names of its custom domains; an entry may be unknown. */
  readonly hosts: readonly Known<string>[];
}

/** Answers DNS queries: it decides which address a client gets, and no request passes through it. */
export interface TrafficManager {
  readonly address: string;
  readonly method: Known<string>;
  readonly endpoints: readonly TrafficManagerEndpoint[];
  readonly probe: Probe;
}

export interface TrafficManagerEndpoint extends Destination {
  readonly address: string;
  readonly priority: Known<number>;
  readonly enabled: Known<boolean>;
  /** `app`: an App Service app by its id; `nested`: another profile; `other`: an address or a host name. */
  readonly kind: 'app' | 'nested' | 'other';
  /** Addresses of the apps that it leads to without another layer between. */
  readonly direct: readonly string[];
  /** The profile that a nested endpoint leads to, by address; null: it is not nested, or that one is not in the document. */
  readonly profile: string | null;
  /** The gateways whose public address it is. */
  readonly gateways: readonly string[];
  /** The host that its probe asks for, of the endpoint or of the profile; null: the endpoint's own address. */
  readonly probeHost: Known<string | null>;
}
