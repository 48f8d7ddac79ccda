/** Whether it does not matter which instance takes an add: then shoppers add also while something is broken. */

import { type SessionStore, sessionStore } from '../../sessions/stores';

/**
 * Where carts are in processes, or each region has its own or its own secret, an add during the fault begins a new cart at whoever
 * answers. That would hide that the old one is lost.
 * @param secrets one for each region, equal where the secret that signs and seals sessions is the same
 */
export function sharesCarts(store: SessionStore, secrets: readonly string[]): boolean {
  const { sharedBy } = sessionStore(store);
  if (sharedBy === 'deployment') return new Set(secrets).size <= 1;
  return sharedBy === 'region' && secrets.length === 1;
}
