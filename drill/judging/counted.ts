/**
 * What a failure and its repair do beside carts: to requests that a drain meets, to orders and sign-ins that are under way, to
 * connections that stay open, to the spread of the load, and to the number of instances. Counted, and not predicted: how much of it
 * is on its way at that moment is chance. Two things must not be, whatever was: see `wronglyCounted`.
 */

import type { Logged } from './requests';
import { rounded } from './rounded';

/** Sign-ins that were half-way when the fault struck, and whose visitors came back after recovery. */
export interface SignInFigures {
  readonly begun: number;
  /** Not known any more: to begin again. */
  readonly lost: number;
  readonly expectedLost: number;
}

/** Requests that a process still had, or got, after it was asked to end. Clients keep their connections. */
export interface Drained {
  readonly requests: number;
  /** Those without an answer of the app. */
  readonly lost: number;
}

/** Checkouts that were sent just before the fault, each of one cart, and what their buyers found after recovery. */
export interface FatesOfOrders {
  readonly sent: number;
  /** At first without an answer, or with one that does not say whether the order was placed. */
  readonly unanswered: number;
  /** Once, as the answer to the first or second request says, or the refusal of the second. */
  readonly placed: number;
  /** Under two order numbers. */
  readonly twice: number;
  /** The cart is gone, and the shop knows of no order. */
  readonly notPlaced: number;
  /** Nobody answered after recovery either. */
  readonly unknown: number;
}

/** Connections on which events are sent, opened before the fault. */
export interface FatesOfConnections {
  readonly opened: number;
  /** Still open after recovery. */
  readonly kept: number;
  /** Ended by the app, with a hint when to come back. */
  readonly ended: number;
  /** Broken off without a word. */
  readonly dropped: number;
  /** Of the ended and the dropped, those that were served when they came back after recovery. */
  readonly cameBack: number;
}

/** How evenly requests meet the instances in a part of the time since instances were added. */
export interface Imbalance {
  /** Real seconds of this machine since then, at the end of the part. */
  readonly second: number;
  /** Busiest instance's share over the even share; 1 is even. null: too few requests to say. */
  readonly shoppers: number | null;
  /** The same of clients without cookies, each new. */
  readonly newClients: number | null;
}

/** What was started after the fault, until the end of the run. */
export interface Started {
  /** Instances with a new id. Each is one more to pay for only as far as `more` says. */
  readonly instances: number;
  /** Processes, also those that were started again on their instance. */
  readonly processes: number;
  /** Instances at the audit beyond those before the fault; 0 where what was gone was replaced. */
  readonly more: number;
}

export interface Counted {
  readonly drain: Drained | null;
  readonly orders: FatesOfOrders | null;
  readonly signIns: SignInFigures | null;
  readonly connections: FatesOfConnections | null;
  readonly imbalance: readonly Imbalance[] | null;
  readonly started: Started | null;
  /** Why, for each that is null. */
  readonly notCounted: Readonly<Partial<Record<Figure, string>>>;
}

type Figure = Exclude<keyof Counted, 'notCounted'>;

/** What a run has counted; null: there was nothing to count. */
export interface Tally {
  readonly drain: Drained | null;
  /** Whether the app had the time to drain, so that no request may be lost. */
  readonly hadTime: boolean;
  readonly orders: FatesOfOrders | null;
  readonly connections: FatesOfConnections | null;
  readonly started: Started;
  /** When instances were added to those that were there, in `performance.now()`; null: none was. */
  readonly addedAt: number | null;
  /** The end of the traffic whose spread is looked at, in `performance.now()`. */
  readonly until: number;
  /** How many instances could answer from then on. */
  readonly instances: number;
}

const reasons: Readonly<Record<Figure, string>> = {
  drain: 'no process was asked to end: what ended did so without warning',
  orders: 'no checkout was under way: no buyer could fill a cart',
  signIns: 'the app has no sign-in, or none could begin',
  connections: 'the app has no stream of events',
  imbalance: 'no instance was added to those that were there',
  started: 'unknown',
};

/** @param closed why everybody was kept out; null: nobody was */
export function countedIn(
  counts: Tally,
  log: readonly Logged[],
  signIns: SignInFigures | null,
  closed: string | null,
): Counted {
  const figures = {
    drain: counts.drain,
    orders: closed === null && counts.orders?.sent ? counts.orders : null,
    signIns,
    connections: closed === null && counts.connections?.opened ? counts.connections : null,
    imbalance: counts.addedAt === null ? null : imbalanceOf(log, counts.addedAt, counts),
    started: counts.started,
  };
  const isShut = closed !== null;
  const why = (name: Figure): string =>
    isShut && (name === 'orders' || name === 'signIns' || name === 'connections') ? closed : reasons[name];
  return { ...figures, notCounted: missing(figures, why) };
}

/** What no failure explains, in words: an order that was placed twice, and requests that a drain lost although the app had the time. */
export const wronglyCounted = ({ drain, hadTime, orders }: Tally): readonly string[] => [
  ...(hadTime && drain !== null && drain.lost > 0
    ? [
        `${drain.lost} of ${drain.requests} requests were lost while processes drained, which had the time to answer them`,
      ]
    : []),
  ...(orders !== null && orders.twice > 0 ? [`${orders.twice} carts were ordered twice, under two order numbers`] : []),
];

/** Where nothing is known of what runs: every figure is null for the same reason. */
export const uncounted = (why: string): Counted => {
  const none = { drain: null, orders: null, signIns: null, connections: null, imbalance: null, started: null };
  return { ...none, notCounted: missing(none, () => why) };
};

const missing = (figures: Readonly<Record<Figure, unknown>>, why: (name: Figure) => string): Counted['notCounted'] =>
  Object.fromEntries(
    (Object.keys(figures) as Figure[]).flatMap((name) => (figures[name] === null ? [[name, why(name)]] : [])),
  );

const parts = 4;

/** With fewer requests for each instance, chance alone looks like imbalance. */
const leastOfInstance = 4;

export function imbalanceOf(
  log: readonly Logged[],
  addedAt: number,
  { until, instances }: Pick<Tally, 'until' | 'instances'>,
): readonly Imbalance[] {
  const length = (until - addedAt) / parts;
  return Array.from({ length: parts }, (_, part) => {
    const [from, to] = [addedAt + part * length, addedAt + (part + 1) * length];
    const within = log.filter(({ sentAt, process }) => process !== null && sentAt >= from && sentAt < to);
    return {
      second: rounded((to - addedAt) / 1000),
      shoppers: skewOf(
        within.filter(({ shopper }) => shopper !== null),
        instances,
      ),
      newClients: skewOf(
        within.filter(({ isApi }) => isApi),
        instances,
      ),
    };
  });
}

function skewOf(requests: readonly Logged[], instances: number): number | null {
  if (requests.length < leastOfInstance * instances || instances === 0) return null;
  const answered = new Map<string | null, number>();
  for (const { process } of requests) answered.set(process, (answered.get(process) ?? 0) + 1);
  return rounded((Math.max(...answered.values()) / requests.length) * instances);
}
