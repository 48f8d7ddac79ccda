import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let folder: string;
let file: string;
let cache: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'steadystate-test-'));
  file = join(folder, 'program.cjs');
  cache = join(folder, 'cache');
  writeFileSync(join(folder, 'beside.cjs'), "module.exports = 'beside';");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const starter = join(__dirname, '..', '..', '..', 'drill', 'fleet', 'starter.cjs');
const node = (...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return { status, stdout, stderr };
};

test('a program runs as under node: what it is called, what it requires, how it ends', () => {
  writeFileSync(
    file,
    `console.log([process.argv, __filename, __dirname, require('./beside.cjs'), module.exports === exports, this === exports]);
    process.exitCode = 3;`,
  );
  expect(node(starter, file, cache)).toEqual(node(file));
});

test('a program that throws tells where', () => {
  writeFileSync(file, "\nthrow new Error('no luck today');");
  const { status, stderr } = node(starter, file, cache);
  expect([status, stderr]).toEqual([1, expect.stringContaining(`${file}:2`)]);
  expect(stderr).toContain('no luck today');
});

test('what was compiled is kept, used as it is, and a cache that does not fit is no harm', () => {
  writeFileSync(file, 'setTimeout(() => console.log(21 * 2), 600);');
  const runs = () => node(starter, file, cache);
  const fine = { status: 0, stdout: '42\n', stderr: '' };
  expect(runs()).toEqual(fine);
  const kept = readFileSync(cache);
  expect(kept.length).toBeGreaterThan(0);
  expect(existsSync(`${cache}.new`)).toBe(false);
  expect(runs()).toEqual(fine);
  expect(readFileSync(cache).equals(kept)).toBe(true);
  writeFileSync(cache, 'no code at all');
  expect(runs()).toEqual(fine);
});
