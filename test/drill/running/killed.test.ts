import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { root } from '../../support/commands/command';
import { withOneInstance } from '../../support/drill/declared';
import { together } from '../../support/drill/together';
import { describeWithRedis } from '../../support/redis';
import { until } from '../../support/until';

jest.setTimeout(300_000);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'steadystate-test-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A file of /proc, '' if its process is gone. */
function procFile(pid: number | string, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}

const processes = (): readonly string[] => readdirSync('/proc').filter((name) => /^\d+$/.test(name));

function descendants(of: number): readonly number[] {
  const parents = processes().map((pid): [number, number] => {
    const stat = procFile(pid, 'stat');
    return [Number(pid), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])];
  });
  const below = (pid: number): number[] =>
    parents.filter(([, parent]) => parent === pid).flatMap(([child]) => [child, ...below(child)]);
  return below(of);
}

/** A zombie is gone; only its parent has not asked yet. */
const isRunning = (pid: number | string): boolean => /^\d+ \(.*\) [^ZX]/s.test(procFile(pid, 'stat'));

/** Elsewhere there is no /proc to look at. */
const onLinux = process.platform === 'linux';

(onLinux ? test : test.skip)('killed before it could say what it started, it leaves no process behind', async () => {
  const word = `steadystate-killed-${process.pid}`;
  const script = `
    const { startChild } = require('./drill/fleet/children.ts');
    for (let count = 0; count < 5; count += 1)
      void startChild(process.execPath, ['-e', 'setTimeout(() => 0, 600000)', '${word}'], {});
    process.kill(process.pid, 'SIGKILL');`;
  const drill = spawn(process.execPath, ['-r', './commands/typescript.cjs', '-e', script], {
    cwd: root,
    stdio: 'ignore',
  });
  expect(await new Promise((resolve) => drill.once('exit', (_, signal) => resolve(signal)))).toBe('SIGKILL');
  const given = () => processes().filter((pid) => procFile(pid, 'cmdline').includes(word) && isRunning(pid));
  await until('all of it is gone', () => given().length === 0);
});

interface Ended {
  readonly code: unknown;
  /** What it had started. */
  readonly started: readonly number[];
  /** Its folder for temporary files. */
  readonly temporary: string;
}

/** Runs the command, and ends it by that signal once its fleet runs. */
async function endHalfWay(signal: NodeJS.Signals): Promise<Ended> {
  const file = withOneInstance('zone-redundant', folder);
  const temporary = mkdtempSync(join(folder, 'tmp-'));
  const drill = spawn(process.execPath, ['-r', './commands/typescript.cjs', 'commands/drill.ts', file, 'none'], {
    ...{ cwd: root, stdio: 'ignore', env: { ...process.env, TMPDIR: temporary } },
  });
  const exited = new Promise((resolve) => drill.once('exit', resolve));
  const started = await until('primary, replica and instance run', async () => {
    await pause(100);
    const found = descendants(drill.pid ?? 0);
    const count = (what: string): number => found.filter((pid) => procFile(pid, 'cmdline').includes(what)).length;
    return count('redis.sock') >= 2 && count('app.cjs') >= 1 && found;
  });
  drill.kill(signal);
  return { code: await exited, started, temporary };
}

(onLinux ? describeWithRedis : describe.skip)('the command', () => {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'] as const;
  const ended = together(Object.fromEntries(signals.map((signal) => [signal, () => endHalfWay(signal)])));

  test.each(signals)('ended by %s half way, it leaves no process and no file behind', async (signal) => {
    const { code, started, temporary } = await ended(signal);
    expect(code).toBe(signal === 'SIGKILL' ? null : 130);
    await until('all of it is gone', () => !started.some(isRunning));
    await until('its folders are gone', () => readdirSync(temporary).length === 0);
  });
});
