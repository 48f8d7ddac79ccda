import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { bundleApp } from '../../app/bundle';
import { fingerprintOf, folderOf, refresh } from '../support/keptFiles';

const folder = folderOf('steadystate');

let asked: Promise<string> | undefined;

/** The shop as one file, bundled once for every test run in which its sources are the same. */
export function bundledShop(): Promise<string> {
  // Rehearsals that are played side by side ask at once.
  asked ??= bundled();
  return asked;
}

async function bundled(): Promise<string> {
  const file = join(folder, `${fingerprintOf(['app'])}.cjs`);
  if (existsSync(file)) return file;
  refresh(folder);
  // Another worker may make it at the same time; neither must read half of the other's.
  const own = `${file}.${process.pid}`;
  await bundleApp(own);
  renameSync(own, file);
  return file;
}
