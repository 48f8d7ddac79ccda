import { type CartLines, maxLineQuantity, maxLines } from '../cart';
import type { Order } from '../order';
import type { RedisConnection } from './redisConnection';
import { addScript, changeScript, endScript, runScript } from './redisScripts';
import { type Content, type Outcome, type Sessions, sessionSeconds, touchSeconds } from './sessions';

/**
 * A session with its cart is one Redis hash, `<prefix>:session:<id>`:
 *
 *     touchedAt       when its end was last moved on, in milliseconds since 1970
 *     item:anchor     quantity of a product, changed by HINCRBY only
 *     order           id of the last order
 *     bought:anchor   a line of the last order: quantity, price in cents, name
 *     ended           set when its cart was ordered; whatever else is there then counts for nothing
 *
 * - One script decides a change and makes it, so a refused one changes nothing, a reader never sees more than a limit, and
 *   no session is left without an end.
 * - One key: a script must not touch two hash slots, and Azure Managed Redis refuses one that does.
 * - No field is longer than 64 bytes and there are fewer than 128, so Redis keeps the hash in its compact form.
 *
 * What active geo-replication can still do: it merges increments, so two regions that each allow an add below the limit
 * may together pass it. Readers and checkouts then see the limit, and further adds are refused. Of a cart that one region
 * ends and another adds to at the same time, the end wins and the add is lost. Two regions that end one cart at the same
 * time make two receipts with the same order id.
 */
const itemPrefix = 'item:';
const boughtPrefix = 'bought:';

type Hash = Readonly<Record<string, string>>;

/** @param prefix begins every key, so that two shops that share a Redis do not share sessions */
export function sessionsInRedis(redis: RedisConnection, prefix = 'shop'): Sessions {
  const keyOf = (id: string) => `${prefix}:session:${id}`;
  const times = () => [Date.now(), Date.now() - touchSeconds * 1000, sessionSeconds];
  return {
    async read(id) {
      const hash = await redis.run((client) => client.hGetAll(keyOf(id)));
      if (Object.keys(hash).length === 0 || hash.ended !== undefined) return undefined;
      if (Date.now() - Number(hash.touchedAt ?? 0) > touchSeconds * 1000) moveEndOn(redis, keyOf(id));
      return contentOf(hash);
    },
    add: async (id, productId, quantity, opens) =>
      outcomeOf(
        await runScript(
          redis,
          addScript,
          keyOf(id),
          itemPrefix + productId,
          quantity,
          maxLineQuantity,
          maxLines,
          opens ? 1 : 0,
          ...times(),
        ),
      ),
    change: async (id, productId, quantity) =>
      outcomeOf(await runScript(redis, changeScript, keyOf(id), itemPrefix + productId, quantity, ...times())),
    async put(id, content) {
      const key = keyOf(id);
      await redis.run((client) =>
        client
          .multi()
          .del(key)
          .hSet(key, { touchedAt: String(Date.now()), ...hashOf(content) })
          .expire(key, sessionSeconds)
          .exec(),
      );
    },
    async end(id, products) {
      const fields = products.map((product) => itemPrefix + product);
      const hash = pairs(await runScript(redis, endScript, keyOf(id), sessionSeconds, ...fields));
      return hash.size === 0 ? undefined : linesOf(hash);
    },
    async drop(id) {
      await redis.run((client) => client.del(keyOf(id)));
    },
  };
}

/**
 * Sent and not waited for: the answer would wait until Redis has moved the end on. A move that fails costs the session
 * nothing but the minutes since the last one. Together, so that a session ended meanwhile does not stay without an end.
 */
function moveEndOn(redis: RedisConnection, key: string): void {
  redis
    .run((client) =>
      client
        .multi()
        .hSet(key, { touchedAt: String(Date.now()) })
        .expire(key, sessionSeconds)
        .exec(),
    )
    .catch(() => {});
}

function outcomeOf(reply: unknown): Outcome {
  const [word, ...rest] = reply as string[];
  const lines = (): CartLines => linesOf(pairs(rest));
  switch (word) {
    case 'ok':
      return { lines: lines() };
    case 'lineFull':
      return { refused: 'lineFull', held: Math.min(Number(rest[0]), maxLineQuantity) };
    case 'notInCart':
      return { refused: 'notInCart', lines: lines() };
    case 'missing':
    case 'ended':
    case 'cartFull':
      return { refused: word };
    default:
      throw new Error(`Redis answered a script with ${JSON.stringify(word)}.`);
  }
}

/** A reply that alternates fields and values; HINCRBY's value is a number. */
function pairs(reply: unknown): ReadonlyMap<string, string> {
  const words = reply as readonly (string | number)[];
  const hash = new Map<string, string>();
  for (let at = 0; at + 1 < words.length; at += 2) hash.set(String(words[at]), String(words[at + 1]));
  return hash;
}

function linesOf(fields: Iterable<readonly [string, string]>): CartLines {
  const lines = new Map<string, number>();
  for (const [field, text] of fields) {
    if (!field.startsWith(itemPrefix)) continue;
    const quantity = Math.min(Number(text), maxLineQuantity);
    if (quantity > 0) lines.set(field.slice(itemPrefix.length), quantity);
  }
  return lines;
}

const contentOf = (hash: Hash): Content => {
  const order = orderIn(hash);
  return { lines: linesOf(Object.entries(hash)), ...(order && { order }) };
};

function orderIn(hash: Hash): Order | undefined {
  if (hash.order === undefined) return undefined;
  const items = Object.entries(hash).flatMap(([field, text]) => {
    const [, quantity, unitPrice, name = ''] = /^(\d+) (\d+) (.*)$/s.exec(text) ?? [];
    if (!field.startsWith(boughtPrefix) || quantity === undefined) return [];
    const productId = field.slice(boughtPrefix.length);
    return [{ productId, name, unitPrice: Number(unitPrice), quantity: Number(quantity) }];
  });
  const total = items.reduce((sum, item) => sum + item.quantity * item.unitPrice, 0);
  return { orderId: hash.order, items, total };
}

const hashOf = ({ lines, order }: Content): Hash =>
  Object.fromEntries([
    ...[...lines].map(([productId, quantity]) => [itemPrefix + productId, String(quantity)]),
    ...(order === undefined ? [] : [['order', order.orderId]]),
    ...(order?.items ?? []).map(({ productId, quantity, unitPrice, name }) => [
      boughtPrefix + productId,
      `${quantity} ${unitPrice} ${name}`,
    ]),
  ]);
