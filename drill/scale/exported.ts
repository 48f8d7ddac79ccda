/** What `--export azure-load-testing` writes. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ConfigurationOptions, configurationOf, engineFiles } from './configuration';
import type { ScalePlan } from './plan';

/** Name of the file that describes the test. */
export const configurationFile = 'config.yaml';

/** Text of each file by its name. */
export function exportedFiles(plan: ScalePlan, options: ConfigurationOptions = {}): ReadonlyMap<string, string> {
  return new Map([
    [configurationFile, configurationOf(plan, options)],
    [engineFiles.script, sourceOf(engineFiles.script)],
    [engineFiles.module, sourceOf(engineFiles.module)],
    [engineFiles.cookies, sourceOf(engineFiles.cookies)],
    [engineFiles.plan, `${JSON.stringify(plan, null, 2)}\n`],
  ]);
}

/** The package has the scripts beside its code, too. */
const sourceOf = (name: string): string => readFileSync(join(__dirname, name), 'utf8');
