import type { Environment } from '../environment';
import { memoryStore } from './memory';
import type { Store } from './store';

/** The environment, once it is known which Redis is meant. */
type Opening = Pick<Environment, 'store' | 'sessionSecrets' | 'redisIdentityClientId' | 'sessionPrefix'> & {
  readonly redisUrl?: string | undefined;
};

/**
 * Opens the store that the environment chooses. A Redis that is away does not stop it.
 *
 * @param report takes a line for the operator of the shop, such as that Redis is away
 */
export async function openStore(environment: Opening, report: (line: string) => void): Promise<Store> {
  const { store, sessionSecrets: secrets, redisUrl, redisIdentityClientId, sessionPrefix } = environment;
  if (store === 'memory') return memoryStore(secrets);
  // Each loaded when chosen: the Redis client adds about half to the time to start.
  if (store === 'cookie') {
    const { cookieStore } = await import('./cookie');
    return cookieStore({ secrets });
  }
  const { redisStore } = await import('./redis');
  return redisStore({
    url: redisUrl ?? 'redis://127.0.0.1:6379',
    identityClientId: redisIdentityClientId,
    keyPrefix: sessionPrefix,
    secrets,
    report,
  });
}
