/**
 * What to start, from the facts alone. If a fact that every run needs is unknown, the deployment is not applicable: a guess
 * here would be read as evidence later. A fact that only one fault needs stays `Unknown` until that fault is asked for.
 */

import type { Deployment, Region } from '../../architecture/deployment';
import type { AffinityState } from '../../architecture/entryLayers';
import { isUnknown, type Known } from '../../architecture/known';
import { isGeoReplicated, isOwnStore, type SessionStore, sessionStore, usesRedis } from '../../sessions/stores';
import type { GatewayProbeSettings } from '../frontends/applicationGateway';
import type { OriginProbeSettings } from '../frontends/originHealth';
import type { HealthCheckSettings } from '../platform/healthCheck';
import { appSettingsOf } from './appSettings';
import { type LoadBalancing, loadBalancingOf } from './loadBalancing';
import { isFromVault, secretOf } from './secrets';
import {
  type DnsSeconds,
  dnsSecondsOf,
  frontDoorProbe,
  gatewayProbe,
  gatewayTimeoutOf,
  healthCheckOf,
  scalingOf,
  stopLimitOf,
} from './timers';

export interface InstancePlan {
  /** 0 for the region's first. */
  readonly ordinal: number;
  /** `1`, `2` or `3`; null: whether the plan is zone-balanced is unknown. */
  readonly zone: string | null;
}

export interface RegionPlan {
  readonly name: string;
  readonly location: string;
  readonly siteName: string;
  /** App Service's own name for the app. */
  readonly defaultHost: string;
  readonly instances: readonly InstancePlan[];
  readonly appServiceAffinity: boolean;
  readonly loadBalancing: LoadBalancing;
  /** 1 to 5, lower first. */
  readonly priority: number;
  /** 1 to 1000. */
  readonly weight: number;
  /** null: off. */
  readonly healthCheck: Known<HealthCheckSettings | null>;
  /** Bounds of autoscale, both included; null: none declared. */
  readonly scaling: Known<{ readonly minimum: number; readonly maximum: number }> | null;
  readonly hasSlot: boolean;
  readonly stopTimeLimitSeconds: number;
  /** Whether instances are spread over zones; may be `Unknown`. */
  readonly zoneBalanced: Known<boolean>;
  /** Whether the region's Redis has a replica; true where there is no Redis. */
  readonly redisReplica: boolean;
  /** Equal for regions whose apps have the same session secret; never the secret itself. */
  readonly secret: string;
  /** Whether the secret is a reference to Key Vault, which App Service reads at each start. */
  readonly secretFromVault: boolean;
  /** `https_only`: health check pings over HTTPS then. */
  readonly isHttpsOnly: boolean;
  /** App settings that reach the app as the Terraform states them. */
  readonly appSettings: Readonly<Record<string, string>>;
}

export interface FleetPlan {
  readonly variant: string;
  /** What the shopper's browser has in its address bar. */
  readonly typedHost: string;
  /** False: a layer before App Service replaces the host name with the app's own. */
  readonly hostPreserved: boolean;
  readonly store: SessionStore;
  /** null: no such layer. */
  readonly applicationGateway: {
    readonly affinity: boolean;
    readonly probe: Known<GatewayProbeSettings>;
    /** How long it waits for an answer of the app. */
    readonly timeoutSeconds: number;
  } | null;
  readonly frontDoor: {
    readonly affinity: boolean;
    readonly latencyWindowMs: number;
    /** null: it does not probe. */
    readonly probe: Known<OriginProbeSettings | null>;
  } | null;
  readonly regions: readonly RegionPlan[];
  /** How long clients keep the address of the name. */
  readonly dnsSeconds: DnsSeconds;
  /** Names of app settings that the drill sets itself or leaves out, sorted. */
  readonly ownSettings: readonly string[];
}

export interface NotApplicable {
  readonly notApplicable: string;
}

/** Each instance is a process of 30 to 60 MB, so a laptop needs a limit. */
export const maxInstances = 30;

class CannotPlan extends Error {}

/** The custom domain, where there is one; `.example` is reserved, so nobody owns it. */
const customHost = 'shop.example';

export function planFleet(architecture: Deployment): FleetPlan | NotApplicable {
  try {
    return plan(architecture);
  } catch (error) {
    if (error instanceof CannotPlan) return { notApplicable: error.message };
    throw error;
  }
}

function plan(architecture: Deployment): FleetPlan {
  const { name, regions } = architecture;
  if (regions.length === 0) throw new CannotPlan('no App Service app was found, so there is nothing to start');
  const entry = known(architecture.entry, 'entry', 'entry=app-service');
  if (regions.length > 1 && entry !== 'front-door') {
    throw new CannotPlan(
      `${regions.length} regions without Front Door: which one a client reaches is unknown. Choose one app, as with --assume app=${regions[0]?.app.address}`,
    );
  }
  const store = storeOf(regions);
  const gatewayAffinity = known(architecture.affinity.applicationGateway, 'affinity.applicationGateway');
  const regionPlans = regions.map((region) => planRegion(architecture, region, store, entry === 'front-door'));
  const instances = regionPlans.reduce((sum, region) => sum + region.instances.length, 0);
  if (instances > maxInstances) {
    throw new CannotPlan(`${instances} instances declared, and the drill starts at most ${maxInstances} processes`);
  }
  return {
    variant: name,
    typedHost: entry === 'app-service' ? (regionPlans[0]?.defaultHost ?? customHost) : customHost,
    hostPreserved: entry === 'app-service' || hostPreserved(architecture, regionPlans),
    store,
    applicationGateway:
      entry === 'application-gateway' || gatewayAffinity !== 'absent'
        ? {
            affinity: gatewayAffinity === 'on',
            probe: gatewayProbe(architecture),
            timeoutSeconds: gatewayTimeoutOf(architecture),
          }
        : null,
    frontDoor: entry === 'front-door' ? planFrontDoor(architecture) : null,
    regions: regionPlans,
    dnsSeconds: dnsSecondsOf(architecture),
    ownSettings: [...new Set(regions.flatMap(({ app }) => appSettingsOf(architecture, app).own))].sort(),
  };
}

function planRegion(
  architecture: Deployment,
  region: Region,
  store: SessionStore,
  behindFrontDoor: boolean,
): RegionPlan {
  const { app } = region;
  // It decides nothing but what the shop says of itself.
  const location = isUnknown(region.location) ? region.name : region.location;
  const planned = app.plan.address || `the plan of ${app.address}`;
  const count = known(app.plan.instances, `${planned}, number of instances`, 'instances=3');
  if (!Number.isInteger(count) || count < 1) {
    throw new CannotPlan(`${planned} declares ${count} instances, so there is nothing to start`);
  }
  if (usesRedis(store) && region.redis === null) {
    throw new CannotPlan(`${app.address} keeps sessions in Redis, but region ${region.name} declares no cache`);
  }
  if (behindFrontDoor && region.origin === null) {
    throw new CannotPlan(`${app.address} is not an origin of Front Door, so no client reaches region ${region.name}`);
  }
  const redisReplica =
    !usesRedis(store) ||
    region.redis === null ||
    known(region.redis.highAvailability, `${region.redis.address}, high availability`);
  if (isGeoReplicated(store) && !redisReplica) {
    throw new CannotPlan(`${region.redis?.address} is geo-replicated without high availability, which Azure refuses`);
  }
  const siteName = `${architecture.name}-${region.name}`.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return {
    name: region.name,
    location,
    siteName,
    defaultHost: `${siteName}.azurewebsites.net`,
    instances: spread(count, app.plan.zoneBalanced),
    appServiceAffinity: isOn(app.affinity, `${app.address}, client affinity`, 'appService=off'),
    loadBalancing: loadBalancingOf(architecture, app),
    priority: region.origin ? known(region.origin.priority, `${region.origin.address}, priority`) : 1,
    weight: region.origin ? known(region.origin.weight, `${region.origin.address}, weight`) : 1,
    healthCheck: healthCheckOf(app),
    scaling: app.plan.autoscale && scalingOf(app.plan.autoscale),
    hasSlot: app.hasSlot,
    stopTimeLimitSeconds: stopLimitOf(app),
    zoneBalanced: app.plan.zoneBalanced,
    redisReplica,
    secret: secretOf(architecture, app),
    secretFromVault: isFromVault(architecture, app),
    isHttpsOnly: app.httpsOnly === true,
    appSettings: appSettingsOf(architecture, app).stated,
  };
}

/**
 * Zone-balanced plans spread over the zones with a difference of at most one. Without balancing nothing is promised;
 * the drill assumes the worst, all in one zone.
 * @see https://learn.microsoft.com/azure/reliability/reliability-app-service
 */
function spread(count: number, zoneBalanced: Known<boolean>): readonly InstancePlan[] {
  return Array.from({ length: count }, (_, ordinal) => {
    if (isUnknown(zoneBalanced)) return { ordinal, zone: null };
    return { ordinal, zone: zoneBalanced ? String((ordinal % 3) + 1) : '1' };
  });
}

function storeOf(regions: readonly Region[]): SessionStore {
  const stores = regions.map(({ app }) => known(app.sessions, `${app.address}, session store`, 'sessions=redis'));
  const [store] = stores;
  if (store === undefined || stores.some((other) => other !== store)) {
    throw new CannotPlan(`the regions keep sessions in different places (${stores.join(', ')})`);
  }
  if (!isOwnStore(store))
    throw new CannotPlan(
      `the app keeps sessions as \`${store}\` (${sessionStore(store).label}), and the shop that the drill starts cannot`,
    );
  return store;
}

/** The host name decides only where App Service's affinity cookie is set: unknown is harmless where it is off. */
function hostPreserved(architecture: Deployment, regions: readonly RegionPlan[]): boolean {
  if (!regions.some((region) => region.appServiceAffinity)) {
    return isUnknown(architecture.hostPreserved) || architecture.hostPreserved;
  }
  return known(architecture.hostPreserved, 'hostPreserved', 'hostPreserved=on');
}

function planFrontDoor(architecture: Deployment): FleetPlan['frontDoor'] {
  if (architecture.latencyWindowMs === null) throw new CannotPlan('Front Door is the entry, but has no origin group');
  return {
    affinity: isOn(architecture.affinity.frontDoor, 'affinity.frontDoor'),
    latencyWindowMs: known(architecture.latencyWindowMs, 'latencyWindowMs'),
    probe: frontDoorProbe(architecture),
  };
}

/** @param example what states it beside the Terraform. Default: - nothing does */
function known<T>(fact: Known<T>, what: string, example?: string): T {
  if (!isUnknown(fact)) return fact;
  const hint = example === undefined ? '' : `. If you know it, state it, as with --assume ${example}`;
  throw new CannotPlan(`${what} is unknown: ${fact.unknown}${hint}`);
}

const isOn = (fact: Known<AffinityState>, what: string, example?: string): boolean =>
  known(fact, what, example) === 'on';
