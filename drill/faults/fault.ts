/**
 * A fault, all of it in one file: its name, what it takes away, which deployments it cannot apply to, what breaks, and
 * how that is repaired. The drill, the prediction, the reports and the help know a fault only by this.
 *
 *     fill ──► write inside the lag ──► start ──► undo ──► recovered ──► audit ──► back ──► second look
 *                                       └── shoppers go on ──┘
 */

import type { Fleet } from '../fleet/fleet';
import type { Instance } from '../fleet/instance';
import type { Ailment } from '../judging/ailments';
import type { TimerKind } from '../judging/timers';
import type { FleetPlan, RegionPlan } from '../plan/fleetPlan';
import type { PlatformClock } from '../platform/clock';
import type { HealthCheck } from '../platform/healthCheck';
import type { Random } from '../running/random';
import type { Takes } from './takes';

export interface Stage {
  /** What the run begins with. */
  readonly plan: FleetPlan;
  /** What is declared. */
  readonly declared: FleetPlan;
  readonly fleet: Fleet;
  readonly clock: PlatformClock;
  readonly random: Random;
  /** The region that a fault strikes: one that takes traffic, chosen by the seed. */
  readonly region: RegionPlan;
  /** Running instances of it that acknowledged the last add of at least one cart, in the order of declaration. */
  readonly holders: readonly Instance[];
  healthCheck(region: string): HealthCheck<Instance>;
  /** Cuts the region's front ends off, or lets them answer again. */
  goDark(region: string, dark: boolean): void;
  /** Whether Front Door's probe is never answered 200, so that it leaves no region by itself. */
  readonly isBlind: boolean;
  /** Takes the region's origin out of Front Door by hand, or puts it back. */
  disableOrigin(region: string, disabled: boolean): void;
  /** Ids of the shoppers, in order. */
  readonly shoppers: readonly number[];
  /** Lets the name lead these shoppers to an address where nobody answers, or to the nearest front end again. */
  keepOldAddress(shoppers: readonly number[], keep: boolean): void;
  /** Every shopper looks at the cart so many times at the same moment. Resolves when all have been answered. */
  rush(times: number): Promise<void>;
  /** Resolves when all of Front Door has left the region (false) or found it again (true). */
  frontDoorAgrees(region: string, healthy: boolean): Promise<void>;
}

export interface Struck {
  /** Keys of the processes whose memory is gone. */
  readonly destroyed: ReadonlySet<string>;
  /** Repairs the fleet as the platform would, and resolves when that is done. */
  undo(): Promise<void>;
  /** What is wrong with what is still there. Default: - nothing is. */
  readonly ailment?: Ailment;
  /** Whether people have to repair it, since nothing in Azure does. Default: - the platform repairs it. */
  readonly endedByPeople?: true;
  /** Brings back what returns only after the audit. Default: - nothing does. */
  readonly back?: () => Promise<void>;
}

export interface Fault<Id extends string = string> {
  /** Its name in commands and results: words in lower case with hyphens. */
  readonly id: Id;
  /** The label that a timeline shows at the moment of the fault. Default: - the id. */
  readonly label?: string;
  /** Whether health check, probes and dashboards do not see all of it; reports show these apart. Default: - they do. */
  readonly isGrey?: true;
  /** One line, for the help and the notes of a report. */
  readonly description: string;
  /** What the prediction starts from. */
  readonly takes: Takes;
  /** The page that documents how Azure behaves under it; null: what happens follows from the definition. */
  readonly source: string | null;
  /** Whether a drill that names no fault includes it. Default: - it does not. */
  readonly inDefaultDrill?: true;
  /** What a report adds where carts were lost, with a space before it. Default: - nothing. */
  readonly lossRemark?: string;
  /** Documented timers that it sets off and that end something. Default: - none. */
  readonly timers?: readonly TimerKind[];
  /** Whether it adds instances to those that are there. Default: - it does not. */
  readonly scalesOut?: true;
  /**
   * Whether an instance that is still there fails the probes of Front Door, which meet any instance of a region. Enough of them can then
   * meet that one, and Front Door leaves the region. Default: - it does not.
   */
  readonly failsProbes?: true;
  /** Whether it acts on the way between processes and Redis. Default: - it does not. */
  readonly throughLinks?: true;
  /** Whether the stateless API must not notice it, unless health fails with Redis. Default: - it may. */
  readonly sparesApi?: true;
  /** Why it does not apply to this deployment; null: it does. */
  inapplicable(plan: FleetPlan): string | null;
  /** How many instances to start with, and why that differs from what is declared. Default: - what is declared. */
  readonly beginWith?: (plan: FleetPlan) => FleetPlan;
  /** What else to know about this run, one sentence. Default: - nothing. */
  readonly remark?: (plan: FleetPlan) => string | null;
  /**
   * Whether some shoppers of the affected region add once more just before the fault, while nothing leaves the Redis
   * primary. Default: - they do not.
   */
  readonly writesInsideLag?: (plan: FleetPlan) => boolean;
  start(stage: Stage): Promise<Struck>;
}
