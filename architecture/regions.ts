import { booleanOf, numberOf } from './arguments';
import type { TrafficManagerFacts } from './deployment';
import type { Entry } from './entry';
import { addressesIn } from './facts/reading';
import { isUnknown, type Known, type Origin, type Region, type RegionRole, type Unknown } from './model';
import { multiplied, type TerraformDocument, type TerraformResource } from './terraform';
import { readWebApp } from './webApp';

/** One way by which a router in front leads to an app, among those it chooses from. */
interface Way {
  readonly app: string;
  readonly origin: Origin | null;
  readonly enabled: Known<boolean>;
  readonly priority: Known<number>;
  /** Of which origin group or profile it is one. */
  readonly among: string;
}

interface Router {
  readonly ways: readonly Way[];
  /** Why it cannot be told where all of its ways lead; null: it can. */
  readonly open: Unknown | null;
}

/** Every app as a region of its own, with what the layer in front makes of it. */
export function readRegions(
  { kind, origins, ways: { apps } }: Entry,
  trafficManagers: readonly TrafficManagerFacts[],
  document: TerraformDocument,
): Region[] {
  const router = origins ? frontDoorRouter(origins, document) : trafficManagerRouter(trafficManagers);
  const read = apps.map((resource) => ({ resource, ...readWebApp(resource, document) }));
  const locations = read.map(({ location }) => location);
  const unsure = isUnknown(kind) && apps.length > 1 ? kind : null;
  return read.map(({ resource, app, location, redis }) => {
    const alone = locations.filter((other) => other === location).length === 1;
    const own = router?.ways.filter((way) => way.app === resource.address) ?? [];
    return {
      name: isUnknown(location) || !alone ? resource.address : location,
      location,
      role: multiplied(resource) ?? (router ? roleOf(own, router) : (unsure ?? 'active')),
      app,
      redis,
      origin: (own.find(({ enabled }) => enabled === true) ?? own[0])?.origin ?? null,
    };
  });
}

function frontDoorRouter(origins: NonNullable<Entry['origins']>, document: TerraformDocument): Router {
  const open = [...origins.values()].find((lead) => lead.open)?.open ?? null;
  const ways = [...origins].flatMap(([origin, lead]) =>
    // Of one that may lead to any of several, none is led to for certain.
    lead.open ? [] : lead.apps.map((app) => originWay(origin, app, document)),
  );
  return { ways, open };
}

const originWay = (origin: TerraformResource, app: TerraformResource, document: TerraformDocument): Way => {
  const priority = numberOf(origin, 'priority', document, 1);
  return {
    app: app.address,
    // azurerm's defaults.
    origin: { address: origin.address, priority, weight: numberOf(origin, 'weight', document, 500) },
    enabled: booleanOf(origin, 'enabled', document, true),
    priority,
    among: addressesIn(origin.body.cdn_frontdoor_origin_group_id, document).join(' '),
  };
};

/** Traffic Manager answers names rather than requests, but it decides as Front Door does who is asked first. */
function trafficManagerRouter(profiles: readonly TrafficManagerFacts[]): Router | null {
  if (profiles.length === 0) return null;
  return {
    ways: profiles.flatMap(({ address, method, apps }) =>
      apps.map(({ app, priority, enabled }) => ({
        app,
        origin: null,
        enabled,
        priority: isUnknown(method) ? method : method === 'Priority' ? priority : 1,
        among: address,
      })),
    ),
    open: profiles.find(({ open }) => open)?.open ?? null,
  };
}

/** Active by any of its ways is active. */
function roleOf(own: readonly Way[], { ways, open }: Router): Known<RegionRole> {
  const roles = own.map((way): Known<RegionRole> => {
    if (isUnknown(way.enabled)) return way.enabled;
    if (!way.enabled) return 'unrouted';
    const rivals = ways.filter(({ among, enabled }) => among === way.among && enabled !== false);
    if (rivals.length === 1) return 'active';
    const priorities = rivals.map(({ priority }) => priority);
    const unsettled = [...priorities, ...rivals.map(({ enabled }) => enabled)].find(isUnknown);
    return unsettled ?? (way.priority === Math.min(...(priorities as number[])) ? 'active' : 'standby');
  });
  if (roles.includes('active')) return 'active';
  return roles.find(isUnknown) ?? roles.find((role) => role === 'standby') ?? open ?? 'unrouted';
}
