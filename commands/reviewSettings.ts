import fs from 'node:fs';
import path from 'node:path';
import type { Rule } from '../review/rules/rule';
import { type ReviewSettings, readSettings } from '../review/settings/reviewJson';
import { environmentOf } from '../synthesis/environments';
import { settingsFolder } from './environments';

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
