/**
 * A fault: what breaks, and how it is made whole again. Everything shared (fleet, shoppers, judging) is outside it.
 *
 *     fill ──► start ──► undo ──► recovered ──► audit
 *              shoppers go on reading
 */

import type { Fleet } from '../fleet/fleet';
import type { Instance } from '../fleet/instance';
import type { Random } from '../random';

export interface Stage {
  readonly fleet: Fleet;
  readonly random: Random;
  /** Running instances that acknowledged the last add of at least one cart, in the order of declaration. */
  readonly holders: readonly Instance[];
}

export interface Struck {
  /** Ids of the instances whose memory is gone. */
  readonly destroyed: ReadonlySet<string>;
  /** Makes the fleet whole again, as the platform would; resolves when it is. */
  undo(): Promise<void>;
}

export interface Fault {
  readonly name: string;
  /** One line, for the report. */
  readonly description: string;
  /** Timers of the platform that recovery waits for, in Azure's seconds; 0: none, or not emulated yet. */
  readonly platformSeconds: number;
  start(stage: Stage): Promise<Struck>;
}
