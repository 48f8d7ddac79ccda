import type { Deployment } from '../architecture/deployment';
import { isUnknown, type Known, type Region, type ServicePlan } from '../architecture/model';

/** How many regions serve the same requests, so that one is enough: apps in distinct places that one router leads to. */
export function parallelRegions({ regions, facts }: Deployment): Known<number> {
  const { multiplied } = facts.apps.find((app) => app.multiplied) ?? {};
  if (multiplied) return multiplied;
  if (regions.length < 2) return regions.length;
  const open = regions.find(({ location }) => isUnknown(location));
  if (open && isUnknown(open.location)) return open.location;
  const places = new Set(regions.map(placeOf));
  const names = regions.map(({ app }) => app.address).join(', ');
  if (places.size < regions.length)
    return { unknown: `${names} are not each in a location of its own: which of them serve the same requests?` };
  const origins = facts.frontDoor?.origins.filter(({ enabled }) => enabled !== false) ?? [];
  const routers = [
    ...origins.map(({ group }) => origins.filter((one) => one.group === group)),
    ...facts.trafficManagers.map(({ apps }) => apps.filter(({ enabled }) => enabled !== false)),
  ].map((led) => new Set(led.map(({ app }) => app)));
  return routers.some((led) => regions.every(({ app }) => led.has(app.address)))
    ? regions.length
    : { unknown: `no origin group of a Front Door and no Traffic Manager leads to all of ${names}` };
}

/** `West Europe` and `westeurope` are one place. */
export const placeOf = ({ location }: Pick<Region, 'location'>): string | null =>
  isUnknown(location) ? null : location.replaceAll(' ', '').toLowerCase();

/** The fewest instances that run: what autoscale goes down to where there is one, what is declared otherwise. */
export function leastInstances({ instances, autoscale }: ServicePlan): Known<number> {
  if (!autoscale) return instances;
  const { minimum, default: usual } = autoscale;
  return isUnknown(minimum) ? minimum : isUnknown(usual) ? usual : Math.min(minimum, usual);
}
