/**
 * Active geo-replication between two regions, one direction of it: writes are passed on after they were acknowledged,
 * so the other region is always a little behind. Hash counters merge, because increments are passed on as increments;
 * of two writes to one string the later wins. A deletion removes what its region had seen, so an increment made elsewhere
 * at the same time stays. While a region is cut off its writes wait, and catch up on its return.
 * @see https://learn.microsoft.com/azure/redis/how-to-active-geo-replication
 * @see https://redis.io/docs/latest/operate/rs/databases/active-active/develop/data-types/hashes/
 *
 * Left out: every other data type's way to merge, and the memory that waiting writes take until a forced unlink. A deleted
 * counter stays in the other region as 0. A deletion that runs while an increment from elsewhere arrives may take it on one side
 * only; nobody sees that in the shop, which deletes a cart only when it ends it.
 */

import { setTimeout as delay } from 'node:timers/promises';
import { isWrite, type RedisCommand } from './commands';

export interface Replicator {
  /** A client of the own region did this, see `effectsIn`. */
  see(effects: readonly Effect[]): void;
  /** Passes nothing on until `resume`; what comes meanwhile waits. */
  hold(): void;
  resume(): void;
  /** Forgets what waits: it was only in the memory of a server that died. */
  drop(): void;
  /** From now on remembers what it passes on, in case the other region loses it again. */
  remember(): void;
  /** The other region lost what was passed on since `remember`: passes it on again, then forgets it. */
  repeat(): void;
  /** Resolves when nothing waits; at once while held. */
  caughtUp(): Promise<void>;
  /** Why it gave up passing on what waits, until `resume`; null: it did not. */
  failure(): string | null;
}

/** What one region has, as its own writes and those from elsewhere made it. Both directions share it. */
export interface Writes {
  /** When a string, or a field of a hash (key, line feed, field), was last written. */
  readonly at: Map<string, number>;
  /** Sum of increments by key and field, since the key was last deleted. */
  readonly counters: Map<string, Map<string, number>>;
  /** Keys that something else than a command on hash fields wrote. */
  readonly whole: Set<string>;
}

export const noWrites = (): Writes => ({ at: new Map(), counters: new Map(), whole: new Set() });

/** What a command of one region does in every other one. */
export interface Effect {
  readonly command: RedisCommand;
  /** When the command was seen. */
  readonly at: number;
}

/**
 * Enters a command of a client into what its region has. Call it once for each command, however many regions it is passed on to: a
 * deletion forgets what it takes back.
 */
export function effectsIn(own: Writes, command: RedisCommand, at: number): readonly Effect[] {
  if (!isWrite(command)) return [];
  enter(own, command);
  const effects = effectsOf(command, own);
  for (const effect of effects) for (const name of namesOf(effect)) own.at.set(name, at);
  return effects.map((effect) => ({ command: effect, at }));
}

const deletes = new Set(['del', 'unlink']);
const sets = new Set(['set', 'setex', 'psetex', 'getset', 'del', 'unlink']);

/** What a command overwrites, named as in `Writes`: a string, or a field of a hash. Counters and expiries: nothing. */
function overwritten([name = '', key = '', ...words]: RedisCommand): readonly string[] {
  if (sets.has(name)) return [key];
  return name === 'hset' ? words.filter((_, index) => index % 2 === 0).map((field) => `${key}\n${field}`) : [];
}

/** Commands that leave no value behind, or one in fields of a hash. */
const notWhole = new Set(['hset', 'hdel', 'expire', 'pexpire', 'persist', 'del', 'unlink']);

/** Enters a write into what a region has. */
function enter({ counters, whole }: Writes, [name = '', key = '', field = '', by]: RedisCommand): void {
  if (name !== 'hincrby') {
    if (!notWhole.has(name)) whole.add(key);
    return;
  }
  const fields = counters.get(key) ?? new Map<string, number>();
  counters.set(key, fields.set(field, (fields.get(field) ?? 0) + Number(by)));
}

/**
 * What a command of a region does elsewhere. Deleting a hash takes back the increments that its region had seen, and removes
 * the fields that were written there: run as it was sent, it would take increments with it that its region never saw.
 */
function effectsOf(command: RedisCommand, own: Writes): readonly RedisCommand[] {
  const [name = '', ...keys] = command;
  if (!deletes.has(name)) return [command];
  return keys.flatMap((key): readonly RedisCommand[] => {
    const counters = [...(own.counters.get(key) ?? [])];
    const written = [...own.at.keys()].flatMap((each) =>
      each.startsWith(`${key}\n`) ? [each.slice(key.length + 1)] : [],
    );
    if (own.whole.has(key)) return [['del', key]];
    own.counters.delete(key);
    return [
      ...counters.flatMap(([field, sum]): readonly RedisCommand[] =>
        sum === 0 || written.includes(field) ? [] : [['hincrby', key, field, String(-sum)]],
      ),
      ...written.map((field): RedisCommand => ['hdel', key, field]),
    ];
  });
}

/** Names that a passed-on effect is checked against: a later write in the other region stands. */
const namesOf = (effect: RedisCommand): readonly string[] =>
  effect[0] === 'hdel' ? effect.slice(2).map((field) => `${effect[1]}\n${field}`) : overwritten(effect);

/** How often a write that fails is tried again, and the real milliseconds between. */
const tries = 50;
const retryAfterMs = 20;

export function createReplicator(options: {
  /** What the other region has. */
  readonly other: Writes;
  /** Applies a command in the other region. May reject: then it is tried again for a second, and then waits for `resume`. */
  readonly apply: (command: RedisCommand) => Promise<unknown>;
  /** Real milliseconds before a write is passed on. Default: 5; Azure promises none. */
  readonly lagMs?: number;
  /** Real milliseconds until a write that failed is tried again. Default: 20. */
  readonly retryMs?: number;
}): Replicator {
  const { other, apply, lagMs = 5, retryMs = retryAfterMs } = options;
  const queue: Effect[] = [];
  let passed: Effect[] | null = null;
  let held = false;
  let failure: string | null = null;
  let running: Promise<void> | null = null;

  async function passOn(): Promise<void> {
    await delay(lagMs);
    let failures = 0;
    for (let next = queue[0]; next && !held; next = queue[0]) {
      const { command, at } = next;
      const names = namesOf(command);
      // A later write of the other region stays. (The fields of one command are written together, so the time of one
      // holds for all.)
      const late = names.some((name) => at < (other.at.get(name) ?? Number.NEGATIVE_INFINITY));
      if (!late) {
        // Before it is applied: a write that reaches the other region meanwhile is later, and must stay.
        for (const name of names) other.at.set(name, at);
        try {
          await apply(command);
        } catch (error) {
          failures++;
          if (failures < tries) {
            await delay(retryMs);
            continue;
          }
          failure = error instanceof Error ? error.message : String(error);
          return;
        }
        enter(other, command);
        failures = 0;
      }
      passed?.push(next);
      // `drop` may have emptied the queue meanwhile.
      if (queue[0] === next) queue.shift();
    }
  }

  function start(): void {
    if (held || failure !== null || running || queue.length === 0) return;
    running = passOn().finally(() => {
      running = null;
      start();
    });
  }

  function resume(): void {
    held = false;
    failure = null;
    start();
  }

  return {
    see: (effects) => {
      queue.push(...effects);
      start();
    },
    hold: () => {
      held = true;
    },
    resume,
    drop: () => void queue.splice(0),
    remember: () => {
      passed = [];
    },
    repeat: () => {
      queue.unshift(...(passed ?? []));
      passed = null;
      resume();
    },
    caughtUp: async () => {
      while (running) await running;
    },
    failure: () => failure,
  };
}
