/** One real Redis (`redis-server` or `valkey-server`), reached by a Unix socket in a folder of its own: no port that somebody else could take. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findRedisProgram } from '../../app/redisProgram';
import { type Child, endChild, guardFolder, startChild, waitForLine } from '../fleet/children';

export interface RedisServer {
  /** Path of its Unix socket. */
  readonly socket: string;
  readonly pid: number;
  /** Resolves when the process is gone; never rejects. */
  readonly exited: Promise<void>;
  /** Whether it ended without a call of `kill`. */
  endedByItself(): boolean;
  /** Sends commands as the platform would, past the endpoint. */
  run(...command: readonly string[]): Promise<unknown>;
  /** SIGKILL: nothing was on disk, so what it held is gone. Safe to call twice. */
  kill(): Promise<void>;
}

export const howToGetRedis =
  'neither `redis-server` nor `valkey-server` on the PATH: `apt install redis-server` (Debian, Ubuntu, WSL), `brew install redis` (macOS), or leave out the variants with Redis';

/** Where it is, or null. */
export const findRedisServer = (path: string = process.env.PATH ?? process.env.Path ?? ''): string | null =>
  findRedisProgram(path)?.file ?? null;

/** As long as an instance gets: a machine that is busy is slow with both. */
const readyDeadlineMs = 30_000;

const settings = (folder: string, socket: string): readonly string[] => [
  ...['--port', '0', '--unixsocket', socket, '--dir', folder, '--save', '', '--appendonly', 'no'],
  // A replica otherwise waits five seconds for others before its first copy.
  ...['--repl-diskless-sync-delay', '0'],
];

/** What is used of a client. To compare the whole type of `redis` with itself takes the compiler seconds. */
interface Client {
  readonly isOpen: boolean;
  on(event: 'error', listener: () => void): unknown;
  connect(): Promise<unknown>;
  destroy(): void;
  sendCommand(words: string[]): Promise<unknown>;
  duplicate(overrides: { socket: { path: string; reconnectStrategy: false } }): Client;
}

async function newClient(): Promise<Client> {
  // Loaded here: half of the drills have no Redis.
  const { createClient } = await import('redis');
  return createClient({ socket: { reconnectStrategy: false }, disableOfflineQueue: true });
}

let first: Promise<Client> | undefined;

/** `createClient` makes a class with hundreds of commands each time; duplicates share that of the first, never connected. */
async function clientOf(socket: string): Promise<Client> {
  first ??= newClient();
  return (await first).duplicate({ socket: { path: socket, reconnectStrategy: false } });
}

/** Starts one without persistence, as a geo-replicated cache has none. @throws if it does not come up. */
export async function startRedisServer(executable: string, signal: AbortSignal): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), 'steadystate-redis-'));
  const unguard = guardFolder(folder);
  const socket = join(folder, 'redis.sock');
  let child: Child | undefined;
  let stop = async (): Promise<void> => {
    if (child) await endChild(child);
    await rm(folder, { recursive: true, force: true });
    unguard();
  };
  try {
    child = await startChild(executable, settings(folder, socket), { PATH: process.env.PATH });
    const { pid, exited, endedByItself } = child;
    await waitForLine(child, /ready to accept connections/i, readyDeadlineMs, signal);
    const client = await clientOf(socket);
    // It ends with the server, which we end; a command on it rejects by itself.
    client.on('error', () => undefined);
    await client.connect();
    const endServer = stop;
    stop = async () => {
      if (client.isOpen) client.destroy();
      await endServer();
    };
    return {
      ...{ socket, pid, exited, endedByItself },
      run: (...command) => client.sendCommand([...command]),
      kill: () => stop(),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
