import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { version } from '../package.json';
import type { Provenance } from '../report/provenance';

/**
 * Where a document that is made now comes from.
 *
 * @param inputs what was read, as it was given; a file is named by that path
 */
export const provenance = (inputs: readonly string[]): Provenance => ({
  date: `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC`,
  commit: commitOf(path.join(__dirname, '..')),
  versions: [`Steadystate ${version}`, `Node.js ${process.versions.node}`],
  inputs,
});

/** null: the folder is no checkout of its own, or there is no git. */
function commitOf(folder: string): string | null {
  const git = (...words: string[]) =>
    spawnSync('git', words, { cwd: folder, encoding: 'utf8', windowsHide: true, timeout: 5000 });
  const head = git('rev-parse', '--short=12', 'HEAD');
  if (head.status !== 0 || git('rev-parse', '--show-prefix').stdout?.trim() !== '') return null;
  const changed = git('status', '--porcelain', '--untracked-files=no');
  return `${head.stdout.trim()}${changed.status === 0 && changed.stdout.trim() !== '' ? ', with changes that are not committed' : ''}`;
}
