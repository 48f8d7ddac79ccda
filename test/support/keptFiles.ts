/** Files that tests keep between runs in `node_modules/.cache`, for as long as what they are made from is the same. */

import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');
const oneDayMs = 86_400_000;

/** Of TypeScript files and folders of the project, and of the versions of its libraries. */
export function fingerprintOf(parts: readonly string[]): string {
  const hash = createHash('sha256');
  const sources = parts
    .flatMap((part) =>
      statSync(join(root, part)).isDirectory()
        ? readdirSync(join(root, part), { recursive: true, encoding: 'utf8' }).map((name) => join(part, name))
        : [part],
    )
    .filter((name) => name.endsWith('.ts'));
  for (const name of ['package-lock.json', ...sources.sort()])
    hash.update(`${name}\n`).update(readFileSync(join(root, name)));
  return hash.digest('hex').slice(0, 16);
}

/** Where a kind of them is kept. */
export const folderOf = (kind: string): string => join(root, 'node_modules', '.cache', kind);

/** Makes the folder, and removes what is in it and older than a day. */
export function refresh(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const old of readdirSync(folder).map((name) => join(folder, name)))
    try {
      if (Date.now() - statSync(old).mtimeMs > oneDayMs) rmSync(old, { force: true });
    } catch {
      // Another worker was faster.
    }
}
