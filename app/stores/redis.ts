import { connectRedis } from './redisConnection';
import { cartsInRedis, RedisSessions } from './redisHash';
import { serverSideStore } from './serverSide';
import type { Store } from './store';

declare module 'express-session' {
  interface SessionData {
    /** Redis only: quantities by product id, as they were when the session was read. */
    lines?: Readonly<Record<string, number>>;
    /** Redis only: when its expiry was last moved on, in milliseconds since 1970. */
    touchedAt?: number;
  }
}

interface RedisStoreOptions {
  readonly url: string;
  /** Client id of the user-assigned identity to sign in with; undefined: sign in by what the URL says. */
  readonly identityClientId?: string | undefined;
  readonly secrets: readonly string[];
  readonly report: (line: string) => void;
}

/** Sessions and carts in a Redis that all instances share: see `redisHash.ts`. */
export async function redisStore({ url, identityClientId, secrets, report }: RedisStoreOptions): Promise<Store> {
  const redis = await connectRedis({ url, identityClientId, report });
  return serverSideStore({
    name: 'redis',
    keeps: 'in Redis',
    sessions: new RedisSessions(redis),
    carts: cartsInRedis(redis),
    secrets,
    isReachable: redis.isReachable,
    close: async () => redis.close(),
  });
}
