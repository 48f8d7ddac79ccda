import type { Deployment, ServicePlan } from '../architecture/deployment';
import { isUnknown, type Known } from '../architecture/known';
import { layersInFront } from '../architecture/layersInFront';

/** How many regions serve the same requests, so that one is enough: apps in distinct locations behind one router. */
export function parallelRegions(deployment: Deployment): Known<number> {
  const { regions } = deployment;
  const multiplied = regions.find(({ app }) => app.multiplied)?.app.multiplied;
  if (multiplied) return multiplied;
  if (regions.length < 2) return regions.length;
  const locations = regions.map(({ location }) => location);
  const open = locations.find(isUnknown);
  if (open) return open;
  const names = regions.map(({ app }) => app.address).join(', ');
  if (new Set(locations).size < regions.length)
    return {
      unknown: `${names} do not each have their own location, so which of them serve the same requests is unknown`,
    };
  return ledTo(deployment).some((apps) => regions.every(({ app }) => apps.has(app.address)))
    ? regions.length
    : { unknown: `no origin group of a Front Door and no Traffic Manager leads to all of ${names}` };
}

/** The apps that each origin group and each Traffic Manager leads to. */
function ledTo(deployment: Deployment): ReadonlySet<string>[] {
  const { frontDoors, trafficManagers } = layersInFront(deployment);
  const origins = frontDoors.flatMap((one) => one.origins);
  const routers = [
    ...origins.map(({ group }) => origins.filter((one) => one.group === group)),
    ...trafficManagers.map(({ endpoints }) => endpoints),
  ];
  return routers.map(
    (destinations) => new Set(destinations.filter(({ enabled }) => enabled !== false).flatMap(({ apps }) => apps)),
  );
}

/** The fewest instances that run: the floor of autoscale where there is one, the declared count otherwise. */
export function leastInstances({ instances, autoscale }: ServicePlan): Known<number> {
  if (!autoscale) return instances;
  const { minimum, default: usual } = autoscale;
  return isUnknown(minimum) ? minimum : isUnknown(usual) ? usual : Math.min(minimum, usual);
}
