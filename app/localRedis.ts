import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BadInput } from './environment';
import { findRedisProgram } from './redisProgram';

export interface LocalRedis {
  readonly url: string;
  /** `redis-server` or `valkey-server`. */
  readonly program: string;
  stop(): void;
}

/**
 * Starts a Redis of this shop's own for a laptop: on loopback, on any free port, with nothing on disk. It ends with `stop`,
 * at the latest on this process's `exit`: the caller handles the signals that it may get, and SIGKILL leaves it behind.
 *
 * @param path where to look for the program, as in the variable PATH
 * @throws BadInput when there is neither program, or it does not come up within 5 s
 */
export async function startLocalRedis(path: string): Promise<LocalRedis> {
  const found = findRedisProgram(path);
  if (found === undefined)
    throw new BadInput(
      '`REDIS_URL` must be set where neither redis-server nor valkey-server is on the PATH, got: nothing. ' +
        'Install one of them (Debian: apt install redis-server; macOS: brew install redis), point REDIS_URL to a Redis, ' +
        'or run `npm start memory`.',
    );
  const { program, file } = found;
  const port = await freePort();
  // Its working folder, so that it does not load a redis.conf or a dump that is already there.
  const folder = mkdtempSync(join(tmpdir(), 'steadystate-redis-'));
  const child = spawn(
    file,
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
    // A group of its own: Ctrl-C goes to the whole group of the terminal, and would end it before the shop has drained.
    { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], detached: process.platform !== 'win32', windowsHide: true },
  );
  const stop = () => {
    process.off('exit', stop);
    child.kill();
    // On Windows a folder in use cannot go; what stays is empty.
    rmSync(folder, { recursive: true, force: true, maxRetries: 2 });
  };
  process.once('exit', stop);
  let said = '';
  try {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('it was not ready after 5 s')), 5000);
      child.stdout.on('data', (chunk) => {
        said += chunk;
        if (/Ready to accept connections/i.test(said)) {
          clearTimeout(timer);
          resolve();
        }
      });
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`it ended with ${code}`)));
    });
  } catch (error) {
    stop();
    const why = error instanceof Error ? error.message : String(error);
    throw new BadInput(
      `\`${program}\` must be a Redis that starts, got: ${file}, and ${why}. ` +
        `Set REDIS_URL to use another one.\n${said.trim()}`.trimEnd(),
    );
  }
  child.stdout.resume();
  child.stderr.resume();
  // A Redis that still runs must not keep the shop from ending.
  child.unref();
  return { url: `redis://127.0.0.1:${port}`, program, stop };
}

/** A port that was free a moment ago: Redis has no option to take any free port. */
const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
