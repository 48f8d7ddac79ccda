/**
 * What the review and the drill know about a deployment: facts read back from synthesized Terraform, no opinions.
 *
 * A fact that the Terraform does not settle (a variable, a value known only after apply, an attribute left to the
 * platform) is `Unknown` with the reason, never a guess.
 */

export interface Unknown {
  /** Why it cannot be told, naming the resource and the attribute. */
  readonly unknown: string;
}

export type Known<T> = T | Unknown;

export const isUnknown = (value: unknown): value is Unknown =>
  typeof value === 'object' && value !== null && 'unknown' in value;

/** The layer that a client's connection reaches first. */
export type EntryKind = 'app-service' | 'application-gateway' | 'front-door';

/** `absent`: this deployment has no such layer. */
export type AffinityState = 'on' | 'off' | 'absent';

/** Where a session lives: in the process's memory, in a regional or a geo-replicated Redis, or in a sealed cookie. */
export type SessionStore = 'in-process' | 'redis' | 'redis-geo' | 'cookie';

/** Cookie affinity at each layer that has a switch for it. */
export interface Affinity {
  readonly appService: Known<AffinityState>;
  readonly applicationGateway: Known<AffinityState>;
  readonly frontDoor: Known<AffinityState>;
}

export interface ServicePlan {
  /** Terraform address, as in `azurerm_service_plan.region_plan`. */
  readonly address: string;
  readonly skuName: Known<string>;
  /** Number of instances before any autoscale. */
  readonly instances: Known<number>;
  /** Whether instances are spread over availability zones. */
  readonly zoneBalanced: Known<boolean>;
  /** Bounds of its autoscale setting; null: none in the Terraform. */
  readonly autoscale: Autoscale | null;
}

/** Instance counts of an autoscale setting's default profile, both bounds included. */
export interface Autoscale {
  readonly address: string;
  readonly minimum: Known<number>;
  /** What applies when metrics cannot be read. */
  readonly default: Known<number>;
  readonly maximum: Known<number>;
}

export interface WebApp {
  readonly address: string;
  readonly plan: ServicePlan;
  readonly affinity: Known<AffinityState>;
  /** Path of App Service's health check; null: health check is off. */
  readonly healthCheckPath: Known<string | null>;
  /** Minutes of failed pings until an instance leaves rotation; null: the platform's default of 10. */
  readonly healthCheckEvictionMinutes: Known<number | null>;
  /** Largest share of instances, in percent, that health check may take out; null: the platform's default of 50. */
  readonly healthCheckMaxUnhealthyPercent: Known<number | null>;
  /** Seconds from SIGTERM until the platform kills the container; null: the platform's default of 5. */
  readonly stopTimeLimitSeconds: Known<number | null>;
  /** Whether a deployment slot is there to swap with. */
  readonly hasSlot: boolean;
  readonly sessions: Known<SessionStore>;
}

export interface RedisCache {
  readonly address: string;
  readonly skuName: Known<string>;
  readonly highAvailability: Known<boolean>;
  /** Whether it is a member of an active geo-replication group. */
  readonly geoReplicated: Known<boolean>;
}

/**
 * `active`: takes traffic in normal times. `standby`: only when every active region is unhealthy. `unrouted`: nothing at
 * the entry leads to it.
 */
export type RegionRole = 'active' | 'standby' | 'unrouted';

export interface Region {
  /** What tells the region from the others: its location, or the app's address where two apps share a location. */
  readonly name: string;
  /** Azure's name, as in `swedencentral`. */
  readonly location: Known<string>;
  readonly role: Known<RegionRole>;
  readonly app: WebApp;
  readonly redis: RedisCache | null;
  /** How Front Door sees the region; null: no Front Door. */
  readonly origin: Origin | null;
}

/** An origin of Front Door. @see https://learn.microsoft.com/azure/frontdoor/routing-methods */
export interface Origin {
  readonly address: string;
  /** 1 to 5, lower first. */
  readonly priority: Known<number>;
  /** 1 to 1000, a share among origins of one priority inside the latency window. */
  readonly weight: Known<number>;
}

/** How a layer in front of the app finds out whether it is healthy. */
export interface Probe {
  readonly path: Known<string>;
  readonly protocol: Known<string>;
  readonly intervalSeconds: Known<number>;
}

/** Healthy: at least `successfulSamplesRequired` of the last `sampleSize` answered exactly 200. */
export interface FrontDoorProbe extends Probe {
  readonly sampleSize: Known<number>;
  readonly successfulSamplesRequired: Known<number>;
}

/** Unhealthy: `unhealthyThreshold` failures in a row. */
export interface GatewayProbe extends Probe {
  readonly timeoutSeconds: Known<number>;
  readonly unhealthyThreshold: Known<number>;
}

export interface Resource {
  /** Terraform address. */
  readonly address: string;
  /** Terraform type, as in `azurerm_linux_web_app`. */
  readonly type: string;
  /** The arguments as the Terraform states them, references unresolved. */
  readonly attributes: Readonly<Record<string, unknown>>;
}

export interface Architecture {
  readonly name: string;
  readonly entry: Known<EntryKind>;
  /** Whether the host name that the client typed reaches the app. An overridden one breaks ARR affinity silently. */
  readonly hostPreserved: Known<boolean>;
  readonly affinity: Affinity;
  readonly sessions: Known<SessionStore>;
  /** In the order in which the Terraform declares them. */
  readonly regions: readonly Region[];
  /** Front Door's latency window: origins within this many milliseconds of the fastest share the traffic; null: no Front Door. */
  readonly latencyWindowMs: Known<number> | null;
  /** null: no Front Door, or one that does not probe. */
  readonly frontDoorProbe: FrontDoorProbe | null;
  /** null: no Application Gateway, or one with the default probe. */
  readonly gatewayProbe: GatewayProbe | null;
  /** Managed resources, sorted by address; data sources are left out. */
  readonly resources: readonly Resource[];
}

/** The value on which all agree; Unknown with `otherwise` and the values when they differ, or with the first unknown. */
export function agreed<T>(values: readonly Known<T>[], otherwise: string): Known<T> {
  const unsettled = values.find(isUnknown);
  if (unsettled) return unsettled;
  const [first, ...others] = values as readonly T[];
  if (first !== undefined && others.every((other) => other === first)) return first;
  return { unknown: `${otherwise}: ${values.join(', ')}` };
}
