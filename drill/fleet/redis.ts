/**
 * A real `redis-server` per region. One node without a replica: failover and replication between regions are not
 * emulated yet, so nothing here may be read as a statement about losing a cache.
 */

import { accessSync, constants } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { type Child, endChild, startChild, waitForLine } from './children';

export interface RedisServer {
  readonly url: string;
  readonly pid: number;
  /** Ends the process and removes its folder. */
  stop(): Promise<void>;
}

export const howToGetRedis =
  'no `redis-server` on the PATH: `apt install redis-server` (Debian, Ubuntu, WSL), `brew install redis` (macOS), or leave out the variants with Redis';

/** Where `redis-server` is, or null. */
export function findRedisServer(path: string = process.env.PATH ?? ''): string | null {
  for (const folder of path.split(delimiter).filter(Boolean)) {
    const candidate = join(folder, 'redis-server');
    try {
      accessSync(candidate, constants.X_OK);
      return candidate;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}

const readyDeadlineMs = 10_000;

/** Starts one on a free port of loopback, without persistence. @throws if it does not come up, also on a second port. */
export async function startRedis(executable: string, signal: AbortSignal): Promise<RedisServer> {
  try {
    return await startOnce(executable, signal);
  } catch (error) {
    // Redis cannot be told to take any free port, so the port that the system named may be gone: once more.
    if (signal.aborted) throw error;
    return startOnce(executable, signal);
  }
}

async function startOnce(executable: string, signal: AbortSignal): Promise<RedisServer> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'steadystate-redis-'));
  let child: Child | undefined;
  const stop = async (): Promise<void> => {
    if (child) await endChild(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const settings = [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--dir',
      folder,
      '--save',
      '',
      '--appendonly',
      'no',
    ];
    child = await startChild(executable, settings, { PATH: process.env.PATH });
    await waitForLine(child, /Ready to accept connections/, readyDeadlineMs, signal);
    return { url: `redis://127.0.0.1:${port}`, pid: child.pid, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
