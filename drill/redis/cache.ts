/**
 * One region's Managed Redis: an endpoint, a primary, and a replica that copies it asynchronously.
 *
 *     clients ─► endpoint ─► primary ─► (link) ─► replica
 *
 * A write is acknowledged by the primary alone, so what has not reached the replica is lost when the primary dies.
 * Modelled is one primary with its data; Azure spreads the shards of larger sizes over both nodes, so there the loss of
 * a node takes a part of the last writes only.
 * @see https://learn.microsoft.com/azure/reliability/reliability-managed-redis
 */

import { setTimeout as delay } from 'node:timers/promises';
import { commandReader, type RedisCommand } from './commands';
import { type Endpoint, openEndpoint } from './endpoint';
import { type ScriptEffects, watchScripts } from './scriptEffects';
import { type RedisServer, startRedisServer } from './server';

export interface Cache {
  readonly url: string;
  /** The port of that URL. */
  readonly port: number;
  /** Counts up whenever all data is lost. */
  epoch(): number;
  /** Whether clients are sent to a server that ended by itself: no promotion will come. */
  isOrphaned(): boolean;
  /** The role of each server that ended by itself. */
  endedByThemselves(): readonly ('primary' | 'replica')[];
  /** Resolves when `onCommand` has received everything acknowledged until now, including what scripts did. */
  commandsSeen(): Promise<void>;
  /** Applies a command past the endpoint, as geo-replication does. */
  apply(command: RedisCommand): Promise<unknown>;
  /** Stops replication. The replica has everything acknowledged until now. */
  holdReplication(): Promise<void>;
  /** Kills the primary; nobody answers until `promote`. */
  losePrimary(): Promise<void>;
  /** Makes the replica the primary. Without a replica an empty server takes over. */
  promote(): Promise<void>;
  /** Gives a cache its replica again, after a promotion or a hold. */
  repair(): Promise<void>;
  /** True: clients cannot reach it, and it keeps its data. */
  outOfReach(away: boolean): void;
  /** Replaces everything with empty servers, as when a cache is deployed again. */
  redeploy(): Promise<void>;
  stop(): Promise<void>;
}

export interface CacheOptions {
  readonly executable: string;
  /** `high_availability_enabled`. */
  readonly replica: boolean;
  /** Called with what clients send, and for a script with what it did. Default: - nothing is called. */
  readonly onCommand?: (command: RedisCommand) => void;
  readonly signal: AbortSignal;
}

const copyDeadlineMs = 30_000;
const outOfStep = `The Redis replica was not in step after ${copyDeadlineMs} ms.`;

export async function startCache(options: CacheOptions): Promise<Cache> {
  const { executable, signal, onCommand } = options;
  const started: RedisServer[] = [];
  const died: ('primary' | 'replica')[] = [];
  let endpoint: Endpoint | null = null;
  let link: Endpoint | null = null;
  let primary: RedisServer | null = null;
  let replica: RedisServer | null = null;
  let effects: ScriptEffects | null = null;
  let epoch = 0;

  const server = async (): Promise<RedisServer> => {
    const fresh = await startRedisServer(executable, signal);
    started.push(fresh);
    void fresh.exited.then(() => {
      if (fresh.endedByItself()) died.push(fresh === replica ? 'replica' : 'primary');
    });
    return fresh;
  };
  const watch = async ({ socket, run }: RedisServer): Promise<void> => {
    effects?.stop();
    effects = onCommand ? await watchScripts(socket, run, onCommand) : null;
  };
  const stop = async (): Promise<void> => {
    effects?.stop();
    await endpoint?.close();
    await link?.close();
    await Promise.all(started.map((each) => each.kill()));
  };

  async function copyTo(follower: RedisServer): Promise<void> {
    if (!primary || !link) throw new Error('A replica needs a primary.');
    link.leadTo(primary.socket);
    await follower.run('REPLICAOF', '127.0.0.1', String(link.port));
    const deadline = Date.now() + copyDeadlineMs;
    while (!String(await follower.run('INFO', 'replication')).includes('master_link_status:up')) {
      if (Date.now() > deadline) throw new Error(outOfStep);
      await delay(10, undefined, { signal });
    }
  }

  async function begin(): Promise<void> {
    primary = await server();
    await watch(primary);
    endpoint?.leadTo(primary.socket);
    replica = options.replica ? await server() : null;
    if (replica) await copyTo(replica);
  }

  try {
    endpoint = await openEndpoint(onCommand && (() => commandReader(onCommand)));
    link = await openEndpoint();
    await begin();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url: `redis://127.0.0.1:${endpoint.port}`,
    port: endpoint.port,
    epoch: () => epoch,
    isOrphaned: () => primary?.endedByItself() === true,
    endedByThemselves: () => died,
    commandsSeen: async () => effects?.caughtUp(),
    apply: async (command) => primary?.run(...command),
    async holdReplication() {
      if (!replica) return;
      // WAIT answers for this connection's own writes, so it needs one.
      await primary?.run('SET', 'drill:mark', String(Date.now()));
      const copies = await primary?.run('WAIT', '1', String(copyDeadlineMs));
      if (Number(copies) < 1) throw new Error(outOfStep);
      link?.leadTo(null);
    },
    async losePrimary() {
      endpoint?.leadTo(null);
      await primary?.kill();
    },
    async promote() {
      link?.leadTo(null);
      await primary?.kill();
      if (replica) {
        await replica.run('REPLICAOF', 'NO', 'ONE');
        primary = replica;
        replica = null;
      } else {
        epoch++;
        primary = await server();
      }
      await watch(primary);
      endpoint?.leadTo(primary.socket);
    },
    async repair() {
      if (!options.replica) return;
      replica ??= await server();
      await copyTo(replica);
    },
    outOfReach: (away) => endpoint?.leadTo(away ? null : (primary?.socket ?? null)),
    async redeploy() {
      endpoint?.leadTo(null);
      link?.leadTo(null);
      await Promise.all([primary?.kill(), replica?.kill()]);
      epoch++;
      await begin();
    },
    stop,
  };
}
