import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkStart } from '../../commands/work/drillStart';
import type { DrillResult } from '../../drill/drill';
import { run } from '../support/commands/command';
import { withOneInstance } from '../support/drill/declared';

jest.setTimeout(300_000);

let terraform: string;
let singleZone: string;
beforeAll(() => {
  terraform = mkdtempSync(join(tmpdir(), 'steadystate-test-'));
  singleZone = withOneInstance('single-zone', terraform);
});
afterAll(() => rmSync(terraform, { recursive: true, force: true }));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'steadystate-test-'));
  writeFileSync(join(folder, 'there.html'), 'mine');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** No page was made, and one that was there is as it was. */
function expectNoPage(): void {
  expect(readdirSync(folder)).toEqual(['there.html']);
  expect(readFileSync(join(folder, 'there.html'), 'utf8')).toBe('mine');
}

test.each([
  ['new.html', ['single-zone', 'earthquake'], 'a variant (single-zone, ', '"earthquake"'],
  ['there.html', ['seed=-1'], '`--seed` must be a whole number from 0 to 999999999', '"-1"'],
  ['there.html', ['url=ftp://127.0.0.1'], '`--url` must be an http:// or https:// address without a password', 'ftp:'],
  [
    'new.html',
    ['url=http://127.0.0.1:9', 'rate=1', 'seconds=10'],
    '`--seconds` must be at least 157 at 1 requests a second',
    'got: 10. Or raise --rate to 16.',
  ],
  // An address that is not this machine is asked only after it was confirmed.
  ['new.html', ['url=https://shop.example.com'], 'shop.example.com is not this machine.', '--mine'],
])('with %s: refuses %j with exit code 2, says what it takes, and leaves no page', (page, words, rule, got) => {
  const { code, stdout, stderr } = run('drill', [...words, `html=${join(folder, page)}`]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(rule);
  expect(stderr).toContain(got);
  expectNoPage();
});

test.each([
  ['a folder that does not exist', (there: string) => join(there, 'nowhere', 'drill.html'), 'ENOENT'],
  ['a folder', (there: string) => there, 'EISDIR'],
  [
    'a link that leads nowhere',
    (there: string) => {
      symlinkSync(join(there, 'nowhere.html'), join(there, 'link.html'));
      return join(there, 'link.html');
    },
    'a link to a file that does not exist',
  ],
])('a page that cannot be written, %s, is bad input before anything is started', (_what, make, why) => {
  const page = make(folder);
  const before = readdirSync(folder);
  const { code, stdout, stderr } = run('drill', [`html=${page}`, singleZone, 'none']);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toBe(`error: ${page} cannot be written: ${why}. Give another path.\n`);
  expect(readdirSync(folder)).toEqual(before);
});

test('an address where nobody answers ends with exit code 3, and the page that was tried is gone again', () => {
  const { code, stderr } = run('drill', ['url=http://127.0.0.1:9', `html=${join(folder, 'new.html')}`]);
  expect(code).toBe(3);
  expect(stderr).toContain('the drill could not assess');
  expectNoPage();
});

test('plain words do what options do: JSON on stdout, and a page beside it', () => {
  const page = join(folder, 'drill.html');
  const { code, stdout } = run('drill', [singleZone, 'none', 'json', 'seed=3', `html=${page}`]);
  expect(code).toBe(0);
  const { seed, runs } = JSON.parse(stdout) as DrillResult;
  expect({ seed, runs }).toMatchObject({ seed: 3, runs: [{ variant: singleZone, fault: 'none', met: true }] });
  expect(readFileSync(page, 'utf8')).toMatch(/<h1>No cart was lost in .* while nothing broke\.<\/h1>/);
});

test('only pairs that cannot apply: exit code 3, and a page that says so', () => {
  const page = join(folder, 'there.html');
  const { code, stdout } = run('drill', [singleZone, 'redis-outage', `html=${page}`]);
  expect(code).toBe(3);
  expect(stdout).toContain('Not assessed: none of 1 run could be drilled.');
  expect(readFileSync(page, 'utf8')).toContain('<h1>Not assessed: none of 1 run');
});

test('a path takes facts as a variant takes overrides, and the result says what was stated', () => {
  const word = `${singleZone},sessions=cookie,appService=off`;
  const { code, stdout } = run('drill', [word, 'none', 'json']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    runs: [{ variant: word, cartsLost: 0, met: true }],
    assumed: [`${word}: sessions=cookie, appService=off`],
  });
});

test.each([
  [['assume=sessions=floppy'], '`sessions` must be in-process, redis, redis-geo, cookie, got: "floppy"'],
  [['assume=sessions=redis'], '--assume sessions: the Terraform says it already.'],
])('%j is bad input: it says what it takes', (words, why) => {
  const { code, stdout, stderr } = run('drill', [singleZone, 'none', ...words]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(why);
});

const typed = (options: Readonly<Record<string, unknown>>): void =>
  checkStart(options as never, (name) => Object.hasOwn(options, name));
const url = 'http://127.0.0.1:3000';
const target = 'azure-load-testing';

test.each<[Readonly<Record<string, unknown>>, string]>([
  [{ seeds: 5, url }, '--seeds changes nothing with --url: it belongs to a drill on this machine. Leave it out.'],
  [{ rate: 5 }, '--rate changes nothing in a drill on this machine: it belongs to --url. Leave it out.'],
  [{ watch: '1m' }, '--watch changes nothing in a drill on this machine: it belongs to --url, --export. Leave it out.'],
  [{ ledgerSecret: 'x' }, '--ledger-secret changes nothing in a drill on this machine: it belongs to --export.'],
  [{ shoppers: 9, collect: 'logs' }, '--shoppers changes nothing with --collect: it belongs to'],
  [{ seed: 2, checkOracle: true }, '--seed changes nothing with --check-oracle: it belongs to'],
  [{ seconds: 60, watch: '2m', url }, '--seconds and --watch both say how long to ask --url. Leave one out.'],
  [{ export: target, collect: 'logs' }, '--export and --collect exclude each other. Leave one out.'],
  [{ collect: 'logs', url }, '--collect and --url exclude each other. Leave one out.'],
  [{ app: 'node x', url }, '--app starts your app on this machine, and --url starts nothing. Leave one out.'],
  [{ app: ' ' }, '`--app` must be the command that starts your app, got: " ".'],
  [{ export: target, json: true }, '--export writes no report: leave --json out, and give them with --collect.'],
])('an option that would change nothing is refused: %j', (options, message) => {
  expect(() => typed(options)).toThrow(message);
});

test.each<[Readonly<Record<string, unknown>>]>([
  [{}],
  [{ all: true, seeds: 5, seed: 2, shoppers: 9, assume: ['sessions=redis'], app: 'node x' }],
  [{ url, seed: 2, shoppers: 9, mine: true, rate: 5, watch: '2m' }],
  [{ export: target, url, seed: 2, shoppers: 9, watch: '2m', out: 'there', ledgerSecret: 'x' }],
  [{ collect: 'logs', assume: ['sessions=redis'], json: true }],
  [{ checkOracle: true, all: true, json: true }],
])('options that belong together are taken: %j', (options) => {
  expect(() => typed(options)).not.toThrow();
});
