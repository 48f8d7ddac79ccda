import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Hexadecimal digits of a package's hash: enough to distinguish packages, short enough to read aloud. */
const digits = 12;

/**
 * Names a package by the file that runs: the first twelve hexadecimal digits of its SHA-256.
 *
 * The app can work it out from its own file. So it reports what really runs, however it was deployed, and no setting
 * has to change with each deployment.
 */
export const packageHashOf = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex').slice(0, digits);

/** The hash of the file that this process was started with; undefined: it cannot be read. */
export function runningPackageHash(file: string | undefined = process.argv[1]): string | undefined {
  if (file === undefined) return undefined;
  try {
    return packageHashOf(readFileSync(file));
  } catch {
    return undefined;
  }
}
