import { readFileSync } from 'node:fs';
import { join } from 'node:path';

// Stands for `lab/bundlePage.ts` in the package, for the same reason as `prebuiltApp.ts`.

export const prebuiltPageFile = 'lab-page.js';

/** The page's script that was bundled with the package. */
export const bundlePage = async (): Promise<string> => readFileSync(join(__dirname, prebuiltPageFile), 'utf8');
