import type { Region, RegionRole } from './deployment';
import type { Entry } from './entry';
import type { EntryLayers, FrontDoor, Origin, TrafficManager } from './entryLayers';
import { firstReason, isUnknown, type Known, type Unknown } from './known';

/** One way by which a router in front leads to an app, among those that it chooses from. */
interface Way {
  readonly app: string;
  readonly origin: Origin | null;
  readonly enabled: Known<boolean>;
  readonly priority: Known<number>;
  /** The origin group or Traffic Manager that chooses. */
  readonly among: string;
  /** The nested profile that it leads to, which chooses again; null: the app itself. */
  readonly profile: string | null;
}

interface Router {
  readonly ways: readonly Way[];
  /** Why it is unknown where all of its ways lead; null: it is known. */
  readonly open: Unknown | null;
}

/** Every app as a region, with the role that the layers in front give it. */
export function regionsOf(
  apps: readonly Pick<Region, 'app' | 'location' | 'redis'>[],
  { frontDoors, trafficManagers }: EntryLayers,
  { kind, behindFrontDoor }: Entry,
): Region[] {
  const router = behindFrontDoor ? frontDoorRouter(frontDoors) : trafficManagerRouter(trafficManagers);
  const locations = apps.map(({ location }) => location);
  const unsure = isUnknown(kind) && apps.length > 1 ? kind : null;
  return apps.map(({ app, location, redis }) => {
    const alone = locations.filter((other) => other === location).length === 1;
    const own = router?.ways.filter((way) => way.app === app.address) ?? [];
    return {
      name: isUnknown(location) || !alone ? app.address : location,
      location,
      role: app.multiplied ?? (router ? roleOf(own, router) : (unsure ?? 'active')),
      app,
      redis,
      origin: (own.find(({ enabled }) => enabled === true) ?? own[0])?.origin ?? null,
    };
  });
}

function frontDoorRouter(frontDoors: readonly FrontDoor[]): Router {
  const origins = frontDoors.flatMap((one) => one.origins);
  return {
    // Of an origin that may lead to any of several apps, none is certain.
    ways: origins.flatMap((origin) =>
      origin.open
        ? []
        : origin.apps.map((app) => {
            const { enabled, priority, group } = origin;
            return { app, origin, enabled, priority, among: group, profile: null };
          }),
    ),
    open: firstReason(origins.map(({ open }) => open)),
  };
}

/** Traffic Manager answers DNS queries and not requests, but it decides like Front Door which region comes first. */
function trafficManagerRouter(profiles: readonly TrafficManager[]): Router | null {
  const all = profiles.flatMap(({ address, method, endpoints }) =>
    endpoints.map((endpoint) => ({ address, method, endpoint })),
  );
  if (all.every(({ endpoint }) => endpoint.apps.length === 0 && !endpoint.open)) return null;
  return {
    ways: all.flatMap(({ address, method, endpoint: { open, apps, enabled, priority, profile } }) =>
      open
        ? []
        : apps.map((app) => ({
            app,
            origin: null,
            enabled,
            priority: isUnknown(method) ? method : method === 'Priority' ? priority : 1,
            among: address,
            profile,
          })),
    ),
    open: firstReason(all.map(({ endpoint }) => endpoint.open)),
  };
}

/** Active by any of its ways is active. */
function roleOf(own: readonly Way[], router: Router): Known<RegionRole> {
  const nested = new Set(router.ways.flatMap(({ profile }) => profile ?? []));
  // Where one profile leads to another, the first one decides first.
  const outer = own.filter(({ among }) => !nested.has(among));
  return best(
    (outer.length > 0 ? outer : own).map((way) => roleBy(way, own, router, 5)),
    router.open,
  );
}

const best = (roles: readonly Known<RegionRole>[], open: Unknown | null): Known<RegionRole> =>
  roles.includes('active')
    ? 'active'
    : (roles.find(isUnknown) ?? roles.find((role) => role === 'standby') ?? open ?? 'unrouted');

function roleBy(way: Way, own: readonly Way[], router: Router, depth: number): Known<RegionRole> {
  const role = roleAmong(way, router);
  if (role === 'unrouted' || isUnknown(role) || way.profile === null || depth === 0) return role;
  const inner = own.filter(({ among }) => among === way.profile);
  const chosen = best(
    inner.map((one) => roleBy(one, own, router, depth - 1)),
    null,
  );
  return role === 'active' || chosen === 'unrouted' || isUnknown(chosen) ? chosen : 'standby';
}

function roleAmong(way: Way, { ways }: Router): Known<RegionRole> {
  if (isUnknown(way.enabled)) return way.enabled;
  if (!way.enabled) return 'unrouted';
  const rivals = ways.filter(({ among, enabled }) => among === way.among && enabled !== false);
  if (rivals.length === 1) return 'active';
  const { priority } = way;
  if (isUnknown(priority)) return priority;
  const before = rivals.filter((one) => !isUnknown(one.priority) && one.priority < priority);
  if (before.some(({ enabled }) => enabled === true)) return 'standby';
  // None comes before the first.
  const open = priority === 1 ? undefined : rivals.map((one) => one.priority).find(isUnknown);
  return open ?? before.map(({ enabled }) => enabled).find(isUnknown) ?? 'active';
}
