/** Aims a fault at what somebody has chosen, where a drill lets the seed choose. */

import type { Stage } from '../../drill/faults/fault';
import type { Instance } from '../../drill/fleet/instance';
import type { Aim } from '../messages';

/**
 * The stage on which a fault finds its target: a fault strikes `region`, and in it an instance or zone of `holders`. What
 * the aim leaves open the seed chooses, as in a drill. Where the target is gone already, so is the aim.
 */
export function aimedAt({ region: index, zone, instance: ordinal }: Aim): (stage: Stage) => Stage {
  return (stage) => {
    const region = index === undefined ? stage.region : (stage.plan.regions[index] ?? stage.region);
    const listed = stage.fleet.regions.find(({ plan }) => plan.name === region.name)?.listed() ?? [];
    const running = listed.filter((each) => each.alive());
    const chosen = chosenOf(running, ordinal === undefined ? undefined : listed[ordinal], zone);
    if (chosen.length > 0) return { ...stage, region, holders: chosen };
    return { ...stage, region, holders: region.name === stage.region.name ? stage.holders : running };
  };
}

function chosenOf(
  running: readonly Instance[],
  instance: Instance | undefined,
  zone: string | null | undefined,
): readonly Instance[] {
  if (instance) return running.filter(({ key }) => key === instance.key);
  return zone === undefined ? [] : running.filter((each) => each.zone === zone);
}
