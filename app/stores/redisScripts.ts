import { createHash } from 'node:crypto';
import type { RedisConnection } from './redisConnection';

/** A script that works on one key, as every hash slot and Azure Managed Redis ask for. Redis runs nothing beside it. */
export interface Script {
  readonly text: string;
  readonly sha: string;
}

const script = (text: string): Script => ({ text, sha: createHash('sha1').update(text).digest('hex') });

/**
 * Runs a script by its hash, and sends its text only to a Redis that does not know it yet: after a restart or a failover.
 *
 * @throws StoreUnavailable as `run` does
 */
export const runScript = (
  redis: RedisConnection,
  { text, sha }: Script,
  key: string,
  ...words: (string | number)[]
): Promise<unknown> => {
  const options = { keys: [key], arguments: words.map(String) };
  return redis.run((client) =>
    client.evalSha(sha, options).catch((error: unknown) => {
      if (error instanceof Error && error.message.startsWith('NOSCRIPT')) return client.eval(text, options);
      throw error;
    }),
  );
};

/**
 * Reads the hash once: its fields, whether it has ended, the raw quantity of the line ARGV[1] and how many lines there are.
 * Geo-replication adds up what two regions changed, so a counter may pass a limit or fall below 0; see `redisHash.ts`.
 */
const readHash = `
local fields = redis.call('HGETALL', KEYS[1])
local held, lines, touched, at = 0, 0, 0, #fields + 2
for i = 1, #fields, 2 do
  local name, value = fields[i], fields[i + 1]
  if name == 'ended' then return {'ended'} end
  if name == 'touchedAt' then touched = tonumber(value) end
  if string.sub(name, 1, 5) == 'item:' then
    if tonumber(value) > 0 then lines = lines + 1 end
    if name == ARGV[1] then held, at = tonumber(value), i + 1 end
  end
end`;

/** ARGV: now and until when it was touched recently enough (milliseconds), seconds to live. */
const touch = (now: number) => `
if touched < tonumber(ARGV[${now + 1}]) then
  redis.call('HSET', KEYS[1], 'touchedAt', ARGV[${now}])
  redis.call('EXPIRE', KEYS[1], ARGV[${now + 2}])
end`;

/** Changes the counter by `by` and answers the hash as it is then. HINCRBY and not HSET: regions merge increments. */
const increment = `
fields[at - 1], fields[at] = ARGV[1], redis.call('HINCRBY', KEYS[1], ARGV[1], by)
table.insert(fields, 1, 'ok')
return fields`;

/** ARGV: field, quantity, most of one product, most lines, 1 to make a missing session, then as `touch`. */
export const addScript = script(`${readHash}
if #fields == 0 and ARGV[5] == '0' then return {'missing'} end
local shown = math.max(held, 0)
if shown + ARGV[2] > tonumber(ARGV[3]) then return {'lineFull', tostring(shown)} end
if shown == 0 and lines >= tonumber(ARGV[4]) then return {'cartFull'} end
local by = ARGV[2] + shown - held${touch(6)}${increment}`);

/** ARGV: field, quantity, then as `touch`. */
export const changeScript = script(`${readHash}
if #fields == 0 then return {'missing'} end
if held <= 0 then
  table.insert(fields, 1, 'notInCart')
  return fields
end
local by = ARGV[2] - held${touch(3)}${increment}`);

/** ARGV: seconds to live, then fields of which at least one must be in the cart. An empty answer: nothing was changed. */
export const endScript = script(`
local fields = redis.call('HGETALL', KEYS[1])
local wanted, found = {}, false
for i = 2, #ARGV do wanted[ARGV[i]] = true end
for i = 1, #fields, 2 do
  if fields[i] == 'ended' then return {} end
  if wanted[fields[i]] and tonumber(fields[i + 1]) > 0 then found = true end
end
if not found then return {} end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'ended', '1')
redis.call('EXPIRE', KEYS[1], ARGV[1])
return fields`);
