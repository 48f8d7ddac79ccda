/** What a run passes on to be judged. */

import type { FaultName } from '../faults';
import type { Fault } from '../faults/fault';
import type { Timeline } from '../report/result';
import type { Exposure } from './ailments';
import type { Tally } from './counted';
import type { Counts, Ledger, Units, Verdict } from './ledger';
import type { Strike } from './places';
import type { Promises } from './promises';
import type { Logged, RouteMoments } from './requests';
import type { PlatformEvent, Struck, TimerKind } from './timers';

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

/** What was counted until the fault struck; for the control, until the end. */
export interface Calm {
  /** By id of the shopper. */
  readonly shoppers: ReadonlyMap<number, Readonly<Counts>>;
  readonly api: { readonly requests: number; readonly failed: number };
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
  readonly calm: Calm;
  /** Why a probe keeps everybody out whatever breaks; null: none does. */
  readonly closed: string | null;
  /** Why Front Door finds no origin healthy whatever breaks. Default: null, it does. */
  readonly blind?: string | null;
  /** Why health check takes no instance out whatever breaks. Default: null, it does. */
  readonly unheeded?: string | null;
  /** Sign-ins that were half-way when the fault struck. Default: there were none. */
  readonly signIns?: readonly SignIn[];
  /** Processes and servers that ended by themselves, in words. From then on no prediction holds. */
  readonly endedByThemselves: readonly string[];
  /** The region of the process with that key. */
  readonly regionOf: (process: string) => string;
  /** The region of each instance that ran at the audit. */
  readonly instances: readonly string[];
  readonly api: { readonly requests: number; readonly failed: number };
  readonly platformSeconds: number;
  readonly measuredSeconds: number;
  /** Whether requests went on failing until something was replaced, or people had deployed it again. */
  readonly neededReplacement: boolean;
  readonly capacity: { readonly left: number; readonly of: number };
  readonly writesLostAtReturn: number;
  readonly remark: string | null;
  /** Names of app settings that the drill set itself or left out. */
  readonly ownSettings: readonly string[];
  readonly timeline: Timeline | null;
  /** Every request. Default: - none is known. */
  readonly log?: readonly Logged[];
  /** What was counted beside carts. Default: - nothing was. */
  readonly tally?: Tally;
  /** When what happened. Default: - unknown. */
  readonly moments?: RouteMoments;
  /** Documented timers that the fault sets off, what the platform did, and what is left of the struck region. Default: - none. */
  readonly timed?: {
    readonly kinds: readonly TimerKind[];
    readonly events: readonly PlatformEvent[];
    readonly struck: Struck;
  };
  /** What was wrong with what was still there. Default: - nothing was. */
  readonly exposure?: Exposure | null;
  /** How long the drill itself could not run at a time, in milliseconds: the longest. Default: unknown. */
  readonly stalledMs?: number;
  /** Whether the stateless API must not have noticed the fault. Default: - it may have. */
  readonly sparesApi?: boolean;
}
