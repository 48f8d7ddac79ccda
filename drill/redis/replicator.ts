/**
 * Active geo-replication between two regions, one direction of it: writes are passed on after they were acknowledged,
 * so the other region is always a little behind. Hash counters merge, because increments are passed on as increments;
 * of two writes to one string the later wins. While a region is cut off its writes wait, and catch up on its return.
 * @see https://learn.microsoft.com/azure/redis/how-to-active-geo-replication
 *
 * Left out: every other data type's way to merge, and the memory that waiting writes take until a forced unlink.
 */

import { setTimeout as delay } from 'node:timers/promises';
import { isWrite, type RedisCommand } from './commands';

export interface Replicator {
  /** A client of the own region sent this. */
  see(command: RedisCommand): void;
  /** Passes nothing on until `resume`; what comes meanwhile waits. */
  hold(): void;
  resume(): void;
  /** Forgets what waits: it was only in the memory of a server that died. */
  drop(): void;
  /** Resolves when nothing waits; at once while held. */
  caughtUp(): Promise<void>;
}

/** When a string or a field of a hash was last written. Each region has one, with its own writes and those of other regions. */
export type Writes = Map<string, number>;

const sets = new Set(['set', 'setex', 'psetex', 'getset', 'del', 'unlink']);

/** What a command overwrites, named as in `Writes`: a string, or a field of a hash. Counters and expiries: nothing. */
function overwritten([name = '', key = '', ...words]: RedisCommand): readonly string[] {
  if (sets.has(name)) return [key];
  return name === 'hset' ? words.filter((_, index) => index % 2 === 0).map((field) => `${key}\n${field}`) : [];
}

export function createReplicator(options: {
  /** Strings as the own region has them. */
  readonly own: Writes;
  /** Strings as the other region has them. */
  readonly other: Writes;
  /** Applies a command in the other region. May reject: then the region is away, and the command waits. */
  readonly apply: (command: RedisCommand) => Promise<unknown>;
  /** Real milliseconds before a write is passed on. Default: 5; Azure promises none. */
  readonly lagMs?: number;
  /** Milliseconds since the Unix epoch. Default: the system's clock. */
  readonly now?: () => number;
}): Replicator {
  const { own, other, apply, now = Date.now, lagMs = 5 } = options;
  const queue: { readonly command: RedisCommand; readonly at: number }[] = [];
  let held = false;
  let running: Promise<void> | null = null;

  async function passOn(): Promise<void> {
    await delay(lagMs);
    for (let next = queue[0]; next && !held; next = queue[0]) {
      const { command, at } = next;
      const names = overwritten(command);
      // A later write of the other region stays. (The fields of one command are written together, so the time of one
      // holds for all.)
      const late = names.some((name) => at < (other.get(name) ?? Number.NEGATIVE_INFINITY));
      if (!late) {
        // Before it is applied: a write that reaches the other region meanwhile is later, and must stay.
        for (const name of names) other.set(name, at);
        try {
          await apply(command);
        } catch {
          held = true; // The other region is away: wait for `resume`.
          return;
        }
      }
      // `drop` may have emptied the queue meanwhile.
      if (queue[0] === next) queue.shift();
    }
  }

  function start(): void {
    if (held || running || queue.length === 0) return;
    running = passOn().finally(() => {
      running = null;
      start();
    });
  }

  return {
    see: (command) => {
      if (!isWrite(command)) return;
      const at = now();
      for (const name of overwritten(command)) own.set(name, at);
      queue.push({ command, at });
      start();
    },
    hold: () => {
      held = true;
    },
    resume: () => {
      held = false;
      start();
    },
    drop: () => void queue.splice(0),
    caughtUp: async () => {
      while (running) await running;
    },
  };
}
