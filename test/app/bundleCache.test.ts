import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { bundleApp } from '../../app/bundle';

let root: string;
beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-bundle-'));
  write('app/start.ts', "import { word } from './word';\nimport { other } from 'other';\nconsole.log(word, other);\n");
  write('app/word.ts', "export const word = 'first';\n");
  write('node_modules/other/package.json', '{ "name": "other", "version": "1.0.0", "license": "MIT" }');
  write('node_modules/other/index.js', "exports.other = 'one';\n");
  write('node_modules/other/LICENSE', 'As you like.');
});
afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

function write(name: string, text: string): void {
  const file = path.join(root, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
}

async function bundled() {
  const file = path.join(root, 'out', 'shop.js');
  fs.rmSync(file, { force: true });
  const bundle = await bundleApp(file, path.join(root, 'app'));
  return { text: fs.readFileSync(file, 'utf8'), notices: bundle.notices() };
}

const folder = () => path.join(root, 'node_modules', '.cache', 'steadystate');
function keptFile(ending: string): string {
  const found = fs.readdirSync(folder()).find((name) => name.endsWith(ending));
  return path.join(folder(), found as string);
}

/** Puts a mark into the kept bundle, so that its use is seen. */
function mark(): void {
  const text = fs.readFileSync(keptFile('.js'), 'utf8').replace('first', 'KEPT!');
  fs.writeFileSync(keptFile('.js'), text);
  const record = JSON.parse(fs.readFileSync(keptFile('.json'), 'utf8'));
  const bundle = createHash('sha256').update(text).digest('hex');
  fs.writeFileSync(keptFile('.json'), JSON.stringify({ ...record, bundle }));
}

test('is used while nothing changed, with the same notices', async () => {
  const { text, notices } = await bundled();
  expect(text).toContain('first');
  expect(notices).toContain('As you like.');
  mark();
  expect(await bundled()).toEqual({ text: text.replace('first', 'KEPT!'), notices });
});

test.each<[string, () => void, string]>([
  ['a source that changed', () => write('app/word.ts', "export const word = 'again';\n"), 'again'],
  ['a new file that is found before another', () => write('app/word.tsx', "export const word = 'other';\n"), 'other'],
  [
    'a package of the same length and age',
    () => {
      const file = path.join(root, 'node_modules/other/index.js');
      const { atime, mtime } = fs.statSync(file);
      fs.writeFileSync(file, "exports.other = 'two';\n");
      fs.utimesSync(file, atime, mtime);
    },
    'two',
  ],
  ['another set of packages', () => write('node_modules/.package-lock.json', '{}'), 'first'],
  ['a kept bundle that was cut short', () => fs.truncateSync(keptFile('.js'), 10), 'first'],
  ['a record that was cut short', () => fs.truncateSync(keptFile('.json'), 10), 'first'],
])('is made again after %s', async (_, change, expected) => {
  await bundled();
  mark();
  change();
  const { text } = await bundled();
  expect(text).not.toContain('KEPT!');
  expect(text).toContain(expected);
});

test('a folder for it that cannot be made costs time alone', async () => {
  write('node_modules/.cache', 'a file');
  expect((await bundled()).text).toContain('first');
});

test('where it is to go being a folder is an error', async () => {
  await bundled();
  fs.rmSync(path.join(root, 'out', 'shop.js'));
  fs.mkdirSync(path.join(root, 'out', 'shop.js'));
  await expect(bundleApp(path.join(root, 'out', 'shop.js'), path.join(root, 'app'))).rejects.toThrow('shop.js');
});
