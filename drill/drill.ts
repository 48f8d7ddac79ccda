/** Rehearses failures on this machine: each deployment under each fault, from the facts alone. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleApp } from '../app/bundle';
import type { Architecture } from '../architecture/model';
import type { FaultName } from './faults';
import { findRedisServer, howToGetRedis } from './fleet/redis';
import type { DetailedRun } from './judgement';
import { planFleet } from './plan';
import type { DrillResult, DrillRun, NotApplicableRun } from './result';
import { runPlan } from './run';

export type { DetailedRun, ShopperOutcome } from './judgement';
export type { CompletedRun, DrillResult, DrillRun, Expectation, NotApplicableRun } from './result';

export interface DrillOptions {
  /** In this order, for each deployment. */
  readonly faults: readonly FaultName[];
  /** Any number; the same seed gives the same shoppers doing the same things. */
  readonly seed: number;
  /** 1 to 1000. Default: 60. */
  readonly shoppers?: number;
  /** Azure's seconds per real second for emulated timers, 1 or more. Default: 60. No fault of today has such a timer. */
  readonly timeScale?: number;
  /** Aborting ends every process, then rejects with the signal's reason. Default: - nothing aborts. */
  readonly signal?: AbortSignal;
  /** Told what happens now, a line at a time, without line end. Default: - nobody is told. */
  readonly onProgress?: (line: string) => void;
  /** A JavaScript file to run as the app. Default: - the shop in `app/`, bundled anew. */
  readonly appFile?: string;
  /** Path of `redis-server`, or null for none. Default: - the first one on the PATH. */
  readonly redisServer?: string | null;
}

export const defaultShoppers = 60;
export const defaultTimeScale = 60;

/**
 * Runs every pair of deployment and fault. A pair that cannot be drilled is in the result with the reason.
 * @throws if an option is out of range, or a run fails for a reason that says nothing about the deployment (a process
 * that does not start, a fleet that does not recover): no verdict is better than a wrong one.
 */
export async function drill(architectures: readonly Architecture[], options: DrillOptions): Promise<DrillResult> {
  const { seed, timeScale } = checked(options);
  return withApp(options, async (appFile) => {
    const runs: DrillRun[] = [];
    for (const architecture of architectures) {
      for (const fault of options.faults) {
        const outcome = await attempt(architecture, fault, { ...options, appFile });
        runs.push('run' in outcome ? outcome.run : outcome);
      }
    }
    return { timeScale, seed, runs };
  });
}

/** One pair, with what became of each shopper. Options and errors as for `drill`. */
export function drillOne(
  architecture: Architecture,
  fault: FaultName,
  options: Omit<DrillOptions, 'faults'>,
): Promise<DetailedRun | NotApplicableRun> {
  checked(options);
  return withApp(options, (appFile) => attempt(architecture, fault, { ...options, appFile }));
}

async function attempt(
  architecture: Architecture,
  fault: FaultName,
  options: Omit<DrillOptions, 'faults'> & { readonly appFile: string },
): Promise<DetailedRun | NotApplicableRun> {
  const {
    seed,
    shoppers = defaultShoppers,
    appFile,
    onProgress = () => {},
    signal = new AbortController().signal,
  } = options;
  signal.throwIfAborted();
  const plan = planFleet(architecture);
  if ('notApplicable' in plan) return { variant: architecture.name, fault, notApplicable: plan.notApplicable };
  const redisServer = options.redisServer === undefined ? findRedisServer() : options.redisServer;
  if (plan.store !== 'in-process' && redisServer === null) {
    return { variant: architecture.name, fault, notApplicable: howToGetRedis };
  }
  return runPlan(plan, fault, { seed, shoppers, appFile, redisServer, signal, onProgress });
}

/** Bundles the shop into a folder that goes again, unless the caller brings an app. */
async function withApp<T>(options: Pick<DrillOptions, 'appFile'>, use: (appFile: string) => Promise<T>): Promise<T> {
  if (options.appFile !== undefined) return use(options.appFile);
  const folder = await mkdtemp(join(tmpdir(), 'steadystate-drill-'));
  try {
    const appFile = join(folder, 'app.cjs');
    await bundleApp(appFile);
    return await use(appFile);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function checked({ seed, shoppers = defaultShoppers, timeScale = defaultTimeScale }: Omit<DrillOptions, 'faults'>): {
  readonly seed: number;
  readonly timeScale: number;
} {
  if (!Number.isFinite(seed)) throw new RangeError(`\`seed\` must be a finite number, got: ${seed}.`);
  if (!Number.isInteger(shoppers) || shoppers < 1 || shoppers > 1000) {
    throw new RangeError(`\`shoppers\` must be a whole number from 1 to 1000, got: ${shoppers}.`);
  }
  if (!Number.isFinite(timeScale) || timeScale < 1) {
    throw new RangeError(`\`timeScale\` must be a number of 1 or more, got: ${timeScale}.`);
  }
  return { seed, timeScale };
}
