import { RedisStore } from 'connect-redis';
import type { SessionData } from 'express-session';
import { type CartLines, maxLineQuantity, withLine } from '../cart';
import type { RedisConnection } from './redisConnection';
import type { Carts } from './serverSide';
import { lineFull } from './store';

/**
 * A session and its cart are one Redis hash, `shop:session:<id>`:
 *
 *     session       what express-session keeps, as JSON; without it the session does not exist
 *     touchedAt     when the expiry was last moved on, in milliseconds since 1970
 *     item:anchor   quantity of a product, changed by HINCRBY only
 *
 * - HINCRBY adds up in Redis itself, so parallel adds lose none, wherever they come from; active geo-replication merges
 *   such counters too. In the session's JSON the last writer would win.
 * - One HGETALL reads both: a page that needs session and cart costs one command.
 * - Both expire together, and one DEL ends both. One key also keeps every transaction within a hash slot, which
 *   Azure Managed Redis asks for.
 */
const keyPrefix = 'shop:session:';
const itemPrefix = 'item:';

/** After the last request, less up to `touchSeconds`. */
const sessionSeconds = 24 * 60 * 60;
/** The expiry moves on at most this often: at every request it would cost as many commands as the reads themselves. */
const touchSeconds = 60 * 60;

/** connect-redis over the hash: it asks its client for a text by key, and gets the hash as JSON. */
export class RedisSessions extends RedisStore {
  readonly #redis: RedisConnection;

  constructor(redis: RedisConnection) {
    super({
      prefix: keyPrefix,
      ttl: sessionSeconds,
      client: {
        async get(key: string) {
          const hash = await redis.run((client) => client.hGetAll(key));
          return hash.session === undefined ? null : JSON.stringify(hash);
        },
        set: (key: string, session: string, { expiration }: { expiration: { value: number } }) =>
          redis.run((client) =>
            client.multi().hSet(key, { session, touchedAt: Date.now() }).expire(key, expiration.value).exec(),
          ),
        del: (keys: string[]) => redis.run((client) => client.del(keys)),
      },
      serializer: {
        parse(text) {
          const hash: Record<string, string> = JSON.parse(text);
          const session: SessionData = JSON.parse(hash.session ?? '{}');
          return { ...session, lines: Object.fromEntries(linesOf(hash)), touchedAt: Number(hash.touchedAt) };
        },
        stringify: ({ lines: _lines, touchedAt: _touchedAt, ...session }) => JSON.stringify(session),
      },
    });
    this.#redis = redis;
  }

  /** express-session calls this at the end of every request that left its session as it was. */
  override async touch(id: string, session: SessionData, done?: (error?: unknown) => void): Promise<void> {
    const { touchedAt = 0 } = session;
    const key = keyPrefix + id;
    if (Date.now() - touchedAt > touchSeconds * 1000)
      // Sent and not waited for: the answer would hold its last byte back until Redis has moved the expiry on. A move
      // that fails costs the session nothing but the minutes since the last one. Together, so that a session ended
      // meanwhile leaves no hash without an expiry behind.
      this.#redis
        .run((client) => client.multi().hSet(key, { touchedAt: Date.now() }).expire(key, sessionSeconds).exec())
        .catch(() => {});
    done?.();
  }
}

/**
 * Sets a counter by its difference, so that it stays one. In Redis itself, because two clients that each work out a
 * difference would chase each other. 0: the session has ended meanwhile.
 */
const setLine = `
if redis.call('HEXISTS', KEYS[1], 'session') == 0 then return 0 end
local held = tonumber(redis.call('HGET', KEYS[1], ARGV[1]) or '0')
redis.call('HINCRBY', KEYS[1], ARGV[1], ARGV[2] - held)
return 1`;

export function cartsInRedis(redis: RedisConnection): Carts {
  /** undefined: the session has ended meanwhile. */
  const add = async (key: string, productId: string, quantity: number): Promise<number | undefined> => {
    // In one packet. No transaction is needed: once ended, a session never comes back.
    const [held, exists] = await redis.run((client) =>
      Promise.all([client.hIncrBy(key, itemPrefix + productId, quantity), client.hExists(key, 'session')]),
    );
    if (exists) return held;
    // No session has this id again, so nothing but what was just added goes.
    await redis.run((client) => client.del(key));
    return undefined;
  };

  return {
    async read({ lines = {} }) {
      return new Map(Object.entries(lines));
    },
    async add({ id, lines = {} }, productId, quantity) {
      const key = keyPrefix + id;
      const held = await add(key, productId, quantity);
      if (held === undefined) return undefined;
      if (held > maxLineQuantity) {
        // Taken back rather than checked before: between a check and the add, another add could slip in.
        await add(key, productId, -quantity);
        throw lineFull(productId, held - quantity, quantity);
      }
      // The other lines are as this request found them: every add acknowledged before it began is among them.
      return withLine(new Map(Object.entries(lines)), productId, held);
    },
    async change({ id, lines = {} }, productId, quantity) {
      const exists = await redis.run((client) =>
        client.eval(setLine, { keys: [keyPrefix + id], arguments: [itemPrefix + productId, String(quantity)] }),
      );
      return exists === 1 ? withLine(new Map(Object.entries(lines)), productId, quantity) : undefined;
    },
    async take(id) {
      const [hash] = await redis.run((client) =>
        client
          .multi()
          .hGetAll(keyPrefix + id)
          .del(keyPrefix + id)
          .execTyped(),
      );
      return linesOf(hash);
    },
  };
}

const linesOf = (hash: Readonly<Record<string, string>>): CartLines =>
  new Map(
    Object.entries(hash)
      .filter(([field]) => field.startsWith(itemPrefix))
      .map(([field, quantity]): [string, number] => [field.slice(itemPrefix.length), Number(quantity)])
      .filter(([, quantity]) => quantity > 0),
  );
