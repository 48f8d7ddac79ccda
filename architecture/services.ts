import type { Deployment, Region } from './deployment';
import { entryOf } from './entry';
import type { ApplicationGateway, Destination, EntryLayers, GatewayServing } from './entryLayers';
import { agreed, everyKnown, isUnknown, type Known } from './known';
import { together } from './together';

/**
 * The parts of a deployment whose apps serve the same requests, each as a deployment of its own with the layers that lead to
 * it: a shop and its API, say, behind one Front Door. One part is the deployment itself. Resources, plans, caches, network
 * and monitoring stay those of the whole.
 */
export function servicesOf(deployment: Deployment): readonly Deployment[] {
  const groups = sameRequests(deployment);
  return groups.length < 2 ? [deployment] : groups.map((regions) => partOf(deployment, regions));
}

/** The part that an app belongs to. */
export const serviceOf = (deployment: Deployment, app: string): Deployment =>
  servicesOf(deployment).find(({ regions }) => regions.some((region) => region.app.address === app)) ?? deployment;

/**
 * Apps that one origin group, Traffic Manager or gateway chooses from. Apps that nothing leads to may be the regions of one
 * service where each has its own location.
 */
function sameRequests({ regions, gateways, frontDoors, trafficManagers }: Deployment): Region[][] {
  const origins = frontDoors.flatMap((one) => one.origins);
  const choosing: readonly (readonly Destination[])[] = [
    ...[...new Set(origins.map(({ group }) => group))].map((name) => origins.filter(({ group }) => group === name)),
    ...trafficManagers.map(({ endpoints }) => endpoints),
    ...gateways.flatMap((gateway) => poolsOf(gateway)),
  ];
  const sets = choosing.map((list) => new Set(list.flatMap(({ apps }) => apps)));
  const idle = regions.filter(({ app }) => !sets.some((set) => set.has(app.address)));
  const places = new Set(idle.map(({ location }) => location));
  if (places.size === idle.length) sets.push(new Set(idle.map(({ app }) => app.address)));
  const groups: Region[][] = [];
  for (const region of regions) {
    const beside = (other: Region) => sets.some((set) => set.has(region.app.address) && set.has(other.app.address));
    const joined = groups.filter((group) => group.some(beside));
    const rest = groups.filter((group) => !joined.includes(group));
    groups.length = 0;
    groups.push(...rest, [...joined.flat(), region]);
  }
  const place = ([first]: readonly Region[]) => (first ? regions.indexOf(first) : -1);
  return groups.sort((one, other) => place(one) - place(other));
}

/** Apps of one gateway are together where the same HTTP settings and pool serve both. */
function poolsOf({ apps, open, perApp }: ApplicationGateway): Destination[][] {
  const byPool = new Map<string, string[]>();
  for (const app of apps) {
    const pools = perApp.get(app)?.pools ?? [''];
    for (const pool of pools) byPool.set(pool, [...(byPool.get(pool) ?? []), app]);
  }
  return [...byPool.values()].map((together) => [{ apps: together, open }]);
}

function partOf(deployment: Deployment, regions: readonly Region[]): Deployment {
  const own = new Set(regions.map(({ app }) => app.address));
  const layers = layersTo(deployment, own);
  const entry = entryOf(layers, null, deployment.elsewhere);
  const kind = isUnknown(deployment.entry) ? deployment.entry : entry.kind;
  return {
    ...deployment,
    ...layers,
    ...together(regions, entry),
    regions,
    entry: kind,
    hostPreserved: isUnknown(kind) ? kind : entry.hostPreserved,
  };
}

/** The layers, each with only what leads to some apps. */
function layersTo({ gateways, frontDoors, trafficManagers }: EntryLayers, own: ReadonlySet<string>): EntryLayers {
  const leads = ({ apps }: Destination) => apps.some((app) => own.has(app));
  const narrowed = <D extends Destination>(destination: D): D => ({
    ...destination,
    apps: destination.apps.filter((app) => own.has(app)),
  });
  return {
    gateways: gateways.filter(leads).map((gateway) => ({
      ...narrowed(gateway),
      ...serving(
        gateway,
        [...gateway.perApp].filter(([app]) => own.has(app)),
      ),
    })),
    frontDoors: frontDoors.flatMap((door) => {
      const origins = door.origins.filter(leads).map(narrowed);
      const groups = door.groups.filter(({ address }) => origins.some(({ group }) => group === address));
      return origins.length === 0
        ? []
        : [
            {
              ...door,
              origins,
              groups,
              routes: door.routes.filter((route) => groups.some(({ address }) => route.groups.includes(address))),
            },
          ];
    }),
    trafficManagers: trafficManagers.flatMap((profile) => {
      const endpoints = profile.endpoints.filter(leads).map(narrowed);
      return endpoints.length === 0 ? [] : [{ ...profile, endpoints }];
    }),
  };
}

/** What a gateway does for some of its apps. */
function serving(gateway: ApplicationGateway, apps: readonly (readonly [string, GatewayServing])[]): GatewayServing {
  const all = apps.map(([, one]) => one);
  const [only] = all;
  if (!only) return gateway;
  if (all.length === 1) return only;
  const together = <T>(lists: readonly Known<readonly T[]>[], same: (item: T) => unknown): Known<readonly T[]> => {
    const known = everyKnown(lists, (list) => list);
    return isUnknown(known) ? known : [...new Map(known.flat().map((item) => [same(item), item])).values()];
  };
  const counts = everyKnown(
    all.map(({ backends }) => backends),
    (count) => count,
  );
  return {
    pools: [...new Set(all.flatMap(({ pools }) => pools))],
    affinity: agreed(
      all.map(({ affinity }) => affinity),
      'backend HTTP settings differ',
    ),
    hostPreserved: agreed(
      all.map(({ hostPreserved }) => hostPreserved),
      'the host is preserved by some backend HTTP settings only',
    ),
    backends: isUnknown(counts) ? counts : Math.max(...counts),
    probes: together(
      all.map(({ probes }) => probes),
      ({ name }) => name,
    ),
    unprobedSettings: together(
      all.map(({ unprobedSettings }) => unprobedSettings),
      (settings) => settings,
    ),
    backendSettings: together(
      all.map(({ backendSettings }) => backendSettings),
      (settings) => JSON.stringify(settings),
    ),
  };
}
