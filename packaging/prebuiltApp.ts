import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bundle } from '../app/bundle';

// Stands for `app/bundle.ts` in the package, which ships the bundle and not the sources: no bundler is installed with it.

export const prebuiltFiles = { app: 'shop.js', notices: 'shop-notices.txt' } as const;

/** The bundle that was made with the package, as `bundleApp` would make it. @param outfile path of the file to write */
export async function bundleApp(outfile: string): Promise<Bundle> {
  copyFileSync(join(__dirname, prebuiltFiles.app), outfile);
  return { notices: () => readFileSync(join(__dirname, prebuiltFiles.notices), 'utf8') };
}
