/** What a drill reports: a contract that others script against (`npm run drill -- --json`). */

import type { FaultName } from '../faults';
import type { Hit } from '../judging/ailments';
import type { Counted, SignInFigures } from '../judging/counted';
import type { LagLosses } from '../judging/lag';
import type { Latency } from '../judging/latency';
import type { JudgedTimer } from '../judging/timers';

/** What the facts of the deployment say must happen. */
export interface Expectation {
  readonly cartsLost: number;
  /** Which fact the number follows from. */
  readonly source: string;
}

/** Over several seeds, both included. */
export interface Range {
  readonly least: number;
  readonly most: number;
}

/** One pair drilled with several seeds. */
export interface SeedRanges {
  /** Seeds whose run could be completed, and those of them that went as predicted. */
  readonly completed: number;
  readonly met: number;
  /** Seeds whose run could not be completed, each with its reason. */
  readonly notAssessed: readonly string[];
  readonly cartsLost: Range;
  readonly cartsResurrected: Range;
  readonly writesLost: Range;
  readonly requestsFailed: Range;
  readonly platformSeconds: Range;
  readonly loadSkew: Range;
}

/** One variant under one fault. Terms as defined in `drill/judging/ledger.ts`. */
export interface CompletedRun {
  readonly variant: string;
  readonly fault: FaultName;
  readonly shoppers: number;
  readonly cartsLost: number;
  readonly cartsResurrected: number;
  readonly writesAcknowledged: number;
  readonly writesLost: number;
  readonly staleReads: number;
  /** What shoppers sent, retries left out. */
  readonly requests: number;
  /** Before retries. */
  readonly requestsFailed: number;
  /** What clients without cookies sent to the stateless API, beside the shoppers' requests. */
  readonly apiRequests: number;
  readonly apiRequestsFailed: number;
  /** Recovery spent in emulated timers of the platform, in Azure's seconds (timer × `timeScale`); 0: it waited for none. */
  readonly platformSeconds: number;
  /** Recovery spent in what is not scaled (process start, TCP), in real seconds of this machine. */
  readonly measuredSeconds: number;
  /**
   * Azure's seconds until requests stopped failing, if Azure replaces nothing of what is gone; null: then they never do.
   * A replacement comes an hour after an instance turned unhealthy at the earliest, and no backfill is guaranteed.
   */
  readonly outageSeconds: number | null;
  /** Instances that run when the fault has struck, of those that ran before; null: nobody knows how many run. */
  readonly capacity: { readonly left: number; readonly of: number } | null;
  /** Busiest instance's share over the even share, among the instances that run at the audit; 1 is even. */
  readonly loadSkew: number;
  readonly expected: Expectation;
  /** Absent where the app has no `/signin`, or none was begun. */
  readonly signIns?: SignInFigures;
  /** Over all seeds, where there are several; the other figures are those of the first. */
  readonly ranges?: SeedRanges;
  /** What the replication lag cost. Absent where the drill wrote nothing inside it, and in results of older versions. */
  readonly lag?: LagLosses;
  /** How long answers took, by phase of the run. Absent where no request was recorded. */
  readonly latency?: Latency;
  /** Documented timers that ended something, with the bounds of when they must. Absent where a fault sets none off. */
  readonly timers?: readonly JudgedTimer[];
  /** Shoppers who met what is slow, or answers with errors. Absent where a fault only takes things away. */
  readonly hit?: Hit;
  /**
   * What happened beside carts: to requests that a drain met, orders, sign-ins and long connections, to the spread of the load, and
   * what was started. Of it only orders that were placed twice and requests that a drain lost count for `met`. Absent in results of older versions.
   */
  readonly counted?: Counted;
  /**
   * Whether every shopper and every visitor half-way through a sign-in found exactly what was predicted for them, never a
   * comparison of counts, and no process of the app and no Redis ended except by the fault.
   */
  readonly met: boolean;
}

/** A pair that cannot be drilled. It has no figures, because a zero would look like a good result. */
export interface NotApplicableRun {
  readonly variant: string;
  readonly fault: FaultName;
  /** The reason, naming the resource and attribute where a fact is missing. */
  readonly notApplicable: string;
}

/** A run that could not be completed, which says nothing about the deployment. */
export interface NotAssessedRun {
  readonly variant: string;
  readonly fault: FaultName;
  readonly notAssessed: string;
}

export type DrillRun = CompletedRun | NotApplicableRun | NotAssessedRun;

export interface DrillResult {
  /** Azure's seconds per real second, for emulated timers only. */
  readonly timeScale: number;
  readonly seed: number;
  readonly runs: readonly DrillRun[];
  /** With how many seeds each pair was drilled, from `seed` on. Default: one. */
  readonly seeds?: number;
  /** What this machine could not do, in words. Default: - nothing. */
  readonly slowed?: string;
  /** What was stated beside the Terraform: a deployment, then its facts as `name=value`. Default: - nothing was. */
  readonly assumed?: readonly string[];
  /** The command that started an app in place of the shop. Default: - the shop. */
  readonly app?: string;
}

export const isCompleted = (run: DrillRun): run is CompletedRun => 'met' in run;

export interface Lane {
  /** Where the instance stands; the last lane is that of requests which no instance answered. */
  readonly label: string;
  /** Requests per slice of time. */
  readonly answered: readonly number[];
  readonly failed: readonly number[];
}

export interface Mark {
  readonly label: string;
  /** Real seconds after the fault. */
  readonly at: number;
}

/** Who answered how many requests when: what a report draws of a run. */
export interface Timeline {
  readonly sliceSeconds: number;
  /** Real seconds of the first slice's begin after the fault; negative: before it. */
  readonly begin: number;
  readonly lanes: readonly Lane[];
  readonly marks: readonly Mark[];
}

/** What reports show beyond the contract. */
export interface RunDetails {
  /** Adds lost as predicted, in carts not lost. */
  readonly writesForeseenLost: number;
  /** Adds that were acknowledged while a region was away and are gone after it came back. */
  readonly writesLostAtReturn: number;
  readonly retriedSuccesses: number;
  /** Adds of which it is unknown whether they were written: neither acknowledged nor lost. */
  readonly ambiguousAdds: number;
  readonly checkouts: number;
  readonly forms: number;
  readonly formsRefused: number;
  /** What else to know about this run; null: nothing. */
  readonly remark: string | null;
  /** Names of app settings of the Terraform that did not reach the app: the drill set them itself or left them out. */
  readonly ownSettings: readonly string[];
  readonly timeline: Timeline | null;
  /** What differed from the prediction: what ended by itself first, then shoppers. */
  readonly surprises: readonly string[];
}

/** A result with what reports show beyond the contract, run by run. */
export interface DrillReport extends DrillResult {
  /** As many as `runs`; null where nothing was completed. */
  readonly details: readonly (RunDetails | null)[];
  /** Whether a deployed address was asked; then nothing was emulated. Default: - the drill started everything itself. */
  readonly remote?: true;
}

/** The contract alone. */
export const resultOf = ({ timeScale, seed, runs, seeds, slowed, assumed, app }: DrillReport): DrillResult => ({
  ...{ timeScale, seed, runs },
  ...(seeds !== undefined && { seeds }),
  ...(slowed !== undefined && { slowed }),
  ...(assumed && { assumed }),
  ...(app !== undefined && { app }),
});
