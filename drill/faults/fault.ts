/**
 * A fault, all of it in one file: its name, what it takes away, which deployments it cannot apply to, what breaks, and
 * how that is repaired. The drill, the prediction, the reports and the help know a fault only by this.
 *
 *     fill ──► write inside the lag ──► start ──► undo ──► recovered ──► audit ──► back ──► second look
 *                                       └── shoppers go on ──┘
 */

import type { Fleet } from '../fleet/fleet';
import type { Instance } from '../fleet/instance';
import type { FleetPlan, RegionPlan } from '../plan/fleetPlan';
import type { PlatformClock } from '../platform/clock';
import type { HealthCheck } from '../platform/healthCheck';
import type { Random } from '../running/random';
import type { Takes } from './takes';

export interface Stage {
  readonly plan: FleetPlan;
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
  /** Resolves when all of Front Door has left the region (false) or found it again (true). */
  frontDoorAgrees(region: string, healthy: boolean): Promise<void>;
}

export interface Struck {
  /** Keys of the processes whose memory is gone. */
  readonly destroyed: ReadonlySet<string>;
  /** Repairs the fleet as the platform would, and resolves when that is done. */
  undo(): Promise<void>;
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
