import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { root } from '../support/command';
import { describeWithRedis } from '../support/redis';
import { until } from '../support/until';

jest.setTimeout(60_000);

/** Processes whose environment carries the mark, and the drill's own children by parent. */
function descendants(of: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      // Gone meanwhile.
    }
  }
  const below = (pid: number): number[] =>
    [...parents].filter(([, parent]) => parent === pid).flatMap(([child]) => [child, ...below(child)]);
  return below(of);
}

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    // A zombie is gone; only its parent has not asked yet.
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
};

const hasProc = process.platform === 'linux' ? test : test.skip;

/** Running processes that were given this word. */
const given = (word: string): readonly string[] =>
  readdirSync('/proc').filter((pid) => {
    try {
      return isRunning(Number(pid)) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(word);
    } catch {
      return false;
    }
  });

hasProc('killed before it could say what it started, it leaves no process behind', async () => {
  const word = `steadystate-killed-${process.pid}`;
  const script = `
    const { startChild } = require('./drill/fleet/children.ts');
    for (let count = 0; count < 5; count += 1)
      void startChild(process.execPath, ['-e', 'setTimeout(() => 0, 60000)', '${word}'], {});
    process.kill(process.pid, 'SIGKILL');`;
  const drill = spawn(process.execPath, ['-r', 'sucrase/register', '-e', script], { cwd: root, stdio: 'ignore' });
  expect(await new Promise((resolve) => drill.once('exit', (_, signal) => resolve(signal)))).toBe('SIGKILL');
  await until('all of it is gone', () => given(word).length === 0, 10);
});

describeWithRedis('the command', () => {
  hasProc.each([
    ['SIGINT', 130],
    ['SIGTERM', 130],
    ['SIGHUP', 130],
    ['SIGKILL', null],
  ] as const)('ended by %s half way, it leaves no process behind', async (signal, code) => {
    const drill = spawn(process.execPath, ['-r', 'sucrase/register', 'commands/drill.ts', 'zone-redundant', 'none'], {
      ...{ cwd: root, stdio: 'ignore' },
    });
    const exited = new Promise((resolve) => drill.once('exit', resolve));
    // Reaper, primary, replica, three instances.
    const started = await until(
      'the fleet runs',
      () => {
        const found = descendants(drill.pid ?? 0);
        return found.length >= 6 && found;
      },
      30,
    );
    drill.kill(signal);
    expect(await exited).toBe(code);
    await until('all of it is gone', () => started.every((pid) => !isRunning(pid)), 10);
  });
});
