import type { Deployment } from '../../architecture/deployment';
import { isUnknown } from '../../architecture/known';
import { parallelRegions } from '../regions';
import { composed, merged, type Path, round } from './composed';
import { dependenciesOf, withDependencies } from './dependencies';
import { figuresAsOf, leavesOut } from './figures';
import { globalSteps, type Stamp, type Step, stampOf } from './steps';
import { type Survives, survivesOf } from './survives';

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

/** A figure of a part of the path. */
export interface PartUptime {
  readonly percent: number;
  /** With the low end of every figure that could not be verified. */
  readonly lowPercent: number;
  readonly factors: readonly Factor[];
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
  /** How long a month of uptime is. One of cost has 730 hours. */
  readonly daysPerMonth: number;
  /** What is in front of the app alone, over all regions; null: nothing is, or cannot tell. */
  readonly entry: PartUptime | null;
  /** The app and its session store alone, over all regions; null: cannot tell. */
  readonly app: PartUptime | null;
  /** With what requests need only now and then; its factors are those alone. null: nothing of it is in the Terraform, or cannot tell. */
  readonly withDependencies: PartUptime | null;
  /** What clients are served on without. */
  readonly survives: Survives;
  readonly leavesOut: readonly string[];
  readonly asOf: string;
  readonly cannotTell: string | null;
}

const daysPerMonth = 30;

/**
 * Uptime of a request that needs a session: in series along the path, regions in parallel.
 *
 * @see https://learn.microsoft.com/azure/well-architected/reliability/metrics
 */
export function availability(deployment: Deployment): Availability {
  const frame = { leavesOut, asOf: figuresAsOf, daysPerMonth, survives: survivesOf(deployment) };
  const { entry, sessions, regions } = deployment;
  const stamps = regions.map((region) => stampOf(deployment, region));
  const serving = parallelRegions(deployment);
  const open =
    [entry, sessions, ...stamps, serving].find(isUnknown) ??
    (regions.length === 0 ? { unknown: 'there is no region' } : null);
  if (open)
    return {
      ...frame,
      ...{ percent: null, lowPercent: null, factors: [], arithmetic: [], minutesDownPerMonth: null },
      ...{ entry: null, app: null, withDependencies: null, cannotTell: open.unknown },
    };
  const path: Path = { stamps: stamps as Stamp[], global: globalSteps(deployment) };
  const [high, low] = [composed(path, 'percent'), composed(path, 'lowPercent')];
  const ahead: Path = {
    stamps: path.stamps.map(({ entry: steps }) => ({ entry: steps, app: [], cache: null })),
    global: path.global,
  };
  const alone: Path = { stamps: path.stamps.map((stamp) => ({ ...stamp, entry: [] })), global: [] };
  const needs = dependenciesOf(deployment);
  const needed = [...needs.regional, ...needs.global];
  const aheadSteps = [...stepsIn(ahead), ...path.global];
  return {
    ...frame,
    percent: high.percent,
    lowPercent: low.percent,
    factors: factorsOf([...stepsIn(path), ...path.global]),
    arithmetic:
      high.percent === low.percent
        ? high.lines
        : [...high.lines, 'with the low end of what could not be verified:', ...low.lines],
    minutesDownPerMonth: round((100 - low.percent) * (daysPerMonth * 24 * 0.6), 2),
    entry: aheadSteps.length === 0 ? null : partOf(ahead, aheadSteps),
    app: partOf(alone, stepsIn(alone)),
    withDependencies: needed.length === 0 ? null : partOf(withDependencies(path, needs), needed),
    cannotTell: null,
  };
}

/** What stands in series on the way through the first region, which stands for all that are alike. */
function stepsIn({ stamps }: Path): Step[] {
  const all = stamps.map(({ entry, app, cache }) => merged([...entry, ...app, ...(cache?.steps ?? [])]));
  const kinds = new Set(all.flatMap((steps) => steps.map(({ figure }) => figure)));
  // With regions that differ every product of any of them is named.
  return merged(
    [...kinds].map((figure) => ({
      figure,
      count: Math.max(...all.map((steps) => steps.find((step) => step.figure === figure)?.count ?? 0)),
    })),
  );
}

const partOf = (path: Path, steps: readonly Step[]): PartUptime => ({
  percent: composed(path, 'percent').percent,
  lowPercent: composed(path, 'lowPercent').percent,
  factors: factorsOf(steps),
});

const factorsOf = (steps: readonly Step[]): Factor[] =>
  merged(steps).map(({ figure, count }) => ({ ...figure, count }));
