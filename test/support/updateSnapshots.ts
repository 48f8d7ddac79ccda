import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { root } from './commands/command';
import { snapshotFiles, snapshotFolder } from './snapshots';

/**
 * `npm run snapshots`: writes every file that tests compare with, after a change that is meant: the Terraform of each
 * variant, the reports of review and drill, and the tables in the documents. Read the difference before you commit it.
 */
const known = /expectGolden|UPDATE_GOLDEN|rewrites|to(?:Match|ThrowErrorMatching)(?:Inline)?Snapshot/;

fs.mkdirSync(snapshotFolder, { recursive: true });
const terraform = snapshotFiles();
for (const name of fs.readdirSync(snapshotFolder))
  if (name.endsWith('.json') && !terraform.has(name)) fs.rmSync(path.join(snapshotFolder, name));
for (const [name, text] of terraform) fs.writeFileSync(path.join(snapshotFolder, name), text);

const tests = fs
  .readdirSync(path.join(root, 'test'), { recursive: true, encoding: 'utf8' })
  .map((file) => path.join(root, 'test', file))
  .filter((file) => file.endsWith('.test.ts') && known.test(fs.readFileSync(file, 'utf8')));
const jest = path.join(root, 'node_modules', 'jest', 'bin', 'jest.js');
const { status } = spawnSync(process.execPath, [jest, '--ci=false', '--updateSnapshot', '--runTestsByPath', ...tests], {
  cwd: root,
  env: { ...process.env, UPDATE_GOLDEN: '1' },
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
