import { isUnknown } from '../../architecture/model';
import { cannotTell, compliant, eachOr, finding, notApplicable, type Rule, whenKnown } from './rule';

export const unreachableRegion: Rule = {
  id: 'unreachable-region',
  title: 'Route to every region that is paid for',
  severity: 'error',
  why: 'A second region that no origin and no route leads to takes no traffic on the day it is needed.',
  source:
    'https://learn.microsoft.com/azure/architecture/web-apps/guides/multi-region-app-service/multi-region-app-service',
  check: ({ regions, facts, entry }) =>
    regions.length < 2
      ? [notApplicable('there is one region')]
      : eachOr(regions, '', ({ app, role, origin }) => {
          const resource = app.address;
          if (isUnknown(role)) return cannotTell(resource, role);
          const why = (message: string) =>
            finding(
              resource,
              message,
              'Lead one Front Door to both: an enabled origin for each region in the group that the route names.',
            );
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
