import { createHash } from 'node:crypto';
import { posix, win32 } from 'node:path';
import type { Finding } from '../../findings';
import type { Place } from './places';

/**
 * What stays the same when lines move: the rule, the resource, the deployment and the file. A second finding of one rule at
 * one resource has the next number, so that no two are the same.
 *
 * @returns for one document; ask it once for each finding, in their order
 */
export function fingerprints(): (finding: Finding, deployment: string, place: Place) => string {
  const seen = new Map<string, number>();
  return ({ rule, resource }, deployment, { path }) => {
    const hash = createHash('sha256')
      .update([rule, resource, spelled(deployment), path].join('\n'))
      .digest('hex')
      .slice(0, 16);
    const count = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, count);
    return `${hash}:${count}`;
  };
}

/** However a pipeline spells the path: each agent may have another folder, so of an absolute path only the file counts. */
function spelled(deployment: string): string {
  const read = posix.normalize(deployment).replace(/\/$/, '');
  return posix.isAbsolute(read) || win32.isAbsolute(read) ? win32.basename(read) : read;
}
