/**
 * Clients whose fate is counted and not predicted: buyers whose order is on its way when something breaks, and clients that keep a
 * connection open.
 */

import type { FatesOfConnections, FatesOfOrders, Tally } from '../judging/counted';
import { openBuyers } from '../shoppers/buyers';
import type { Shopper } from '../shoppers/shopper';
import type { Scene } from './scene';

export interface Bystanders {
  /** Sends every order. Resolves when some are on their way. */
  orderNow(): Promise<void>;
  /** After recovery. */
  findOut(): Promise<{ readonly orders: FatesOfOrders; readonly connections: FatesOfConnections }>;
  /** Leaves. Safe to call twice. */
  leave(): void;
}

/** All at once. Afterwards no instance counts as chosen more often, so that what follows repeats with the seed. */
export async function openBystanders(scene: Scene, shoppers: readonly Shopper[]): Promise<Bystanders> {
  const { plan, entry, browser } = scene;
  const productId = shoppers.flatMap(({ ledger }) => ledger.adds)[0]?.productId ?? '';
  const neighbourhoods = plan.regions.map(({ name }) => name);
  const [buyers, listeners] = await Promise.all([openBuyers(neighbourhoods, browser, productId), scene.listeners()]);
  entry.evenOut();
  return {
    orderNow: buyers.orderNow,
    findOut: async () => {
      const [orders, connections] = await Promise.all([buyers.findOut(), listeners.comeBack()]);
      return { orders, connections };
    },
    leave: listeners.leave,
  };
}

export interface Counting {
  /** Instances were added to those that were there. */
  added(): void;
  /** At the end of the run. @param fates null: nobody was left to find out */
  end(fates: Awaited<ReturnType<Bystanders['findOut']>> | null): Tally;
}

/** Call it just before the fault. */
export function beginCounting(scene: Scene): Counting {
  const { fleet, log, drained } = scene;
  const before = { running: fleet.instances().length, processes: fleet.started() };
  const idsBefore = new Set(before.processes.map(({ id }) => id));
  let addedAt: number | null = null;
  return {
    added: () => {
      addedAt = performance.now();
    },
    end: (fates) => {
      const since = fleet.started().slice(before.processes.length);
      const running = fleet.instances();
      const answering = new Set(
        log.all.flatMap(({ process, sentAt }) =>
          process !== null && addedAt !== null && sentAt >= addedAt ? [fleet.processOf(process)?.region] : [],
        ),
      );
      return {
        ...{
          drain: drained(),
          hadTime: hadTimeToDrain(scene),
          orders: fates?.orders ?? null,
          connections: fates?.connections ?? null,
        },
        started: {
          instances: new Set(since.flatMap(({ id }) => (idsBefore.has(id) ? [] : [id]))).size,
          processes: since.length,
          more: running.length - before.running,
        },
        ...{ addedAt, until: performance.now() },
        instances: running.filter(({ region }) => answering.has(region)).length,
      };
    },
  };
}

/** The shop answers for a second and a half after it was asked to end, unless its settings or the platform's limit leave it less. */
const neededSeconds = 3;

/** Front ends that notice later than this leave the shop too little of that time: this machine is too busy to judge it. */
const promptMs = 1_000;

function hadTimeToDrain({ plan, fleet }: Scene): boolean {
  const limits = plan.regions.flatMap(({ stopTimeLimitSeconds, appSettings }) => [
    stopTimeLimitSeconds,
    Number(appSettings.SHUTDOWN_GRACE_SECONDS ?? neededSeconds),
  ]);
  const isShortened = plan.regions.some(({ appSettings }) => appSettings.SHUTDOWN_LINGER_SECONDS !== undefined);
  return !isShortened && Math.min(...limits) >= neededSeconds && fleet.slowestNoticeMs() < promptMs;
}
