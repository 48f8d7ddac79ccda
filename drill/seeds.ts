/** The same drill with several seeds: ranges in place of single figures. */

import type { Deployment } from '../architecture/deployment';
import { type DrillOptions, drill } from './drill';
import {
  type CompletedRun,
  type DrillReport,
  type DrillRun,
  isCompleted,
  type RunDetails,
  type SeedRanges,
} from './report/result';

/**
 * Drills each pair once for each seed, from `options.seed` on.
 * @returns the figures of the first seed that could be completed, with ranges over all of these; a run is met if it was met with each
 * @throws as `drill`
 */
export async function drillSeeds(
  architectures: readonly Deployment[],
  options: DrillOptions,
  count: number,
): Promise<DrillReport> {
  const reports: DrillReport[] = [];
  for (let index = 0; index < count; index++) {
    options.onProgress?.(`seed ${options.seed + index}, ${index + 1} of ${count}`);
    reports.push(await drill(architectures, { ...options, seed: options.seed + index }));
  }
  return mergeSeeds(reports);
}

/** @param reports of the same pairs, one for each seed */
export function mergeSeeds(reports: readonly DrillReport[]): DrillReport {
  const [first] = reports;
  if (!first) throw new Error('`reports` must hold at least one report, got: none.');
  const merged = first.runs.map((_, index) =>
    mergeRuns(
      reports.flatMap(({ seed, runs, details }) => {
        const run = runs[index];
        return run ? [{ seed, run, details: details[index] ?? null }] : [];
      }),
    ),
  );
  return {
    ...first,
    seeds: reports.length,
    runs: merged.map(({ run }) => run),
    details: merged.map(({ details }) => details),
  };
}

interface Seeded {
  readonly seed: number;
  readonly run: DrillRun;
  readonly details: RunDetails | null;
}

function mergeRuns(seeded: readonly Seeded[]): { readonly run: DrillRun; readonly details: RunDetails | null } {
  const done = seeded.filter((each): each is Seeded & { readonly run: CompletedRun } => isCompleted(each.run));
  const [first] = done;
  const [any] = seeded;
  if (!first) return { run: (any as Seeded).run, details: (any as Seeded).details };
  const runs = done.map(({ run }) => run);
  const ranges: SeedRanges = {
    completed: done.length,
    met: runs.filter(({ met }) => met).length,
    notAssessed: seeded.flatMap(({ seed, run }) => ('notAssessed' in run ? [`seed ${seed}: ${run.notAssessed}`] : [])),
    cartsLost: rangeOf(runs, ({ cartsLost }) => cartsLost),
    cartsResurrected: rangeOf(runs, ({ cartsResurrected }) => cartsResurrected),
    writesLost: rangeOf(runs, ({ writesLost }) => writesLost),
    requestsFailed: rangeOf(runs, ({ requestsFailed }) => requestsFailed),
    platformSeconds: rangeOf(runs, ({ platformSeconds }) => platformSeconds),
    loadSkew: rangeOf(runs, ({ loadSkew }) => loadSkew),
  };
  const surprises = done.flatMap(({ seed, details }) =>
    (details?.surprises ?? []).map((surprise) => `seed ${seed}: ${surprise}`),
  );
  return {
    run: { ...first.run, met: ranges.met === done.length, ranges },
    details: first.details && { ...first.details, surprises },
  };
}

function rangeOf(runs: readonly CompletedRun[], of: (run: CompletedRun) => number): SeedRanges['cartsLost'] {
  const values = runs.map(of);
  return { least: Math.min(...values), most: Math.max(...values) };
}
