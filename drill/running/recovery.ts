/** How long recovery took, and whether it can come at all. */

import type { Fleet } from '../fleet/fleet';
import type { Probes } from '../shoppers/probes';
import type { Scene } from './scene';

/** Real milliseconds that recovery may take after everything was repaired. */
const deadlineMs = 30_000;

/** Azure's timers that recovery waited for, and the real rest: two parts that must not be added up. */
export interface Recovery {
  readonly platformSeconds: number;
  readonly measuredSeconds: number;
  /** Whether it had to wait until Azure replaced what was gone. */
  readonly neededReplacement: boolean;
}

/**
 * Waits until every probe of a second has succeeded.
 * @param faultAt `performance.now()` of the fault
 * @param endedByPeople whether the drill did what people must do
 * @throws if that does not happen, or cannot
 */
export async function recover(
  { fleet, clock, timeline }: Scene,
  faultAt: number,
  probes: Probes,
  endedByPeople = false,
): Promise<Recovery> {
  const recoveredAt = await probes.cleanSecond(faultAt, deadlineMs, () => hopelessness(fleet));
  const realSeconds = (recoveredAt - faultAt) / 1000;
  // If no probe failed, there was nothing to wait for.
  if (realSeconds <= 0) return { platformSeconds: 0, measuredSeconds: 0, neededReplacement: false };
  timeline.mark(endedByPeople ? 'people have deployed again (time unknown)' : 'recovered', recoveredAt);
  const last = clock.notes.reduce((a, b) => (b.azureSecond > a.azureSecond ? b : a), { azureSecond: 0, leapt: 0 });
  const waited = clock.realMs(last.azureSecond - last.leapt) / 1000;
  return {
    platformSeconds: last.azureSecond,
    measuredSeconds: Math.max(0, realSeconds - waited),
    neededReplacement: clock.notes.some(({ leapt }) => leapt > 0),
  };
}

/** Why no request can be answered any more; null: requests can be answered. */
function hopelessness({ caches, instances }: Fleet): string | null {
  if (instances().length === 0) return 'no instance is left, so this run cannot be judged';
  const orphaned = caches?.orphaned() ?? null;
  return orphaned && `the carts of ${orphaned} cannot come back, so this run cannot be judged`;
}
