/** What a run passes on to be judged. */

import type { FaultName } from '../faults';
import type { Fault } from '../faults/fault';
import type { Timeline } from '../report/result';
import type { Ledger, Units, Verdict } from './ledger';
import type { Strike } from './places';
import type { Promises } from './promises';

/** One shopper at the audit, after recovery. */
export interface Audit {
  readonly shopper: {
    readonly id: number;
    /** The region whose edge is nearest. */
    readonly near: string;
    readonly ledger: Ledger;
  };
  readonly found: Units;
  /** Process that answered the audit. */
  readonly process: string;
  readonly verdict: Verdict;
}

/** A sign-in that went as far as a shop allows, before the fault and after it. */
export interface SignIn {
  readonly visitor: number;
  /** The region whose edge is nearest. */
  readonly near: string;
  /** Key of the process that began it, and of the one that the visitor came back to. */
  readonly begunBy: string;
  readonly endedBy: string;
  /** Whether the shop still knew it. */
  readonly known: boolean;
}

export interface Evidence {
  readonly promises: Promises;
  readonly fault: Pick<Fault<FaultName>, 'id'>;
  readonly strike: Strike;
  readonly audits: readonly Audit[];
  /** Sign-ins that were half-way when the fault struck. Default: there were none. */
  readonly signIns?: readonly SignIn[];
  /** Processes and servers that ended by themselves, in words. From then on no prediction holds. */
  readonly endedByThemselves: readonly string[];
  /** The region of the process with that key. */
  readonly regionOf: (process: string) => string;
  /** How many instances ran at the audit. */
  readonly instances: number;
  readonly api: { readonly requests: number; readonly failed: number };
  readonly platformSeconds: number;
  readonly measuredSeconds: number;
  readonly writesLostAtReturn: number;
  readonly remark: string | null;
  /** Names of app settings that the drill set itself or left out. */
  readonly ownSettings: readonly string[];
  readonly timeline: Timeline | null;
}
