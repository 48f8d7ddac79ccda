/** Rehearses failures on this machine: each deployment under each fault, from the facts of its Terraform alone. */

import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleApp } from '../app/bundle';
import type { Deployment } from '../architecture/deployment';
import { usesRedis } from '../sessions/stores';
import { type FaultName, faults } from './faults';
import { guardFolder } from './fleet/children';
import type { DetailedRun } from './judging/judgement';
import { planFleet } from './plan/fleetPlan';
import { findRedisServer, howToGetRedis } from './redis/server';
import type { DrillReport, NotApplicableRun, NotAssessedRun } from './report/result';
import { runPlan } from './running/run';
import type { SceneOptions } from './running/scene';
import { aloneFrom, mostShoppers, paceOf } from './shoppers/pace';

export type { DetailedRun, ShopperOutcome } from './judging/judgement';
export type { CompletedRun, DrillReport, DrillResult, DrillRun, Expectation, NotApplicableRun } from './report/result';

export interface DrillOptions {
  /** In this order, for each deployment. */
  readonly faults: readonly FaultName[];
  /** Any number; the same seed gives the same shoppers doing the same things. */
  readonly seed: number;
  /** 1 to 2000. Default: 60. */
  readonly shoppers?: number;
  /** Azure's seconds per real second for emulated timers, 1 to 600. Default: 60, a minute in a second. */
  readonly timeScale?: number;
  /** Aborting ends every process, then rejects with the signal's reason. Default: - nothing aborts. */
  readonly signal?: AbortSignal;
  /** Called with what happens now, a line at a time, without line end. Default: - progress is not reported. */
  readonly onProgress?: (line: string) => void;
  /** A command that starts an app of yours in place of the shop, see docs/your-app.md. Default: - none. */
  readonly appCommand?: string;
  /** A JavaScript file to run as the app. Default: - the shop in `app/`, bundled again for each drill. */
  readonly appFile?: string;
  /**
   * Where compiled code of `appFile` is kept, so that V8 does not compile all of it for each process. The first process
   * writes it. It must come from the same bytes. Default: - the drill's own bundle has such a folder, an `appFile` does
   * not.
   */
  readonly codeCache?: string;
  /** Path of `redis-server` or `valkey-server`, or null for none. Default: - the first one on the PATH. */
  readonly redisServer?: string | null;
}

export const defaultShoppers = 60;
export const defaultTimeScale = 60;

/** A run waits as long as it computes, so one more than there are cores; a fleet takes up to half a gigabyte. */
const fleetsAtATime = Math.min(6, Math.max(3, availableParallelism() + 1));

/**
 * Runs every pair of deployment and fault. A pair that cannot be drilled, or a run that could not be completed, is in the
 * result with the reason.
 * @throws if an option is out of range, or with the signal's reason
 */
export async function drill(architectures: readonly Deployment[], options: DrillOptions): Promise<DrillReport> {
  const { seed, timeScale, shoppers } = checked(options);
  const { slowed } = paceOf(shoppers);
  if (slowed !== null) options.onProgress?.(slowed);
  const pairs = architectures.flatMap((architecture) => options.faults.map((fault) => ({ architecture, fault })));
  return withApp(options, async (app) => {
    const outcomes = Array<Outcome | undefined>(pairs.length).fill(undefined);
    let next = 0;
    const work = async (): Promise<void> => {
      for (let index = next++; index < pairs.length; index = next++) {
        const pair = pairs[index];
        if (pair) outcomes[index] = await assessed(pair.architecture, pair.fault, { ...options, app });
      }
    };
    const atATime = shoppers < aloneFrom ? fleetsAtATime : 1;
    const ended = await Promise.allSettled(Array.from({ length: atATime }, work));
    const aborted = ended.find((each) => each.status === 'rejected');
    if (aborted) throw aborted.reason;
    const done = outcomes.filter((outcome) => outcome !== undefined);
    return {
      ...{ timeScale, seed },
      ...(options.appCommand !== undefined && { app: options.appCommand }),
      ...(slowed !== null && { slowed }),
      runs: done.map((outcome) => ('run' in outcome ? outcome.run : outcome)),
      details: done.map((outcome) => ('run' in outcome ? outcome.details : null)),
    };
  });
}

type Outcome = DetailedRun | NotApplicableRun | NotAssessedRun;

/** One pair, with what became of each shopper. @throws also if the run could not be completed */
export function drillOne(
  architecture: Deployment,
  fault: FaultName,
  options: Omit<DrillOptions, 'faults'>,
): Promise<DetailedRun | NotApplicableRun> {
  checked(options);
  return withApp(options, (app) => attempt(architecture, fault, { ...options, app }));
}

type App = Pick<SceneOptions, 'appFile' | 'appCommand' | 'codeCache'>;

type AttemptOptions = Omit<DrillOptions, 'faults' | keyof App> & { readonly app: () => Promise<App> };

/** A run that fails must not take the results of the others with it; only an abort ends everything. */
async function assessed(architecture: Deployment, fault: FaultName, options: AttemptOptions): Promise<Outcome> {
  try {
    return await attempt(architecture, fault, options);
  } catch (error) {
    if (options.signal?.aborted) throw error;
    const notAssessed = error instanceof Error ? error.message : String(error);
    return { variant: architecture.name, fault, notAssessed };
  }
}

async function attempt(
  architecture: Deployment,
  fault: FaultName,
  options: AttemptOptions,
): Promise<DetailedRun | NotApplicableRun> {
  const { seed, app } = options;
  const { shoppers = defaultShoppers, timeScale = defaultTimeScale } = options;
  const { onProgress = () => {}, signal = new AbortController().signal } = options;
  signal.throwIfAborted();
  const variant = architecture.name;
  const plan = planFleet(architecture);
  if ('notApplicable' in plan) return { variant, fault, notApplicable: plan.notApplicable };
  const inapplicable = faults[fault].inapplicable(plan);
  if (inapplicable !== null) return { variant, fault, notApplicable: inapplicable };
  const redisServer = options.redisServer === undefined ? findRedisServer() : options.redisServer;
  if (usesRedis(plan.store) && redisServer === null) return { variant, fault, notApplicable: howToGetRedis };
  const rehearsal = { architecture, plan, fault: faults[fault] };
  return runPlan(rehearsal, { seed, shoppers, timeScale, ...(await app()), redisServer, signal, onProgress });
}

/**
 * The app of the caller, or the shop, which is bundled for the first run that needs it into a folder that is deleted
 * afterwards.
 */
async function withApp<T>(
  { appFile, appCommand, codeCache }: Pick<DrillOptions, keyof App>,
  use: (app: () => Promise<App>) => Promise<T>,
): Promise<T> {
  if (appCommand !== undefined) return use(async () => ({ appFile: '', appCommand, codeCache: null }));
  if (appFile !== undefined) return use(async () => ({ appFile, codeCache: codeCache ?? null }));
  let bundled: Promise<App> | undefined;
  let remove = async (): Promise<void> => {};
  const bundle = async (): Promise<App> => {
    const folder = await mkdtemp(join(tmpdir(), 'steadystate-drill-'));
    const unguard = guardFolder(folder);
    remove = async () => {
      await rm(folder, { recursive: true, force: true });
      unguard();
    };
    const file = join(folder, 'app.cjs');
    await bundleApp(file);
    return { appFile: file, codeCache: `${file}.cache` };
  };
  try {
    return await use(() => {
      bundled ??= bundle();
      return bundled;
    });
  } finally {
    await remove();
  }
}

function checked({ seed, shoppers = defaultShoppers, timeScale = defaultTimeScale }: Omit<DrillOptions, 'faults'>): {
  readonly seed: number;
  readonly timeScale: number;
  readonly shoppers: number;
} {
  if (!Number.isFinite(seed)) throw new RangeError(`\`seed\` must be a finite number, got: ${seed}.`);
  if (!Number.isInteger(shoppers) || shoppers < 1 || shoppers > mostShoppers) {
    throw new RangeError(`\`shoppers\` must be a whole number from 1 to ${mostShoppers}, got: ${shoppers}.`);
  }
  if (!Number.isFinite(timeScale) || timeScale < 1 || timeScale > 600) {
    throw new RangeError(`\`timeScale\` must be a number from 1 to 600, got: ${timeScale}.`);
  }
  return { seed, timeScale, shoppers };
}
