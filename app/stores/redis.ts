import { connectRedis, type RedisConnection } from './redisConnection';
import { sessionsInRedis } from './redisHash';
import { entraIdentity } from './redisIdentity';
import { serverSideStore } from './serverSide';
import { halfwaySeconds, type SignIns } from './signIns';
import type { Store } from './store';

interface RedisStoreOptions {
  readonly url: string;
  /** Client id of the user-assigned identity to sign in with; undefined: sign in by what the URL says. */
  readonly identityClientId?: string | undefined;
  /** Begins every key. */
  readonly keyPrefix: string;
  readonly secrets: readonly string[];
  readonly report: (line: string) => void;
}

/** Sessions and carts in a Redis that all instances share: see `redisHash.ts`. */
export async function redisStore({
  url,
  identityClientId,
  keyPrefix,
  secrets,
  report,
}: RedisStoreOptions): Promise<Store> {
  const identity = identityClientId === undefined ? undefined : await entraIdentity(identityClientId, report);
  const redis = await connectRedis({ url, identity, report });
  const store = serverSideStore({
    name: 'redis',
    keeps: 'in Redis',
    sessions: sessionsInRedis(redis, keyPrefix),
    signIns: signInsInRedis(redis, keyPrefix),
    secrets,
    isReachable: redis.isReachable,
    close: async () => redis.close(),
  });
  return { ...store, troubles: redis.troubles };
}

/** One key for each, `<prefix>:signin:<state>`, with an end; read and removed in one step, so that it counts once. */
const signInsInRedis = (redis: RedisConnection, prefix: string): SignIns => {
  const keyOf = (state: string) => `${prefix}:signin:${state}`;
  return {
    async begin(_request, _response, state, name) {
      await redis.run((client) =>
        client.set(keyOf(state), name, { expiration: { type: 'EX', value: halfwaySeconds } }),
      );
    },
    async end(_request, _response, state) {
      return (await redis.run((client) => client.getDel(keyOf(state)))) ?? undefined;
    },
  };
};
