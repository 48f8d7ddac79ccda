/** Whether it does not matter who takes an add: then shoppers add also while something is broken. */

import type { Deployment } from '../../architecture/deployment';
import { isUnknown } from '../../architecture/known';
import { isOwnStore, sessionStore } from '../../sessions/stores';

/**
 * As in a drill: where carts are in processes, or each region has its own, an add during the fault begins a new cart at whoever
 * answers, and would hide that the old one is lost. What is unknown counts as such.
 */
export function mayAddAnywhere({ sessions, regions }: Deployment): boolean {
  if (isUnknown(sessions) || !isOwnStore(sessions)) return false;
  const { sharedBy } = sessionStore(sessions);
  return sharedBy === 'deployment' || (sharedBy === 'region' && regions.length === 1);
}
