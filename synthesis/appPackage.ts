import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { bundleApp } from '../app/bundle';
import { packageHashOf } from '../app/packageHash';
import { appFile } from '../stacks/app';
import { noticesFile } from '../stacks/region/packageFiles';

/** The app as it is deployed: one zip, the same bytes for the same sources on any machine. */
export interface AppPackage {
  /** First twelve hexadecimal digits of the SHA-256 of the file that runs, which the app works out by itself for `/healthz`. */
  readonly hash: string;
  readonly zip: Uint8Array;
}

/**
 * Bundles the app and zips it, with the notices of the packages that are in it.
 *
 * The time stamp in the zip is fixed (the format starts in 1980): a real one would give every synth another hash and
 * every apply a restart. The least compression: the most would save a fifteenth of the size and a third of the synth.
 */
export async function buildAppPackage(): Promise<AppPackage> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-package-'));
  try {
    const file = path.join(folder, appFile);
    const bundle = await bundleApp(file);
    const bytes = fs.readFileSync(file);
    const files = { [appFile]: bytes, [noticesFile]: strToU8(bundle.notices()) };
    const zip = zipSync(files, { level: 1, mtime: '1980-01-01T00:00:00' });
    return { zip, hash: packageHashOf(bytes) };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Stands for the hash where nothing is deployed: in the review, the drill and the snapshots. */
export const noHash = '000000000000';
