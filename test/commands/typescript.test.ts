import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from '../support/commands/command';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-typescript-'));
const cache = path.join(folder, 'node_modules', '.cache', 'steadystate');
beforeAll(() => {
  for (const name of ['commands', 'node_modules']) fs.mkdirSync(path.join(folder, name));
  for (const name of ['typescript.cjs', 'installed.cjs', 'nodeVersion.cjs'])
    fs.copyFileSync(path.join(root, 'commands', name), path.join(folder, 'commands', name));
  fs.symlinkSync(path.join(root, 'node_modules', 'sucrase'), path.join(folder, 'node_modules', 'sucrase'), 'junction');
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Runs a program whose only module says a word. */
function says(): string {
  fs.writeFileSync(
    path.join(folder, 'main.ts'),
    "import { word } from './word';\nconsole.log(word satisfies string);\n",
  );
  const { stdout, stderr } = spawnSync(process.execPath, ['-r', './commands/typescript.cjs', 'main.ts'], {
    cwd: folder,
    encoding: 'utf8',
  });
  return stdout + stderr;
}

const word = (text: string) =>
  fs.writeFileSync(path.join(folder, 'word.ts'), `export const word: string = '${text}';\n`);

test('a kept module is used again, and not once its source has changed', () => {
  word('first');
  expect(says()).toBe('first\n');
  const kept = fs.readdirSync(cache);
  expect(kept).toHaveLength(2);
  for (const name of kept) {
    const file = path.join(cache, name);
    fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace("'first'", "'kept'"));
  }
  expect(says()).toBe('kept\n');
  word('second');
  expect(says()).toBe('second\n');
  expect(fs.readdirSync(cache).sort()).toEqual(kept.sort());
});

test('a module that was cut short is made again', () => {
  word('whole');
  says();
  for (const name of fs.readdirSync(cache)) fs.truncateSync(path.join(cache, name), 40);
  expect(says()).toBe('whole\n');
});

test('without a folder to keep them in, modules are still loaded', () => {
  word('unkept');
  fs.rmSync(path.join(folder, 'node_modules', '.cache'), { recursive: true });
  fs.writeFileSync(path.join(folder, 'node_modules', '.cache'), '');
  expect(says()).toBe('unkept\n');
});

test('an error names the line of the source', () => {
  fs.writeFileSync(
    path.join(folder, 'word.ts'),
    "type A = string;\n\nexport const word: A = '';\nthrow new Error('here');\n",
  );
  expect(says()).toContain('word.ts:4');
});
