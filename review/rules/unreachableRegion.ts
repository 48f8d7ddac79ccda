import type { Region } from '../../architecture/deployment';
import { isUnknown } from '../../architecture/known';
import { layersInFront } from '../../architecture/layersInFront';
import { cannotTell, compliant, eachOr, finding, notApplicable, type Rule, whenKnown } from './rule';

export const unreachableRegion: Rule = {
  id: 'unreachable-region',
  title: 'Route traffic to every region that you pay for',
  severity: 'error',
  pillar: 'reliability',
  why: 'A second region without an origin and a route takes no traffic when it is needed.',
  source:
    'https://learn.microsoft.com/azure/architecture/web-apps/guides/multi-region-app-service/multi-region-app-service',
  check: (deployment) => {
    const { regions, entry } = deployment;
    const { frontDoors, trafficManagers } = layersInFront(deployment);
    return regions.length < 2 || inOnePlace(regions)
      ? [notApplicable('there is one region')]
      : eachOr(regions, '', (region) => {
          const { app, role, origin, location } = region;
          const resource = app.address;
          if (isUnknown(location)) return cannotTell(resource, location);
          if (isUnknown(role)) return cannotTell(resource, role);
          const why = (message: string) =>
            finding(
              resource,
              message,
              'Let one Front Door lead to both: an enabled origin for each region, in the group that the route names.',
            );
          const beside = regions.find(
            (other) => other !== region && other.location === location && other.role !== 'unrouted',
          );
          if (role === 'unrouted' && beside)
            return notApplicable(`${beside.app.address} is routed to in the same location as ${resource}`);
          const disabled = trafficManagers
            .flatMap(({ endpoints }) => endpoints)
            .find(({ apps }) => apps.includes(resource));
          if (role === 'unrouted' && origin) return why(`Its origin ${origin.address} is disabled.`);
          if (role === 'unrouted')
            return why(
              disabled
                ? 'Its endpoint of Traffic Manager is disabled.'
                : `No ${frontDoors.length > 0 ? 'origin of the entry' : 'endpoint of Traffic Manager'} leads to this region.`,
            );
          if (isUnknown(entry)) return cannotTell(resource, entry);
          if (frontDoors.length === 0 || !origin)
            return trafficManagers.length > 0
              ? compliant(resource)
              : why('Nothing in front of the regions sends clients to them.');
          const groups = frontDoors
            .flatMap(({ origins }) => origins)
            .flatMap(({ apps, group }) => (apps.includes(resource) ? [group] : []));
          const routes = frontDoors
            .flatMap((one) => one.routes)
            .filter((route) => groups.some((group) => route.groups.includes(group)));
          if (routes.some(({ enabled }) => enabled === true)) return compliant(resource);
          return whenKnown(
            resource,
            routes.map(({ enabled }) => enabled),
            () =>
              why(
                `No route ${routes.length > 0 ? 'that is enabled ' : ''}leads to the origin group of ${origin.address}.`,
              ),
          );
        });
  },
};

const inOnePlace = (regions: readonly Region[]) =>
  new Set(regions.map(({ location }) => location)).size === 1 && regions.every(({ location }) => !isUnknown(location));
