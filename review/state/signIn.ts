import type { Deployment } from '../../architecture/deployment';
import { keepsSignInsInProcess } from '../../sessions/signIn';
import type { StateEntry } from './entry';

/**
 * Sign-ins that are half-way, where the app settings put them into the memory of a process. Elsewhere they are part of what
 * the sessions need, and have no entry.
 */
export function halfwaySignIns({ regions, resources }: Deployment): StateEntry[] {
  const isInMemory = regions.some(({ app: { address } }) =>
    keepsSignInsInProcess(resources.find((resource) => resource.address === address)?.attributes.app_settings),
  );
  if (!isInMemory) return [];
  return [
    {
      component: 'the sign-in of the app',
      keeps: 'what it must know again when a client comes back from the identity provider',
      where: 'the memory of the process that began it',
      howLong: 'ten minutes, or until the client comes back',
      lostWith:
        'that instance; and without affinity each client that comes back to another one: it has to begin again, wherever the sessions are',
      kind: 'stateful',
      source: 'https://learn.microsoft.com/azure/app-service/configure-common',
    },
  ];
}
