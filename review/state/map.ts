import type { Deployment } from '../../architecture/deployment';
import type { StateEntry } from './entry';
import { frontLayers } from './frontLayers';
import { keepers } from './keepers';
import { halfwaySignIns } from './signIn';

/** Every component that a request passes, outermost first, and what each keeps about the client who sent it. */
export const stateMap = (deployment: Deployment): readonly StateEntry[] => [
  ...frontLayers(deployment),
  ...keepers(deployment),
  ...halfwaySignIns(deployment),
];
