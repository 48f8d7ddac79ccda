import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findConfig } from '../../commands/config/file';
import { readsTypeScript } from '../../commands/config/load';
import { command as drill } from '../../commands/drill';
import { command as review } from '../../commands/review';
import { root } from '../support/commands/command';
import { runHere } from '../support/commands/inProcess';

const plan = path.join(root, 'test/architecture/plans/landing/plan.json');

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-config-'));
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

let folders = 0;
/** A folder with these files, named by their paths in it. */
function folderWith(files: Readonly<Record<string, unknown>>): string {
  const folder = path.join(scratch, `${folders++}`);
  fs.mkdirSync(folder);
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
}

const configOf = (content: unknown) =>
  path.join(folderWith({ 'steadystate.config.json': content }), 'steadystate.config.json');

/** Reviews the plan with a config file. */
const reviewWith = (content: unknown, words: readonly string[] = []) =>
  runHere(review, [plan, '--config', configOf(content), ...words]);

interface Printed {
  readonly variants: readonly { readonly findings: readonly { readonly rule: string; readonly severity: string }[] }[];
}

const severitiesIn = (stdout: string) =>
  new Map((JSON.parse(stdout) as Printed).variants[0]?.findings.map(({ rule, severity }) => [rule, severity]));

describe('which file holds', () => {
  test('the nearest one of the folders above, up to the root of the repository', () => {
    const folder = folderWith({
      'steadystate.config.json': '{}',
      'repository/.git/HEAD': '',
      'repository/infra/prod/main.tf': '',
      'other/infra/main.tf': '',
    });
    expect(findConfig(path.join(folder, 'other/infra'))).toBe(path.join(folder, 'steadystate.config.json'));
    expect(findConfig(path.join(folder, 'repository/infra/prod'))).toBeNull();
    fs.writeFileSync(path.join(folder, 'repository/steadystate.config.mjs'), '');
    expect(findConfig(path.join(folder, 'repository/infra/prod'))).toBe(
      path.join(folder, 'repository/steadystate.config.mjs'),
    );
  });

  test('two in one folder are refused', () => {
    const folder = folderWith({ 'steadystate.config.json': '{}', 'steadystate.config.cjs': '' });
    expect(() => findConfig(folder)).toThrow(
      'has steadystate.config.json and steadystate.config.cjs. Keep one of them',
    );
  });
});

describe('what it says', () => {
  test('a gate fails the review, and --no-config leaves it out', async () => {
    expect((await reviewWith({ gate: true })).code).toBe(1);
    expect((await reviewWith({ review: { gate: true } })).code).toBe(1);
    expect((await reviewWith({ gate: true, review: { gate: false } })).code).toBe(0);
    expect((await runHere(review, [plan, '--no-config'])).code).toBe(0);
  });

  test('a rule that may fail is a warning, and the gate passes it', async () => {
    const soft = Object.fromEntries(
      ['health-check', 'plain-http', 'old-tls', 'public-data-service', 'secret-in-settings', 'alerts'].map((rule) => [
        rule,
        rule === 'alerts' ? 'off' : 'warning',
      ]),
    );
    const { code, stdout, stderr } = await reviewWith({ gate: true, severities: soft }, ['--json']);
    // What rules cannot tell is left, and no error.
    expect([code, stderr.includes('failed:')]).toEqual([3, false]);
    const severities = severitiesIn(stdout);
    expect([severities.get('plain-http'), severities.get('alerts')]).toEqual(['warning', undefined]);
  });

  test('what is beside the Terraform comes before it, and what is typed before both', async () => {
    const beside = path.join(folderWith({ 'review.json': { severities: { 'plain-http': 'warning' } } }), 'review.json');
    const config = { severities: { 'plain-http': 'off', 'old-tls': 'off' } };
    const read = async (...words: string[]) => severitiesIn((await reviewWith(config, ['--json', ...words])).stdout);
    expect((await read()).has('plain-http')).toBe(false);
    const nearer = await read('--settings', beside);
    expect([nearer.get('plain-http'), nearer.has('old-tls')]).toEqual(['warning', false]);
    const typed = await read('--settings', beside, '--severity', 'plain-http=error', '--severity', 'old-tls=warning');
    expect([typed.get('plain-http'), typed.get('old-tls')]).toEqual(['error', 'warning']);
  });

  test('paths are relative to its folder, and several formats are written by one run', async () => {
    const folder = folderWith({
      'steadystate.config.json': {
        usage: 'money/usage.yml',
        review: { also: { sarif: 'out.sarif', junit: 'out.xml', json: 'out.json' } },
      },
      'money/usage.yml': 'version: 0.1\nresource_usage:\n  azurerm_nothing.here:\n    monthly_requests: 5\n',
    });
    const { code, stdout, stderr } = await runHere(review, [
      plan,
      '--config',
      path.join(folder, 'steadystate.config.json'),
    ]);
    expect(code).toBe(0);
    expect(stdout).toContain('1 variant checked against');
    expect(stderr).toContain('no price of this use is kept here: azurerm_nothing.here.monthly_requests');
    const read = (name: string) => fs.readFileSync(path.join(folder, name), 'utf8');
    expect(JSON.parse(read('out.sarif')).version).toBe('2.1.0');
    expect(read('out.xml')).toContain('<testsuites');
    expect(severitiesIn(read('out.json')).get('plain-http')).toBe('error');
  });

  test('what is typed wins', async () => {
    const { code, stdout } = await reviewWith({ pillar: ['security'], review: { also: { json: 'other.json' } } }, [
      '--json',
      '--pillar',
      'reliability',
    ]);
    expect([code, severitiesIn(stdout).has('plain-http'), severitiesIn(stdout).has('single-instance')]).toEqual([
      0,
      false,
      true,
    ]);
  });

  test('a rise that may be is for runs that are compared', async () =>
    expect((await reviewWith({ gate: true, maxIncrease: 50 })).stderr).not.toContain('--max-increase'));
});

test.each([
  ['{', 'cannot be read: '],
  ['[]', 'must hold an object of options, got: a list'],
  [{ gaet: true }, '`FILE: key` must be one of environment, rules, severities,'],
  [{ html: 'page.html' }, 'html belongs to one command. Write it in a section: { "review": { "html": … } }.'],
  [{ review: true }, '`FILE: review` must be an object of its options, got: true.'],
  [{ review: { sead: 1 } }, '`FILE: review` must be an object with some of environment, html,'],
  [{ review: { json: true } }, 'got: "json"'],
  [{ gate: 'yes' }, '`FILE: gate` must be true or false, got: "yes".'],
  [{ usage: ['a'] }, '`FILE: usage` must be a string or a number, got: ["a"].'],
  [{ pillar: 'safety' }, '`FILE: pillar` must be one of reliability, security,'],
  [{ requests: 'many' }, 'FILE: requests: `--requests` must be a whole number, 0 or more, got: "many".'],
  [{ severities: ['alerts'] }, '`FILE: severities` must be an object of strings'],
  [
    { severities: { alerts: 'soft' } },
    'FILE: severities: `severity of alerts` must be error or warning or off, got: "soft".',
  ],
  [{ severities: { 'no-such-rule': 'off' } }, 'FILE: there is no rule no-such-rule.'],
  [
    { review: { also: { pdf: 'a.pdf' } } },
    'FILE: review.also: `--also` must be one of text, markdown, json, sarif, junit,',
  ],
  [{ rules: 'nowhere' }, 'nowhere is no folder.'],
  [{ prices: 'nowhere.json' }, 'nowhere.json'],
])('%j is one error', async (content, message) => {
  const file = configOf(content);
  const { code, stdout, stderr } = await runHere(review, [plan, '--config', file]);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^error: .*\n$/);
  expect(stderr).toContain(message.replace('FILE', file));
});

test.each([
  ['nowhere.json', 'nowhere.json is no file.'],
  ['nowhere.yml', '`--config` must be a file that ends in .json, .js, .cjs, .mjs, .ts, got: "nowhere.yml".'],
])('--config %s is one error', async (file, message) => {
  const { code, stderr } = await runHere(review, [plan, '--config', file]);
  expect(code).toBe(2);
  expect(stderr).toContain(`error: ${message}`);
});

test('a number of the drill that cannot be is refused with the file that has it', async () => {
  const file = configOf({ drill: { seed: 'x' } });
  expect(await runHere(drill, ['single-zone', '--config', file])).toEqual({
    code: 2,
    stdout: '',
    stderr: `error: ${file}: drill.seed: \`--seed\` must be a whole number from 0 to 999999999, got: "x". Leave it out for the default.\n`,
  });
});

test('two options that name one file are refused before anything is written', async () => {
  const file = path.join(scratch, 'same.json');
  const { code, stderr } = await runHere(review, [plan, '--no-config', '--output', file, '--also', `json=${file}`]);
  expect([code, stderr]).toEqual([
    2,
    `error: --output and --also json both name ${file}. Give each a file of its own.\n`,
  ]);
  expect(fs.existsSync(file)).toBe(false);
});

test.each([
  ['Node 20', { '.js': 1 }, {}, false],
  ['Node 22 with --no-experimental-strip-types', { '.js': 1 }, { typescript: false }, false],
  ['a Node that removes types and does not list the ending, as 24.22', { '.js': 1 }, { typescript: 'strip' }, true],
  ['the loader of the sources', { '.js': 1, '.ts': 1 }, {}, true],
])('whether TypeScript is read by %s', (_, _extensions, features, reads) =>
  expect(readsTypeScript({ _extensions }, features)).toBe(reads),
);
