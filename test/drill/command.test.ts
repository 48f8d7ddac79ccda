import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DrillResult } from '../../drill/drill';
import { run } from '../support/command';

jest.setTimeout(60_000);

test.each([
  [['single-zone', 'earthquake'], 'a variant (single-zone, ', '"earthquake"'],
  [['seed=-1'], '`--seed` must be a whole number from 0 to 999999999', '"-1"'],
  [['url=ftp://127.0.0.1'], '`--url` must be an http:// or https:// address without a password', 'ftp:'],
  [
    ['url=http://127.0.0.1:9', 'rate=1', 'seconds=10'],
    '`--seconds` must be at least 157 at 1 requests a second',
    'got: 10. Or raise --rate to 16.',
  ],
])('refuses %j with exit code 2, and says what it takes', (words, rule, got) => {
  const { code, stdout, stderr } = run('drill', words);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(rule);
  expect(stderr).toContain(got);
});

test('an address that is not this machine is asked only after it was confirmed', () => {
  const { code, stderr } = run('drill', ['url=https://shop.example.com']);
  expect(code).toBe(2);
  expect(stderr).toContain('shop.example.com is not this machine.');
  expect(stderr).toContain('--mine');
});

test('an address where nobody answers ends with exit code 3', () => {
  const { code, stderr } = run('drill', ['url=http://127.0.0.1:9']);
  expect(code).toBe(3);
  expect(stderr).toContain('the drill could not assess');
});

test('plain words do what options do: JSON on stdout, and a page beside it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'steadystate-test-'));
  try {
    const page = join(folder, 'drill.html');
    const { code, stdout } = run('drill', ['single-zone', 'none', 'json', 'seed=3', `html=${page}`]);
    expect(code).toBe(0);
    const { seed, runs } = JSON.parse(stdout) as DrillResult;
    expect({ seed, runs }).toMatchObject({ seed: 3, runs: [{ variant: 'single-zone', fault: 'none', met: true }] });
    expect(readFileSync(page, 'utf8')).toContain('<h1>1 run: every shopper found exactly');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a page that cannot be written is bad input, before anything is drilled', () => {
  const { code, stderr } = run('drill', ['html=/nowhere/drill.html', 'all']);
  expect(code).toBe(2);
  expect(stderr).toContain('/nowhere/drill.html cannot be written: ENOENT');
});

test('words that are refused leave no page, and one that is there as it was', () => {
  const folder = mkdtempSync(join(tmpdir(), 'steadystate-test-'));
  try {
    const there = join(folder, 'there.html');
    writeFileSync(there, 'mine');
    for (const page of [join(folder, 'new.html'), there]) {
      expect(run('drill', ['nosuch', `html=${page}`]).code).toBe(2);
    }
    expect(readdirSync(folder)).toEqual(['there.html']);
    expect(readFileSync(there, 'utf8')).toBe('mine');
    // Accepted words whose drill cannot be: the page was tried, and is gone again.
    expect(run('drill', ['url=http://127.0.0.1:9', `html=${join(folder, 'new.html')}`]).code).toBe(3);
    expect(readdirSync(folder)).toEqual(['there.html']);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('only pairs that cannot apply: exit code 3', () => {
  const { code, stdout } = run('drill', ['single-zone', 'redis-outage']);
  expect(code).toBe(3);
  expect(stdout).toContain('Not assessed: none of 1 run could be drilled.');
});
