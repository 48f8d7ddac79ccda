import path from 'node:path';
import { settings } from '../settings';
import { type Environments, environmentsIn, readEnvironments } from '../synthesis/environments';

/** With a file for each environment but that of `settings.ts`. */
export const settingsFolder = path.join(__dirname, '..', 'settings');

/** Option of every command that synthesizes or ships. */
export interface EnvironmentOption {
  readonly environment?: string;
}

/**
 * The environments that a command's words and option name.
 *
 * @throws InputError for one that is not there
 */
export const environmentsFor = (words: readonly string[], environment?: string): Promise<Environments> =>
  readEnvironments({
    base: settings,
    folder: settingsFolder,
    asked: [environment, ...environmentsIn(words)],
  });
