/** What a run counted beside carts, in words: only what something happened to. */

import type { Counted } from '../judging/counted';
import type { CompletedRun } from './result';

/** Sentences; empty where nothing happened. */
export const besideCarts = ({ counted }: CompletedRun): readonly string[] =>
  counted === undefined
    ? []
    : [drainOf(counted), ordersOf(counted), connectionsOf(counted), imbalanceOf(counted), startedOf(counted)].filter(
        (sentence) => sentence !== '',
      );

/** Names and figures for a list; what was not counted is left out. */
export function besideFigures({ counted }: CompletedRun): readonly (readonly [name: string, value: string])[] {
  if (counted === undefined) return [];
  const { drain, orders, connections, imbalance, started } = counted;
  const shares = (imbalance ?? []).flatMap(({ shoppers }) => shoppers ?? []);
  return [
    ...(drain ? [['lost while draining', `${drain.lost} of ${drain.requests}`] as const] : []),
    ...(orders
      ? [
          ['orders not placed', `${orders.notPlaced} of ${orders.sent}`] as const,
          ['orders placed twice', `${orders.twice} of ${orders.sent}`] as const,
        ]
      : []),
    ...(connections ? [['connections broken off', `${connections.dropped} of ${connections.opened}`] as const] : []),
    ...(shares.length > 0 ? [['skew over time', shares.map((share) => share.toFixed(2)).join(', ')] as const] : []),
    ...(started ? [['instances started', String(started.instances)] as const] : []),
  ];
}

const drainOf = ({ drain }: Counted): string =>
  drain === null || drain.lost === 0
    ? ''
    : `Of ${drain.requests} requests that met a process while it drained, ${drain.lost} had no answer.`;

function ordersOf({ orders }: Counted): string {
  if (orders === null || orders.unanswered + orders.twice + orders.notPlaced + orders.unknown === 0) return '';
  const { sent, unanswered, placed, twice, notPlaced, unknown } = orders;
  const were = (count: number): string => (count === 1 ? 'was' : 'were');
  // One verb serves all that follow it.
  const fates = [
    ...(placed > 0 ? [`${placed} ${were(placed)} placed once`] : []),
    ...(twice > 0 ? [placed > 0 ? `${twice} twice` : `${twice} ${were(twice)} placed twice`] : []),
    ...(notPlaced > 0 ? [placed > 0 ? `${notPlaced} not at all` : `${notPlaced} ${were(notPlaced)} not placed`] : []),
    ...(unknown > 0 ? [`${unknown} ${unknown === 1 ? 'is' : 'are'} unknown`] : []),
  ];
  return `Of ${sent} checkouts under way, ${unanswered} had no answer at first; in the end ${fates.join(', ')}.`;
}

function connectionsOf({ connections }: Counted): string {
  if (connections === null || connections.ended + connections.dropped === 0) return '';
  const { opened, ended, dropped, cameBack } = connections;
  const fates = [
    ...(dropped > 0 ? [`${dropped} broke off`] : []),
    ...(ended > 0 ? [`${ended} ended with a hint when to come back`] : []),
  ];
  const back = cameBack === ended + dropped ? 'all of them' : `${cameBack} of them`;
  return `Of ${opened} long connections, ${fates.join(' and ')}; ${back} could connect again after recovery.`;
}

function imbalanceOf({ imbalance }: Counted): string {
  const known = (imbalance ?? []).flatMap(({ second, shoppers }) => (shoppers === null ? [] : [{ second, shoppers }]));
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last) return '';
  const later = first === last ? '' : ` and ${last.shoppers.toFixed(2)} times after ${last.second.toFixed(1)} s`;
  return `The busiest instance answered ${first.shoppers.toFixed(2)} times its even share in the first ${first.second.toFixed(1)} s${later}.`;
}

const startedOf = ({ started }: Counted): string =>
  started === null || started.instances === 0
    ? ''
    : `${started.instances} new ${started.instances === 1 ? 'instance was' : 'instances were'} started${started.more > 0 ? `, ${started.more} more than before` : ''}.`;

/** How long answers took in the three phases of a run, of this machine. Empty where no request was recorded. */
export function latencyFigures({ latency }: CompletedRun): readonly (readonly [name: string, value: string])[] {
  if (latency === undefined) return [];
  const phases = [latency.before, latency.during, latency.after];
  const row = (kind: 'shoppers' | 'api', percentile: 'p50' | 'p99'): string =>
    `${phases.map((phase) => (phase[kind] === null ? '–' : Math.round(phase[kind][percentile]))).join(' → ')} ms`;
  return [
    ['half answered within', row('shoppers', 'p50')],
    ['99 % answered within', row('shoppers', 'p99')],
    ['API: 99 % within', row('api', 'p99')],
  ];
}
