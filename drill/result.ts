/** What a drill reports: a contract that others script against (`npm run drill -- --json`). */

import type { FaultName } from './faults';

/** What the facts of the deployment say must happen. */
export interface Expectation {
  readonly cartsLost: number;
  /** One sentence: which fact the number follows from. */
  readonly source: string;
}

/** One variant under one fault. Terms as defined in `drill/ledger.ts`. */
export interface CompletedRun {
  readonly variant: string;
  readonly fault: FaultName;
  readonly notApplicable?: never;
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
  /** Recovery spent in emulated timers of the platform, in Azure's seconds (timer × `timeScale`); 0: the fault meets none. */
  readonly platformSeconds: number;
  /** Recovery spent in what is not scaled (process start, TCP), in real seconds of this machine. */
  readonly measuredSeconds: number;
  /** Busiest instance's share over the even share, among the instances that run at the audit; 1 is even. */
  readonly loadSkew: number;
  readonly expected: Expectation;
  /** Whether exactly the shoppers predicted to lose their cart lost it; never a comparison of counts. */
  readonly met: boolean;
}

/** A pair that cannot be drilled; it has no figures, because a zero would read as a good one. */
export interface NotApplicableRun {
  readonly variant: string;
  readonly fault: FaultName;
  /** The reason, naming the resource and attribute where a fact is missing. */
  readonly notApplicable: string;
}

export type DrillRun = CompletedRun | NotApplicableRun;

export interface DrillResult {
  /** Azure's seconds per real second, for emulated timers only. */
  readonly timeScale: number;
  readonly seed: number;
  readonly runs: readonly DrillRun[];
}

export const isCompleted = (run: DrillRun): run is CompletedRun => run.notApplicable === undefined;
