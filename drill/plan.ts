/**
 * What to start, from the facts alone. A fact that the drill needs and cannot tell makes the run not applicable:
 * a guess here would be read as evidence later.
 */

import { type AffinityState, type Architecture, isUnknown, type Known, type Region } from '../architecture/model';

/** Stores that the drill can stand up. */
export type DrilledStore = 'in-process' | 'redis' | 'redis-geo';

export interface InstancePlan {
  /** 0 for the region's first. */
  readonly ordinal: number;
  /** `1`, `2` or `3`; null: the facts do not tell whether the plan is zone-balanced. */
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
  /** 1 to 5, lower first. */
  readonly priority: number;
  /** 1 to 1000. */
  readonly weight: number;
}

export interface FleetPlan {
  readonly variant: string;
  /** What the shopper's browser has in its address bar. */
  readonly typedHost: string;
  /** False: a layer before App Service replaces the host name with the app's own. */
  readonly hostPreserved: boolean;
  readonly store: DrilledStore;
  /** null: no such layer. */
  readonly applicationGateway: { readonly affinity: boolean } | null;
  readonly frontDoor: { readonly affinity: boolean; readonly latencyWindowMs: number } | null;
  readonly regions: readonly RegionPlan[];
}

export interface NotApplicable {
  readonly notApplicable: string;
}

/** Each instance is a process of 30 to 60 MB, so a laptop needs a limit. */
export const maxInstances = 30;

class CannotPlan extends Error {}

/** The custom domain, where there is one; `.example` is reserved, so nobody owns it. */
const customHost = 'shop.example';

export function planFleet(architecture: Architecture): FleetPlan | NotApplicable {
  try {
    return plan(architecture);
  } catch (error) {
    if (error instanceof CannotPlan) return { notApplicable: error.message };
    throw error;
  }
}

function plan(architecture: Architecture): FleetPlan {
  const { name, regions } = architecture;
  if (regions.length === 0) throw new CannotPlan('no App Service app was found, so there is nothing to start');
  const entry = known(architecture.entry, 'entry');
  if (regions.length > 1 && entry !== 'front-door') {
    throw new CannotPlan(`${regions.length} regions without Front Door: nothing tells which one a client reaches`);
  }
  const store = storeOf(regions);
  const gatewayAffinity = known(architecture.affinity.applicationGateway, 'affinity.applicationGateway');
  const regionPlans = regions.map((region) => planRegion(name, region, store, entry === 'front-door'));
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
      entry === 'application-gateway' || gatewayAffinity !== 'absent' ? { affinity: gatewayAffinity === 'on' } : null,
    frontDoor: entry === 'front-door' ? planFrontDoor(architecture, store) : null,
    regions: regionPlans,
  };
}

function planRegion(variant: string, region: Region, store: DrilledStore, behindFrontDoor: boolean): RegionPlan {
  const { app } = region;
  const location = known(region.location, `the location of region ${region.name}`);
  const count = known(app.plan.instances, `${app.plan.address}, number of instances`);
  if (!Number.isInteger(count) || count < 1) {
    throw new CannotPlan(`${app.plan.address} declares ${count} instances, so there is nothing to start`);
  }
  if (store !== 'in-process' && region.redis === null) {
    throw new CannotPlan(`${app.address} keeps sessions in Redis, but region ${region.name} declares no cache`);
  }
  if (behindFrontDoor && region.origin === null) {
    throw new CannotPlan(`${app.address} is no origin of Front Door, so no client reaches region ${region.name}`);
  }
  const siteName = `${variant}-${region.name}`.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return {
    name: region.name,
    location,
    siteName,
    defaultHost: `${siteName}.azurewebsites.net`,
    instances: spread(count, app.plan.zoneBalanced),
    appServiceAffinity: isOn(app.affinity, `${app.address}, client affinity`),
    priority: region.origin ? known(region.origin.priority, `${region.origin.address}, priority`) : 1,
    weight: region.origin ? known(region.origin.weight, `${region.origin.address}, weight`) : 1,
  };
}

/**
 * Zone-balanced plans spread over the zones with a difference of at most one. Without balancing nothing is promised;
 * the drill assumes the worst, all in one zone, as the design does.
 * @see https://learn.microsoft.com/azure/reliability/reliability-app-service
 */
function spread(count: number, zoneBalanced: Known<boolean>): readonly InstancePlan[] {
  return Array.from({ length: count }, (_, ordinal) => {
    if (isUnknown(zoneBalanced)) return { ordinal, zone: null };
    return { ordinal, zone: zoneBalanced ? String((ordinal % 3) + 1) : '1' };
  });
}

function storeOf(regions: readonly Region[]): DrilledStore {
  const stores = regions.map(({ app }) => known(app.sessions, `${app.address}, session store`));
  const [store] = stores;
  if (store === undefined || stores.some((other) => other !== store)) {
    throw new CannotPlan(`the regions keep sessions in different places (${stores.join(', ')})`);
  }
  if (store === 'cookie') throw new CannotPlan('the shop has no sealed-cookie store yet');
  return store;
}

/** The host name decides only where App Service's affinity cookie is set: unknown is harmless where it is off. */
function hostPreserved(architecture: Architecture, regions: readonly RegionPlan[]): boolean {
  if (!regions.some((region) => region.appServiceAffinity)) {
    return isUnknown(architecture.hostPreserved) || architecture.hostPreserved;
  }
  return known(architecture.hostPreserved, 'hostPreserved');
}

function planFrontDoor(architecture: Architecture, store: DrilledStore): FleetPlan['frontDoor'] {
  if (architecture.latencyWindowMs === null) throw new CannotPlan('Front Door is the entry, but has no origin group');
  const latencyWindowMs = known(architecture.latencyWindowMs, 'latencyWindowMs');
  if (store === 'redis-geo' && latencyWindowMs !== 0 && architecture.regions.length > 1) {
    throw new CannotPlan(
      `replication between regions is not emulated yet, and a latency window of ${latencyWindowMs} ms ` +
        'moves shoppers between regions (a window of 0 does not)',
    );
  }
  return { affinity: isOn(architecture.affinity.frontDoor, 'affinity.frontDoor'), latencyWindowMs };
}

function known<T>(fact: Known<T>, what: string): T {
  if (isUnknown(fact)) throw new CannotPlan(`cannot tell ${what}: ${fact.unknown}`);
  return fact;
}

const isOn = (fact: Known<AffinityState>, what: string): boolean => known(fact, what) === 'on';
