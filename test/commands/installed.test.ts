import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import manifest from '../../package.json';
import { root } from '../support/commands/command';

const { oldest, tooOld }: { oldest: number[]; tooOld(version: string): string | null } = jest.requireActual(
  '../../commands/nodeVersion.cjs',
);

/** Starts what a script starts, and npm itself, which takes longer, only where a script before it does the check. */
function started(name: string, cwd: string) {
  const scripts: Readonly<Record<string, string>> = manifest.scripts;
  const [node, ...words] = (scripts[name] ?? '').split(' && ')[0]?.split(' ') ?? [];
  if (node === 'node' && !(`pre${name}` in scripts))
    return spawnSync(process.execPath, words, { cwd, encoding: 'utf8' });
  return spawnSync('npm', ['run', '--silent', name], { cwd, encoding: 'utf8', shell: process.platform === 'win32' });
}

test.each(Object.keys(manifest.scripts).filter((name) => !/^(pre|fix)/.test(name)))(
  'npm run %s in a clone without packages names the command that helps',
  (name) => {
    const clone = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-clone-'));
    try {
      fs.copyFileSync(path.join(root, 'package.json'), path.join(clone, 'package.json'));
      fs.mkdirSync(path.join(clone, 'commands'));
      for (const file of ['installed.cjs', 'nodeVersion.cjs', 'typescript.cjs'])
        fs.copyFileSync(path.join(root, 'commands', file), path.join(clone, 'commands', file));
      const { status, stderr } = started(name, clone);
      expect(stderr).toBe('error: The packages are not installed. Run npm ci, then the same again.\n');
      expect(status).toBe(2);
    } finally {
      fs.rmSync(clone, { recursive: true, force: true });
    }
  },
);

test.each([
  ['20.9.0', null],
  ['20.20.2', null],
  ['24.0.0', null],
  ['20.8.1', 'Node 20.8.1 is too old. Install Node 20.9 or later, then run the same again.'],
  ['18.20.4', 'Node 18.20.4 is too old. Install Node 20.9 or later, then run the same again.'],
  ['9.11.2', 'Node 9.11.2 is too old. Install Node 20.9 or later, then run the same again.'],
])('Node %s is too old: %j', (version, why) => expect(tooOld(version)).toBe(why));

test('the oldest Node is the one that package.json asks for', () =>
  expect(manifest.engines.node).toBe(`>=${oldest.join('.')}.0`));
