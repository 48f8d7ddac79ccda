import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import manifest from '../../package.json';
import { root } from '../support/commands/command';

test.each(
  Object.keys(manifest.scripts).filter((name) => !/^(pre|fix)/.test(name)),
)('npm run %s in a clone without packages names the command that helps', (name) => {
  const clone = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-clone-'));
  try {
    fs.copyFileSync(path.join(root, 'package.json'), path.join(clone, 'package.json'));
    fs.mkdirSync(path.join(clone, 'commands'));
    for (const file of ['installed.cjs', 'typescript.cjs'])
      fs.copyFileSync(path.join(root, 'commands', file), path.join(clone, 'commands', file));
    const { status, stderr } = spawnSync('npm', ['run', '--silent', name], {
      cwd: clone,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    expect(stderr).toBe('error: The packages are not installed. Run npm ci, then the same again.\n');
    expect(status).toBe(2);
  } finally {
    fs.rmSync(clone, { recursive: true, force: true });
  }
});
