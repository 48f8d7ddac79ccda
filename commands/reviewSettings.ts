import fs from 'node:fs';
import path from 'node:path';
import { type ReviewSettings, readSettings } from '../review/settings/reviewJson';
import { environmentOf } from '../synthesis/environments';
import { settingsFolder } from './environments';

/**
 * The review's settings for a variant's environment: `settings/dev.review.json` for `zone-redundant@dev`; null: there are none.
 *
 * @throws InputError that says which value is wrong, and what is allowed
 */
export function reviewSettingsOf(label: string, folder = settingsFolder): ReviewSettings | null {
  const environment = environmentOf(label);
  const file = path.join(folder, `${environment}.review.json`);
  return environment !== '' && fs.existsSync(file) ? readSettings(file) : null;
}
