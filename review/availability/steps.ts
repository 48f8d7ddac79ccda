import type { Deployment, RedisCache, Region } from '../../architecture/deployment';
import type { ApplicationGateway } from '../../architecture/entryLayers';
import { isUnknown, type Known } from '../../architecture/known';
import { layersInFront } from '../../architecture/layersInFront';
import { usesRedis } from '../../sessions/stores';
import { hasZones } from '../tiers';
import { type Figure, figures } from './figures';

/** A product that a request needs, and how often it stands in series. */
export interface Step {
  readonly figure: Figure;
  readonly count: number;
}

const once = (figure: Figure): Step => ({ figure, count: 1 });

/** What a request that needs a session goes through in one region. */
export interface Stamp {
  readonly entry: readonly Step[];
  readonly app: readonly Step[];
  /** The Redis that holds sessions; null: another store does. */
  readonly cache: { readonly address: string; readonly steps: readonly Step[] } | null;
}

/** What stands in series inside one region. */
export function stampOf(deployment: Deployment, region: Region): Known<Stamp> {
  const { entry, sessions, network } = deployment;
  const { gateways, frontDoors } = layersInFront(deployment);
  const ahead = gateways.filter(({ apps }) => apps.includes(region.app.address)).map(gatewayStep);
  const openGateway = ahead.find(isUnknown);
  if (openGateway) return openGateway;
  const plan = planStep(region);
  if (isUnknown(plan)) return plan;
  const linked =
    entry !== 'app-service' &&
    (region.app.hasPrivateEndpoint || frontDoors.some(({ origins }) => origins.some(({ privateLink }) => privateLink)));
  const parts = {
    entry: ahead as readonly Step[],
    app: [plan, ...(linked ? [once(figures.privateEndpoint)] : [])],
  };
  if (isUnknown(sessions) || !usesRedis(sessions)) return { ...parts, cache: null };
  if (!region.redis) return { unknown: 'the Redis that holds sessions is not in this document' };
  const cache = cacheStep(region.redis);
  if (isUnknown(cache)) return cache;
  const { address } = region.redis;
  const behindEndpoint = network.privateEndpoints.some(({ target }) => target === address);
  return {
    ...parts,
    cache: { address, steps: [cache, ...(behindEndpoint ? [once(figures.privateEndpoint)] : [])] },
  };
}

/** In a region without zones nothing is spread over any, whatever is declared. */
function planStep({ app: { plan }, location }: Region): Known<Step> {
  if (isUnknown(plan.zoneBalanced)) return plan.zoneBalanced;
  if (!plan.zoneBalanced) return once(figures.appService);
  if (isUnknown(location)) return location;
  return once(hasZones(location) ? figures.zoneRedundantAppService : figures.appService);
}

/**
 * A v2 gateway has a promise where it is spread over zones or scales. @see
 * https://learn.microsoft.com/azure/reliability/reliability-application-gateway-v2
 */
function gatewayStep({
  address,
  skuName,
  zones,
  location,
  minimumInstances,
  maximumInstances,
}: ApplicationGateway): Known<Step> {
  if (isUnknown(skuName)) return skuName;
  if (!/_v2$/i.test(skuName)) return { unknown: `${address} is of size ${skuName}: no uptime of that is published` };
  if (isUnknown(minimumInstances)) return minimumInstances;
  if (isUnknown(maximumInstances)) return maximumInstances;
  if (minimumInstances < maximumInstances) return once(figures.applicationGateway);
  if (isUnknown(zones)) return zones;
  if (zones.length > 1) return once(figures.applicationGateway);
  if (zones.length === 0 && isUnknown(location)) return location;
  // A new gateway without a list is spread over all zones that its region has.
  return zones.length === 0 && !isUnknown(location) && hasZones(location)
    ? once(figures.applicationGateway)
    : { unknown: `${address} is in one zone and does not scale: no uptime of that is promised` };
}

/** Managed Redis is spread over zones by itself; of the older kinds only Enterprise is promised more for it. */
function cacheStep({ address, kind, highAvailability, zones, location }: RedisCache): Known<Step> {
  if (isUnknown(highAvailability)) return highAvailability;
  if (!highAvailability) return { unknown: `${address} has no replica: no uptime of that is published` };
  if (kind === 'cache') return once(figures.redis);
  if (isUnknown(location)) return location;
  if (!hasZones(location)) return once(kind === 'managed' ? figures.managedRedis : figures.redis);
  if (kind === 'managed') return once(figures.zoneRedundantRedis);
  if (isUnknown(zones)) return zones;
  return once(zones.length > 1 ? figures.zoneRedundantEnterpriseRedis : figures.redis);
}

/** What stands in front of all regions. */
export function globalSteps(deployment: Deployment): Step[] {
  const { frontDoors, trafficManagers } = layersInFront(deployment);
  return [
    ...(trafficManagers.length > 0 && frontDoors.length === 0 ? [once(figures.trafficManager)] : []),
    ...(frontDoors.length > 0 ? [once(figures.frontDoor)] : []),
  ];
}
