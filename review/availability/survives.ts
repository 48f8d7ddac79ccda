import type { Deployment, Region } from '../../architecture/deployment';
import { isUnknown, type Known } from '../../architecture/known';
import { layersInFront } from '../../architecture/layersInFront';
import { usesRedis } from '../../sessions/stores';
import { redisInZones } from '../redisZones';
import { leastInstances, parallelRegions } from '../regions';
import { hasZones } from '../tiers';

/** Whether clients are served on while one part is away, without anybody doing something. Carts may be lost all the same. */
export interface Survives {
  readonly instance: Known<boolean>;
  readonly zone: Known<boolean>;
  readonly region: Known<boolean>;
}

export function survivesOf(deployment: Deployment): Survives {
  const { regions, sessions } = deployment;
  const serving = parallelRegions(deployment);
  const shared = isUnknown(sessions) ? sessions : usesRedis(sessions) && sharesCache(regions);
  const region: Known<boolean> = isUnknown(serving) ? serving : serving < 2 ? false : mapNot(shared);
  return {
    instance: or(region, () => all(regions.map(({ app }) => atLeastTwo(leastInstances(app.plan))))),
    zone: or(region, () => all(regions.flatMap((one) => overZones(deployment, one)))),
    region,
  };
}

/** Everything in one region that a request needs, each whether it is in more than one zone. */
function overZones(deployment: Deployment, { app, redis, location }: Region): Known<boolean>[] {
  const zoned: Known<boolean> = isUnknown(location) ? location : hasZones(location);
  const gateways = layersInFront(deployment).gateways.filter(({ apps }) => apps.includes(app.address));
  const { sessions } = deployment;
  const onRedis = !isUnknown(sessions) && usesRedis(sessions);
  return [
    zoned,
    app.plan.zoneBalanced,
    ...gateways.map(({ zones }): Known<boolean> => (isUnknown(zones) ? zones : zones.length !== 1)),
    ...(onRedis && redis ? [redis.highAvailability, redisInZones(redis)] : []),
  ];
}

/** Whether a Redis of one region holds the sessions of another one, too. */
const sharesCache = (regions: readonly Region[]): boolean =>
  new Set(regions.map(({ redis }) => redis?.address)).size < regions.length;

const atLeastTwo = (count: Known<number>): Known<boolean> => (isUnknown(count) ? count : count > 1);
const mapNot = (value: Known<boolean>): Known<boolean> => (isUnknown(value) ? value : !value);
const all = (values: readonly Known<boolean>[]): Known<boolean> =>
  values.includes(false) ? false : (values.find(isUnknown) ?? true);
const or = (one: Known<boolean>, other: () => Known<boolean>): Known<boolean> => {
  if (one === true) return true;
  const second = other();
  return second === true ? true : isUnknown(one) ? one : second;
};
