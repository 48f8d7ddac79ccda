import fs from 'node:fs';
import path from 'node:path';
import { variants } from '../main';
import type { Rule } from '../review/rules/rule';
import { type ReviewSettings, readSettings, settingsBeside } from '../review/settings/reviewJson';
import { environmentOf } from '../synthesis/environments';
import { settingsFolder } from './environments';
import { isPath } from './terraformPath';

/**
 * The review's settings for a variant's environment: `settings/dev.review.json` for `zone-redundant@dev`; null: there are none.
 *
 * @param known rules that they may name. Default: - those of this project
 * @throws InputError that says which value is wrong, and what is allowed
 */
export function reviewSettingsOf(
  label: string,
  folder = settingsFolder,
  known?: readonly Rule[],
): ReviewSettings | null {
  const environment = environmentOf(label);
  const file = path.join(folder, `${environment}.review.json`);
  return environment !== '' && fs.existsSync(file) ? readSettings(file, known) : null;
}

/**
 * What is said of a deployment beside its Terraform: in `review.json` next to a file, and by environment for a variant.
 *
 * @throws InputError as `reviewSettingsOf`
 */
export const settingsOfDeployment =
  (rules: readonly Rule[]) =>
  ({ name }: { readonly name: string }): ReviewSettings | null =>
    isPath(name, Object.keys(variants)) ? settingsBeside(name, rules) : reviewSettingsOf(name, settingsFolder, rules);
