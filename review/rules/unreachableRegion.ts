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
          if (role === 'unrouted') return why('No origin of the entry leads to this region.');
          if (isUnknown(entry)) return cannotTell(resource, entry);
          const { frontDoor } = facts;
          if (!frontDoor || !origin)
            return facts.trafficManagers.length > 0
              ? compliant(resource)
              : why('Nothing in front of the regions sends clients to either.');
          const own = frontDoor.origins.find(({ address, app: to }) => address === origin.address && to === resource);
          return whenKnown(resource, [own?.enabled ?? true], (enabled) => {
            if (!enabled) return why(`Its origin ${origin.address} is disabled.`);
            return frontDoor.routes.some(({ groups }) => own && groups.includes(own.group))
              ? compliant(resource)
              : why(`No route leads to the origin group of ${origin.address}.`);
          });
        }),
};

const inOnePlace = (regions: readonly Region[]) =>
  new Set(regions.map(placeOf)).size === 1 && regions.every(({ location }) => !isUnknown(location));
