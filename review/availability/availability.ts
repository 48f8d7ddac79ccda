import type { Deployment } from '../../architecture/deployment';
import { isUnknown, type Known } from '../../architecture/known';
import { layersInFront } from '../../architecture/layersInFront';
import { usesRedis } from '../../sessions/stores';
import { parallelRegions } from '../regions';
import { type Figure, figures, figuresAsOf, leavesOut } from './figures';

export interface Factor {
  readonly name: string;
  readonly percent: number;
  readonly lowPercent: number;
  /** How often it stands in series on the way through one region. */
  readonly count: number;
  readonly source: string;
  /** Day that the source bears. */
  readonly date: string;
  readonly verified: boolean;
  readonly confidence: string;
}

export interface Availability {
  /** With all figures, those that could not be verified included; null: cannot tell. */
  readonly percent: number | null;
  /** With the low end of every figure that could not be verified. */
  readonly lowPercent: number | null;
  readonly factors: readonly Factor[];
  /** The sum in words, a line a step. */
  readonly arithmetic: readonly string[];
  readonly minutesDownPerMonth: number | null;
  readonly leavesOut: readonly string[];
  readonly asOf: string;
  readonly cannotTell: string | null;
}

interface Step {
  readonly figure: Figure;
  readonly count: number;
}

/**
 * Uptime of a request that needs a session: in series along the path, regions in parallel.
 *
 * @see https://learn.microsoft.com/azure/well-architected/reliability/metrics
 */
export function availability(deployment: Deployment): Availability {
  const frame = { leavesOut, asOf: figuresAsOf };
  const { entry, sessions } = deployment;
  const { frontDoors, trafficManagers } = layersInFront(deployment);
  const stamp = stampOf(deployment);
  const serving = parallelRegions(deployment);
  const open = [entry, sessions, stamp, serving].find(isUnknown);
  if (isUnknown(stamp) || isUnknown(serving) || open)
    return {
      ...frame,
      percent: null,
      lowPercent: null,
      factors: [],
      arithmetic: [],
      minutesDownPerMonth: null,
      cannotTell: open?.unknown ?? null,
    };
  const global = frontDoors.length > 0 ? figures.frontDoor : trafficManagers.length > 0 ? figures.trafficManager : null;
  const high = composed(stamp, serving, global, 'percent');
  const low = composed(stamp, serving, global, 'lowPercent');
  const factors = [...stamp, ...(global ? [{ figure: global, count: 1 }] : [])];
  const differ = high.percent !== low.percent;
  return {
    ...frame,
    percent: high.percent,
    lowPercent: low.percent,
    factors: factors.map(({ figure, count }) => ({ ...figure, count })),
    arithmetic: differ ? [...high.lines, 'with the low end of what could not be verified:', ...low.lines] : high.lines,
    minutesDownPerMonth: round((100 - low.percent) * 432, 2),
    cannotTell: null,
  };
}

/** What stands in series inside one region. Regions of one variant are alike. */
function stampOf(deployment: Deployment): Known<readonly Step[]> {
  const { entry, sessions, regions, network } = deployment;
  const { gateways, frontDoors } = layersInFront(deployment);
  const [region] = regions;
  const zoned = regions.map(({ app }) => app.plan.zoneBalanced);
  const open = zoned.find(isUnknown);
  if (!region || open) return open ?? { unknown: 'there is no region' };
  const steps: Step[] = [];
  if (gateways.length > 0) steps.push({ figure: figures.applicationGateway, count: 1 });
  steps.push({ figure: zoned.every(Boolean) ? figures.zoneRedundantAppService : figures.appService, count: 1 });
  const onRedis = !isUnknown(sessions) && usesRedis(sessions);
  const cache = region.redis;
  if (onRedis && !cache) return { unknown: 'the Redis that holds sessions is not in this document' };
  if (onRedis && cache) {
    if (isUnknown(cache.highAvailability)) return cache.highAvailability;
    if (!cache.highAvailability) return { unknown: `${cache.address} has no replica: no uptime of that is published` };
    steps.push({ figure: cache.kind === 'managed' ? figures.zoneRedundantRedis : figures.redis, count: 1 });
  }
  const private_ = [
    entry !== 'app-service' &&
      (region.app.hasPrivateEndpoint ||
        frontDoors.some(({ origins }) => origins.some(({ privateLink }) => privateLink))),
    onRedis && network.privateEndpoints.some(({ target }) => target === cache?.address),
  ].filter(Boolean).length;
  if (private_ > 0) steps.push({ figure: figures.privateEndpoint, count: private_ });
  return steps;
}

function composed(stamp: readonly Step[], regions: number, global: Figure | null, which: 'percent' | 'lowPercent') {
  const one = stamp.reduce((product, { figure, count }) => product * (figure[which] / 100) ** count, 1);
  const all = regions > 1 ? 1 - (1 - one) ** regions : one;
  const total = global ? all * (global[which] / 100) : all;
  const factor = ({ figure, count }: Step) => `${figure.name} ${figure[which]}%${count > 1 ? ` × ${count}` : ''}`;
  const lines = [`${regions > 1 ? 'one region' : 'in series'}: ${stamp.map(factor).join(' · ')} = ${shown(one)}`];
  if (regions > 1) lines.push(`${regions} regions, one is enough: 1 − (1 − ${shown(one)})^${regions} = ${shown(all)}`);
  if (global) lines.push(`${shown(all)} · ${global.name} ${global[which]}% = ${shown(total)}`);
  return { percent: round(total * 100, 6), lines };
}

const shown = (share: number) => `${round(share * 100, 6)}%`;
const round = (value: number, digits: number) => Number(value.toFixed(digits));
