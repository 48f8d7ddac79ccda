import type { Deployment } from '../architecture/deployment';
import { isUnknown, type Known } from '../architecture/known';
import { layersInFront } from '../architecture/layersInFront';
import { sessionStore } from '../sessions/stores';
import { availability } from './availability/availability';
import { monthlyCost } from './cost/cost';
import type { PriceFile } from './cost/prices';
import { amount } from './cost/wording';

/** What an architect asks about, in the order in which it matters here. */
export const concerns = ['state', 'affinity', 'network', 'entry', 'regions', 'cost', 'availability'] as const;

export type Concern = (typeof concerns)[number];

/** One thing that differs, in words. */
export interface FactChange {
  readonly concern: Concern;
  readonly fact: string;
  readonly before: string;
  readonly after: string;
}

interface Fact {
  readonly concern: Concern;
  readonly fact: string;
  readonly value: string;
}

const say = <T>(value: Known<T>) => (isUnknown(value) ? `cannot tell (${value.unknown})` : String(value));
const yes = (value: Known<boolean>) => (isUnknown(value) ? say(value) : value ? 'yes' : 'no');

/** Always the same facts in the same order. */
export function factsOf(deployment: Deployment, prices: PriceFile): Fact[] {
  const { entry, hostPreserved, affinity, sessions, regions, network } = deployment;
  const each = (tell: (region: (typeof regions)[number]) => string) => regions.map(tell).join(' + ');
  const cost = monthlyCost(deployment, prices);
  const uptime = availability(deployment);
  const money = (value: number | null) => (value === null ? 'no price known' : amount(value, cost, cost.currency));
  const row = (concern: Concern, fact: string, value: string): Fact => ({ concern, fact, value });
  const { privateEndpoints, subnets, filteredSubnets } = network;
  return [
    row('state', 'sessions', say(sessions)),
    row('state', 'survives the loss of', survives(deployment)),
    row('affinity', 'App Service', say(affinity.appService)),
    row('affinity', 'Application Gateway', say(affinity.applicationGateway)),
    row('affinity', 'Front Door', say(affinity.frontDoor)),
    row('network', 'private endpoints', `${privateEndpoints.length}`),
    row('network', 'subnets filtered', `${filteredSubnets.length} of ${subnets.length}`),
    row(
      'network',
      'app reachable publicly',
      each(({ app }) => yes(app.publicAccess)),
    ),
    row('entry', 'entry', say(entry)),
    row('entry', 'host name preserved', yes(hostPreserved)),
    row('entry', 'firewall', firewalls(deployment)),
    row('regions', 'regions', regions.map(({ location, role }) => `${say(location)} (${say(role)})`).join(', ')),
    row(
      'regions',
      'instances',
      each(({ app }) => say(app.plan.instances)),
    ),
    row(
      'regions',
      'spread over zones',
      each(({ app }) => yes(app.plan.zoneBalanced)),
    ),
    row(
      'regions',
      'autoscale',
      each(({ app: { plan } }) =>
        plan.autoscale ? `${say(plan.autoscale.minimum)} to ${say(plan.autoscale.maximum)}` : 'none',
      ),
    ),
    row('cost', 'a month at the floor', money(cost.atFloor)),
    row('cost', 'a month at the maximum', money(cost.atMaximum)),
    row('cost', 'without a price', `${cost.unpriced.length}`),
    row('availability', 'uptime', uptimeWords(uptime.percent, uptime.lowPercent)),
  ];
}

/**
 * Two digits, rounded down, so that no promise looks better than it is. Figures that are then equal are shown as one.
 */
export function uptimeWords(percent: number | null, lowPercent: number | null): string {
  if (percent === null || lowPercent === null) return 'unknown';
  const [low, high] = [twoDigits(lowPercent), twoDigits(percent)];
  return low === high ? `${high}%` : `${low} to ${high}%`;
}

/** A very small amount is added first, because 99.95 times 100 is a little less than 9995. */
export const twoDigits = (percent: number): string => (Math.floor(percent * 100 + 1e-6) / 100).toFixed(2);

/** The parts whose loss a cart survives. */
function survives({ sessions, regions }: Deployment): string {
  if (isUnknown(sessions)) return say(sessions);
  const { keptIn, sharedBy } = sessionStore(sessions);
  if (keptIn === 'process') return 'nothing';
  if (keptIn === 'client' || keptIn === 'nowhere') return 'an instance, a zone, a region';
  if (keptIn === 'service') return 'an instance';
  const replicas = regions.flatMap(({ redis }) => redis?.highAvailability ?? []);
  const open = replicas.find(isUnknown);
  if (open) return say(open);
  if (replicas.includes(false)) return 'an instance';
  return sharedBy === 'region' ? 'an instance, a zone' : 'an instance, a zone, a region';
}

function firewalls(deployment: Deployment): string {
  const { frontDoors, gateways } = layersInFront(deployment);
  const all = [...frontDoors.flatMap((one) => one.firewalls), ...gateways.flatMap(({ firewall }) => firewall ?? [])];
  return all.length === 0 ? 'none' : [...new Set(all.map(({ mode }) => say(mode)))].join(', ');
}
