import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { endChild, startChild, waitForLine } from '../../../drill/fleet/children';
import { until } from '../../support/until';

const { signal } = new AbortController();
const ready = "console.log('ready'); setTimeout(() => {}, 600_000)";

test('a program that does not exist fails with its name', async () => {
  const missing = '/nowhere/redis-server';
  const start = async () => waitForLine(await startChild(missing, [], {}), /ready/, 10_000, signal);
  await expect(start()).rejects.toThrow(missing);
});

test('a process that ended by itself is distinguished from one that was ended', async () => {
  const [own, ended, killed] = await Promise.all([
    startChild(process.execPath, ['-e', '0'], {}),
    startChild(process.execPath, ['-e', ready], {}),
    startChild(process.execPath, ['-e', ready], {}),
  ]);
  await own.exited;
  await endChild(ended);
  process.kill(killed.pid, 'SIGKILL');
  await killed.exited;
  expect([own, ended, killed].map((each) => [each.alive(), each.endedByItself()])).toEqual([
    [false, true],
    [false, false],
    [false, true],
  ]);
  await endChild(own);
  expect(own.endedByItself()).toBe(true);
});

const onLinux = process.platform === 'linux';

/** Reapers among the children of this process: that of this file, and those of test files before it. */
const reapers = (): readonly number[] =>
  readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid))
    .filter((pid) => {
      try {
        const parent = /^PPid:\s*(\d+)$/m.exec(readFileSync(join('/proc', pid, 'status'), 'utf8'))?.[1];
        const command = readFileSync(join('/proc', pid, 'cmdline'), 'utf8');
        return Number(parent) === process.pid && command.includes('reaperProcess.cjs');
      } catch {
        return false; // Gone meanwhile.
      }
    })
    .map(Number);
const earlier = onLinux ? reapers() : [];

(onLinux ? describe : describe.skip)('the reaper', () => {
  const own = (): readonly number[] => reapers().filter((pid) => !earlier.includes(pid));

  test('leaves its descriptor, 3, open in nothing that was started', async () => {
    const child = await startChild('/bin/sleep', ['600'], {});
    await until('it is no shell any more', () =>
      readFileSync(join('/proc', String(child.pid), 'cmdline'), 'utf8').startsWith('/bin/sleep'),
    );
    const open = () => readdirSync(join('/proc', String(child.pid), 'fd'));
    try {
      expect(open()).toContain('2');
      // The loader of its libraries may have a file open there for a moment.
      await until('descriptor 3 is closed', () => !open().includes('3'));
    } finally {
      await endChild(child);
    }
  });

  test('killed in the middle, it takes nothing with it, and what comes later starts and ends as ever', async () => {
    const before = await startChild(process.execPath, ['-e', ready], {});
    await waitForLine(before, /ready/, 20_000, signal);
    expect(own()).toHaveLength(1);
    process.kill(own()[0] ?? 0, 'SIGKILL');
    // At once, while nobody here knows that it is gone; and when that is known.
    const children = [before, await startChild(process.execPath, ['-e', ready], {})];
    await until('it is gone', () => own().length === 0);
    children.push(await startChild(process.execPath, ['-e', ready], {}));
    await Promise.all(children.slice(1).map((child) => waitForLine(child, /ready/, 20_000, signal)));
    expect(children.map(({ alive }) => alive())).toEqual([true, true, true]);
    await Promise.all(children.map(endChild));
    expect(children.map(({ alive }) => alive())).toEqual([false, false, false]);
  });
});
