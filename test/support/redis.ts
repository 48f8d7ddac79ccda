import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findRedisProgram } from '../../app/redisProgram';
import { until } from './until';

/** Where a Redis is on the PATH, as the shop and the drill find it; undefined: this machine has none. */
export const redisServerPath = (): string | undefined =>
  findRedisProgram(process.env.PATH ?? process.env.Path ?? '')?.file;

const wanted = 'redis-server or valkey-server';

/**
 * A `describe` for tests that need a real Redis. Without one they are skipped and say so, except in CI (`CI` is set),
 * where they fail: a pipeline must not be green because half of it did not run. Servers left running are stopped.
 */
export function describeWithRedis(name: string, tests: () => void): void {
  if (redisServerPath() !== undefined) {
    describe(name, () => {
      afterAll(stopAll);
      tests();
    });
  } else if (process.env.CI) {
    test(`${name}: needs ${wanted}, and in CI it must be there`, () => {
      throw new Error(`There is no ${wanted} on the PATH. Install one (Debian: apt-get install redis-server).`);
    });
  } else {
    console.warn(`SKIPPED, there is no ${wanted} on the PATH: ${name}`);
    describe.skip(name, tests);
  }
}

export interface RedisServer {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Freezes the process: connections stay open and nothing answers, as when a host hangs. */
  pause(): void;
  resume(): void;
  /** Kills it, as a crash would. Nothing was on disk, so its data is gone. Does nothing when it is gone already. */
  stop(): Promise<void>;
}

const running = new Set<RedisServer>();
const stopAll = async () => {
  await Promise.all([...running].map((server) => server.stop()));
};

/** Starts a real Redis on loopback that keeps nothing on disk. `port`: default any free one. `args`: further options of its own. */
export async function startRedis(
  options: { readonly port?: number; readonly args?: readonly string[] } = {},
): Promise<RedisServer> {
  const file = redisServerPath();
  if (file === undefined) throw new Error(`There is no ${wanted} on the PATH.`);
  const port = options.port ?? (await freePort());
  const folder = mkdtempSync(join(tmpdir(), 'steadystate-redis-'));
  const child = spawn(
    file,
    [
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
      ...(options.args ?? []),
    ],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  let log = '';
  child.stdout.on('data', (chunk) => {
    log += chunk;
  });
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  // A test run that is cut short must not leave it behind either.
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);

  const server: RedisServer = {
    url: `redis://127.0.0.1:${port}`,
    port,
    pid: child.pid ?? 0,
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    async stop() {
      kill(); // SIGKILL ends a frozen process too.
      await exited;
      process.off('exit', kill);
      running.delete(server);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  running.add(server);
  const answers = async (): Promise<boolean> => {
    if (child.exitCode !== null) throw new Error(`${file} ended with ${child.exitCode}:\n${log}`);
    return answersPing(port, child);
  };
  await until(`Redis answers on port ${port}`, answers);
  return server;
}

function answersPing(port: number, child: ChildProcess): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer && child.exitCode === null);
    };
    socket.once('data', (data) => end(data.toString().startsWith('+PONG')));
    socket.once('error', () => end(false));
    socket.setTimeout(1000, () => end(false));
  });
}

/**
 * A port that was free a moment ago. Below the range that systems hand out to outgoing connections (from 32768 on
 * Linux, 49152 elsewhere), because tests open those by the hundred and one could take the port before its server does.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    if (await isFree(port)) return port;
  }
}

const isFree = (port: number) =>
  new Promise<boolean>((resolve) => {
    const probe = createServer().once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
