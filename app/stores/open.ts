import type { Environment } from '../environment';
import { memoryStore } from './memory';
import type { Store } from './store';

/**
 * Opens the store that the environment chooses. A Redis that is away does not stop it.
 *
 * @param report takes a line for whoever runs the shop, such as that Redis is away
 */
export async function openStore(environment: Environment, report: (line: string) => void): Promise<Store> {
  const { sessionSecrets: secrets } = environment;
  if (environment.store === 'memory') return memoryStore(secrets);
  // Loaded when chosen: the Redis client adds about half to the time to start.
  const { redisStore } = await import('./redis');
  return redisStore({
    url: environment.redisUrl,
    identityClientId: environment.redisIdentityClientId,
    secrets,
    report,
  });
}
