import { RedisStore } from 'connect-redis';
import { connectRedis, type RedisConnection } from './redis-connection';
import { type Carts, serverSideStore } from './server-side';
import { type CartLines, lineFull, maxLineQuantity, type Store } from './store';

/** Since the last request: connect-redis moves the expiry on. */
const sessionSeconds = 24 * 60 * 60;

/** Since the last add. Longer than a session, so that no read has to move it on to keep a cart as long as its session. */
const cartSeconds = 7 * 24 * 60 * 60;

interface RedisStoreOptions {
  readonly url: string;
  /** Client id of the user-assigned identity to sign in with; undefined: sign in by what the URL says. */
  readonly identityClientId?: string | undefined;
  readonly secrets: readonly string[];
  readonly report: (line: string) => void;
}

/** Sessions and carts in a Redis that all instances share: `shop:sess:<id>` a string, `shop:cart:<id>` a hash. */
export async function redisStore({ url, identityClientId, secrets, report }: RedisStoreOptions): Promise<Store> {
  const redis = await connectRedis({ url, identityClientId, report });
  return serverSideStore({
    name: 'redis',
    keeps: 'in Redis',
    sessions: new RedisStore({ client: sessionCommands(redis), prefix: 'shop:sess:', ttl: sessionSeconds }),
    carts: cartsInRedis(redis),
    secrets,
    isReachable: redis.isReachable,
    close: async () => redis.close(),
  });
}

/** The four commands that connect-redis needs, each under the connection's time limit. */
const sessionCommands = (redis: RedisConnection) => ({
  get: (key: string) => redis.run((client) => client.get(key)),
  set: (key: string, value: string, options: { expiration: { type: 'EX'; value: number } }) =>
    redis.run((client) => client.set(key, value, options)),
  del: (keys: string[]) => redis.run((client) => client.del(keys)),
  // Sent and not waited for: the answer would hold its last byte back until Redis has moved the expiry on. A move that
  // fails costs the session nothing but the minutes since the last one.
  expire: async (key: string, seconds: number) => {
    redis.run((client) => client.expire(key, seconds)).catch(() => {});
  },
});

/**
 * A hash per cart: HINCRBY adds up in Redis itself, so parallel adds lose none, wherever they come from. Active
 * geo-replication merges such counters too, where a JSON blob would keep the last writer's only.
 */
function cartsInRedis(redis: RedisConnection): Carts {
  const key = (cartId: string) => `shop:cart:${cartId}`;
  return {
    async read(cartId) {
      return linesOf(await redis.run((client) => client.hGetAll(key(cartId))));
    },
    async add(cartId, productId, quantity) {
      const [held, , lines] = await redis.run((client) =>
        client
          .multi()
          .hIncrBy(key(cartId), productId, quantity)
          .expire(key(cartId), cartSeconds)
          .hGetAll(key(cartId))
          .execTyped(),
      );
      if (held > maxLineQuantity) {
        // Taken back rather than checked before: between a check and the add, another add could slip in.
        await redis.run((client) => client.hIncrBy(key(cartId), productId, -quantity));
        throw lineFull(productId, held - quantity, quantity);
      }
      return linesOf(lines);
    },
  };
}

const linesOf = (hash: Readonly<Record<string, string>>): CartLines =>
  new Map(
    Object.entries(hash)
      .map(([productId, quantity]): [string, number] => [productId, Number(quantity)])
      .filter(([, quantity]) => quantity > 0),
  );
