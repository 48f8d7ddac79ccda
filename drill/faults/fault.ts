/**
 * A fault: whom it cannot strike, what breaks, and how it is made whole again. Everything shared (fleet, shoppers,
 * judging) is outside it.
 *
 *     fill ──► before ──► start ──► undo ──► recovered ──► audit ──► back ──► second look
 *                         └── shoppers go on ──┘
 */

import type { Fleet } from '../fleet/fleet';
import type { Instance } from '../fleet/instance';
import type { FleetPlan, RegionPlan } from '../plan/fleetPlan';
import type { PlatformClock } from '../platform/clock';
import type { HealthCheck } from '../platform/healthCheck';
import type { Random } from '../running/random';

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
  /** Resolves when all of Front Door has left the region (false) or found it again (true). */
  frontDoorAgrees(region: string, healthy: boolean): Promise<void>;
  /** Some shoppers of the struck region add once more, and nothing of that leaves the Redis primary. */
  writeInsideTheLag(): Promise<void>;
}

export interface Struck {
  /** Keys of the processes whose memory is gone. */
  readonly destroyed: ReadonlySet<string>;
  /** Makes the fleet whole again, as the platform would; resolves when it is. */
  undo(): Promise<void>;
  /** What returns only after the audit. Default: - nothing does. */
  readonly back?: () => Promise<void>;
}

export interface Fault {
  readonly name: string;
  /** One line, for the report. */
  readonly description: string;
  /** Why it cannot strike this deployment; null: it can. */
  inapplicable(plan: FleetPlan): string | null;
  /** What to begin with, and why it differs. Default: - what is declared. */
  readonly beginWith?: (plan: FleetPlan) => FleetPlan;
  /** What else to know about this run, one sentence. Default: - nothing. */
  readonly remark?: (plan: FleetPlan) => string | null;
  /** Before the fault's moment. Default: - nothing. */
  readonly before?: (stage: Stage) => Promise<void>;
  start(stage: Stage): Promise<Struck>;
}
