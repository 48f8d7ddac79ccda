import fs from 'node:fs';
import path from 'node:path';
import { refuse } from '../inputError';

/** Moves the finished files into place: all are written beside their targets before the first target changes. */
export function publish(from: string, to: string, files: readonly string[]): void {
  const made: string[] = [];
  try {
    for (const file of files) {
      makeFolder(path.resolve(path.dirname(path.join(to, file))), made);
      const pending = path.join(to, `${file}.new`);
      // Opened before it is noted: a file that is in the way must not be removed as one of these.
      fs.closeSync(fs.openSync(pending, 'w'));
      made.push(pending);
      fs.copyFileSync(path.join(from, file), pending);
    }
    for (const file of files) fs.renameSync(path.join(to, `${file}.new`), path.join(to, file));
  } catch (error) {
    for (const path of made) fs.rmSync(path, { recursive: true, force: true });
    const { code } = error as NodeJS.ErrnoException;
    throw refuse(
      'output folder',
      'a folder that can be written',
      to,
      `The system says ${code ?? String(error)}. Choose another with --out, or remove what is in the way.`,
    );
  }
}

/**
 * Makes a folder and the missing ones above it, and notes them. Without `recursive`, with which Node hangs on a path such
 * as /proc.
 */
function makeFolder(folder: string, made: string[]): void {
  if (fs.existsSync(folder)) return;
  if (path.dirname(folder) !== folder) makeFolder(path.dirname(folder), made);
  fs.mkdirSync(folder);
  made.push(folder);
}

/** Removes the folders that an earlier synth left for variants that no longer exist, and nothing else. */
export function prune(folder: string, keep: (label: string) => boolean): void {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const stale =
      entry.isDirectory() && !keep(entry.name) && fs.existsSync(path.join(folder, entry.name, 'cdk.tf.json'));
    if (stale) fs.rmSync(path.join(folder, entry.name), { recursive: true, force: true });
  }
}
