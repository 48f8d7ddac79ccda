import type { Deployment } from '../../architecture/deployment';
import { servicesOf } from '../../architecture/services';
import type { StateEntry } from './entry';
import { frontLayers } from './frontLayers';
import { keepers } from './keepers';
import { halfwaySignIns } from './signIn';

/** Every component that a request passes, outermost first, and what each keeps about the client who sent it. */
export function stateMap(deployment: Deployment): readonly StateEntry[] {
  const entries = servicesOf(deployment).flatMap((service) => [
    ...frontLayers(service),
    ...keepers(service),
    ...halfwaySignIns(service),
  ]);
  // Apps that serve different requests pass the same layers.
  return [...new Map(entries.map((entry) => [JSON.stringify(entry), entry])).values()];
}
