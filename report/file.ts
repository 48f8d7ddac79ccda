import fs from 'node:fs';
import path from 'node:path';
import { InputError } from '../inputError';

/**
 * Writes beside the file and renames, so that a reader sees the old file or the new one and never half of one. A link
 * stays a link; a pipe or a device is written to.
 *
 * @param fix what to do when it cannot be written, one sentence
 * @throws InputError when it cannot be written; the old file is then unchanged
 */
export function writeWhole(file: string, text: string, fix: string): void {
  try {
    const old = fs.statSync(file, { throwIfNoEntry: false });
    if (old && !old.isFile()) {
      fs.writeFileSync(file, text);
      return;
    }
    const target = old ? fs.realpathSync(file) : file;
    const beside = path.join(path.dirname(target), `.${path.basename(target)}.${process.pid}.new`);
    try {
      fs.writeFileSync(beside, text, { mode: old ? old.mode & 0o777 : 0o666 });
      fs.renameSync(beside, target);
    } catch (error) {
      fs.rmSync(beside, { force: true });
      throw error;
    }
  } catch (error) {
    throw notWritable(file, reasonOf(error), fix);
  }
}

/**
 * Whether a file can be written, before minutes are spent on what goes into it. Changes nothing.
 *
 * @throws InputError when it cannot be
 */
export function checkWritable(file: string, fix: string): void {
  const isNew = !fs.existsSync(file);
  // Opening one would make what it leads to, and removing that again would remove the link.
  if (isNew && fs.lstatSync(file, { throwIfNoEntry: false }))
    throw notWritable(file, 'a link to a file that does not exist', fix);
  try {
    fs.closeSync(fs.openSync(file, 'a'));
    if (isNew) fs.rmSync(file);
  } catch (error) {
    throw notWritable(file, reasonOf(error), fix);
  }
}

const reasonOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? String(error);

const notWritable = (file: string, why: string, fix: string) =>
  new InputError(`${file} cannot be written: ${why}. ${fix}`);
