import fs from 'node:fs';
import path from 'node:path';
import { root } from './support/commands/command';

const skipped = new Set(['node_modules', '.git', 'cdktf.out', 'dist', 'state']);

/** Every file of the repository, as a path from its root with `/`. Folders that git ignores are left out. */
function filesIn(folder: string): string[] {
  return fs.readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (skipped.has(entry.name)) return [];
    return entry.isDirectory() ? filesIn(name) : [name];
  });
}

const files = filesIn('');
const code = files.filter((name) => /\.([cm]?[jt]s)$/.test(name));
const read = (name: string): string => fs.readFileSync(path.join(root, name), 'utf8');

/** Names that another program prescribes. */
const prescribed = ['jest.config.js'];

test('files of code are named in camelCase', () => {
  expect(code.length).toBeGreaterThan(500);
  const isCamelCase = (name: string) => /^[a-z][A-Za-z0-9]*(\.test|\.d)?\.(ts|cjs)$/.test(path.posix.basename(name));
  expect(code.filter((name) => !isCamelCase(name) && !prescribed.includes(name))).toEqual([]);
});

test('no file or folder is a collection of leftovers', () => {
  const leftovers = /(^|\/)(utils?|helpers?|misc|common|lib)(\/|\.|$)/i;
  expect(code.filter((name) => leftovers.test(name))).toEqual([]);
});

test('no file of code has more than 400 lines', () => {
  expect(code.filter((name) => read(name).split('\n').length > 401)).toEqual([]);
});

test('a file of TypeScript begins with a comment on what it is for, or with its imports or declarations', () => {
  const opening = /^(\/\*\*|import |export |const |interface |type )/;
  expect(code.filter((name) => name.endsWith('.ts') && !opening.test(read(name)))).toEqual([]);
});

/** These say what they are in other ways: a rule by its title and why, a command by its help, a test by its names. */
const saysItOtherwise = /^(review\/rules\/|commands\/|test\/.*\.test\.ts$)/;

test('every other file of TypeScript has a docstring', () => {
  const undocumented = (name: string) =>
    name.endsWith('.ts') && !saysItOtherwise.test(name) && !/\/\*\*/.test(read(name));
  expect(code.filter(undocumented)).toEqual([]);
});

test('each finding of the security scan that is accepted has its reason above it', () => {
  const lines = read('.checkov.yaml').split('\n');
  const accepted = lines.flatMap((line, at) =>
    /^ {2}- CKV/.test(line) ? [{ id: line.trim(), reason: lines[at - 1] ?? '' }] : [],
  );
  expect(accepted.length).toBeGreaterThan(10);
  expect(accepted.filter(({ reason }) => !/^ {2}# \S.{20,}\.$/.test(reason))).toEqual([]);
});
