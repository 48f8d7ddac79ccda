import { isUnknown, type Region } from '../../architecture/model';
import { placeOf } from '../regions';
import { cannotTell, compliant, eachOr, finding, notApplicable, type Rule, whenKnown } from './rule';

export const unreachableRegion: Rule = {
  id: 'unreachable-region',
  title: 'Route to every region that is paid for',
  severity: 'error',
  why: 'A second region that no origin and no route leads to takes no traffic on the day it is needed.',
  source:
    'https://learn.microsoft.com/azure/architecture/web-apps/guides/multi-region-app-service/multi-region-app-service',
  check: ({ regions, facts, entry }) =>
    regions.length < 2 || inOnePlace(regions)
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
              'Lead one Front Door to both: an enabled origin for each region in the group that the route names.',
            );
          const beside = regions.find(
            (other) => other !== region && placeOf(other) === placeOf(region) && other.role !== 'unrouted',
          );
          if (role === 'unrouted' && beside)
            return notApplicable(`${beside.app.address} is led to in the same location as ${resource}`);
          const { frontDoor, trafficManagers } = facts;
          const disabled = trafficManagers.flatMap(({ apps }) => apps).find(({ app: to }) => to === resource);
          if (role === 'unrouted' && origin) return why(`Its origin ${origin.address} is disabled.`);
          if (role === 'unrouted')
            return why(
              disabled
                ? 'Its endpoint of Traffic Manager is disabled.'
                : `No ${frontDoor ? 'origin of the entry' : 'endpoint of Traffic Manager'} leads to this region.`,
            );
          if (isUnknown(entry)) return cannotTell(resource, entry);
          if (!frontDoor || !origin)
            return trafficManagers.length > 0
              ? compliant(resource)
              : why('Nothing in front of the regions sends clients to either.');
          const groups = frontDoor.origins.flatMap(({ app: to, group }) => (to === resource ? [group] : []));
          const routes = frontDoor.routes.filter((route) => groups.some((group) => route.groups.includes(group)));
          if (routes.some(({ enabled }) => enabled === true)) return compliant(resource);
          return whenKnown(
            resource,
            routes.map(({ enabled }) => enabled),
            () =>
              why(
                `No route ${routes.length > 0 ? 'that is enabled ' : ''}leads to the origin group of ${origin.address}.`,
              ),
          );
        }),
};

const inOnePlace = (regions: readonly Region[]) =>
  new Set(regions.map(placeOf)).size === 1 && regions.every(({ location }) => !isUnknown(location));
