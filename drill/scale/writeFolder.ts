/** Writes a folder whole: a reader finds all files of it, or those that were there before. */

import { existsSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { InputError } from '../../inputError';

const fix = 'Give another folder with --out.';

/** @throws InputError for a folder that holds something else, or a place that cannot be one */
export function checkFolder(folder: string, names: Iterable<string>): void {
  const own = new Set(names);
  const there = lstatSync(folder, { throwIfNoEntry: false });
  if (there && !there.isDirectory()) throw new InputError(`${folder} is not a folder. ${fix}`);
  const others = there ? readdirSync(folder).filter((name) => !own.has(name)) : [];
  if (others.length > 0)
    throw new InputError(
      `${folder} holds ${others.slice(0, 3).join(', ')}${others.length > 3 ? ' and more' : ''}, which an export does not write and would remove. ${fix}`,
    );
}

/** @throws InputError if it cannot be written; what was there before is unchanged then */
export function writeFolder(folder: string, files: ReadonlyMap<string, string>): void {
  const target = resolve(folder);
  const beside = join(dirname(target), `.${basename(target)}.${process.pid}`);
  const [made, before] = [`${beside}.new`, `${beside}.old`];
  try {
    mkdirSync(dirname(target), { recursive: true });
    mkdirSync(made);
    for (const [name, text] of files) writeFileSync(join(made, name), text);
    if (existsSync(target)) renameSync(target, before);
    renameSync(made, target);
  } catch (error) {
    if (!existsSync(target) && existsSync(before)) renameSync(before, target);
    throw new InputError(
      `${folder} cannot be written: ${(error as NodeJS.ErrnoException).code ?? String(error)}. ${fix}`,
    );
  } finally {
    rmSync(made, { recursive: true, force: true });
    rmSync(before, { recursive: true, force: true });
  }
}
