import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { command as review } from '../../commands/review';
import { rulesWith } from '../../commands/teamRules';
import { rules as ours } from '../../review/rules';
import { root } from '../support/commands/command';
import { runHere } from '../support/commands/inProcess';

const plan = path.join(root, 'test/architecture/plans/landing/plan.json');

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-rules-'));
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

let folders = 0;
function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = path.join(scratch, `${folders++}`);
  fs.mkdirSync(folder);
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), text);
  return folder;
}

/** The text of a module with one rule, some of whose members are others. */
const ruleWith = (members: Readonly<Record<string, string>> = {}) => {
  const all = {
    id: "'team-names'",
    title: "'Name each app'",
    severity: "'warning'",
    pillar: "'operational-excellence'",
    why: "'Names are read.'",
    source: "'https://example.com/names'",
    check:
      "({ regions }) => regions.map(({ app }) => ({ kind: 'finding', resource: app.address, message: 'The name is bad.', fix: 'Take another.' }))",
    ...members,
  };
  return `module.exports = { ${Object.entries(all)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ')} };\n`;
};

test('a finding of it is in every format, with its own id', async () => {
  const rules = folderWith({
    'names.cjs': ruleWith(),
    'names.test.cjs': 'throw new Error("a test is no rule")',
    '_shared.cjs': 'throw new Error("nor is this")',
  });
  const out = path.join(scratch, 'out');
  fs.mkdirSync(out);
  const also = ['json', 'sarif', 'junit', 'markdown', 'annotations'].flatMap((format) => [
    '--also',
    `${format}=${path.join(out, format)}`,
  ]);
  const { code, stdout } = await runHere(review, [plan, '--no-config', '--rules', rules, ...also]);
  expect(code).toBe(0);
  expect(stdout).toContain(`checked against ${ours.length + 1} rules`);
  const read = (name: string) => fs.readFileSync(path.join(out, name), 'utf8');
  for (const format of ['json', 'junit', 'markdown', 'annotations']) expect(read(format)).toContain('team-names');
  const [log] = JSON.parse(read('sarif')).runs;
  const index = log.tool.driver.rules.findIndex(({ id }: { id: string }) => id === 'team-names');
  expect(log.tool.driver.rules[index]).toMatchObject({
    shortDescription: { text: 'Name each app' },
    helpUri: 'https://example.com/names',
  });
  expect(log.results.some((one: { ruleIndex: number }) => one.ruleIndex === index)).toBe(true);
});

test('it is accepted, filtered and made softer as any other', async () => {
  const rules = folderWith({ 'names.cjs': ruleWith({ severity: "'error'" }) });
  const settings = path.join(rules, 'review.json');
  const accepted = { rule: 'team-names', resource: '*', reason: 'they are renamed in spring' };
  fs.writeFileSync(settings, JSON.stringify({ suppressions: [accepted] }));
  const found = async (...words: string[]) => {
    const { stdout } = await runHere(review, [plan, '--no-config', '--rules', rules, '--json', ...words]);
    const { findings } = JSON.parse(stdout).variants[0];
    const [one] = findings.filter(({ rule }: { rule: string }) => rule === 'team-names');
    return one && `${one.severity}${one.suppressed ? ' suppressed' : ''}`;
  };
  expect(await found()).toBe('error');
  expect(await found('--settings', settings)).toBe('error suppressed');
  expect(await found('--severity', 'team-names=warning')).toBe('warning');
  expect(await found('--pillar', 'security')).toBeUndefined();
});

test('a file may export several, by name or in a list', async () => {
  const named = ruleWith().replace('module.exports =', 'const one =');
  const several = `${named}exports.first = one;\nexports.more = [{ ...one, id: 'team-second' }];\nexports.limit = 3;\n`;
  const all = await rulesWith(folderWith({ 'several.cjs': several }));
  expect(all.slice(ours.length).map(({ id }) => id)).toEqual(['team-names', 'team-second']);
});

test('without a folder there are ours alone', async () => expect(await rulesWith(undefined)).toBe(ours));

test.each<[string, Record<string, string>, string]>([
  ['nothing in the folder', { 'names.test.cjs': '' }, 'holds no rule: no .js, .cjs, .mjs or .ts file.'],
  ['no rule in the file', { 'a.cjs': 'exports.limit = 3;' }, 'a.cjs exports no rule. A rule is { id, title,'],
  ['what cannot be loaded', { 'a.cjs': 'not JavaScript' }, 'a.cjs cannot be read: '],
  ['a member that is missing', { 'a.cjs': ruleWith({ check: '' }) }, 'a.cjs: check must be a function.'],
  ['a member that is misspelled', { 'a.cjs': ruleWith({ fix: "'x'" }) }, 'a key that it must not have: fix.'],
  [
    'another severity',
    { 'a.cjs': ruleWith({ severity: "'note'" }) },
    'severity must be error or warning, got: "note".',
  ],
  ['a source that is no address', { 'a.cjs': ruleWith({ source: "'the wiki'" }) }, 'source must be an address'],
  ['an id that cannot be', { 'a.cjs': ruleWith({ id: "'Team Names'" }) }, 'id must be words of small letters'],
  ['an id of ours', { 'a.cjs': ruleWith({ id: "'plain-http'" }) }, 'plain-http is taken by a rule of Steadystate.'],
  [
    'an id of ours that is gone',
    { 'a.cjs': ruleWith({ id: "'health-check-redirects'" }) },
    'health-check-redirects is taken by a rule of Steadystate.',
  ],
  ['one id twice', { 'a.cjs': ruleWith(), 'b.cjs': ruleWith() }, 'b.cjs: the id team-names is taken by a rule of '],
])('%s is one error', async (_, files, message) => {
  const { code, stdout, stderr } = await runHere(review, [plan, '--no-config', '--rules', folderWith(files)]);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^error: .*\n$/);
  expect(stderr).toContain(message);
});

test.each([
  ['throws', '() => { throw new TypeError("tags is undefined"); }', 'TypeError: tags is undefined'],
  ['gives no list', '() => undefined', 'its answer must be a list, got: nothing'],
  ['waits', 'async () => []', 'its answer must be a list, got: an object'],
  ['gives none', '() => []', 'it gave no answer.'],
  [
    'gives another answer',
    "() => [{ kind: 'fine', resource: 'a' }]",
    'answer 0.kind must be compliant, finding, not applicable or cannot tell',
  ],
  [
    'gives half an answer',
    "() => [{ kind: 'finding', resource: 'a', message: 'bad' }]",
    'answer 0.fix must be a string',
  ],
])('a rule that %s is one error, and no pass', async (_, check, message) => {
  const rules = folderWith({ 'names.cjs': ruleWith({ check }) });
  const { code, stdout, stderr } = await runHere(review, [plan, '--no-config', '--rules', rules, '--gate']);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(`names.cjs: the rule team-names failed on ${plan}: ${message}`);
});
