import path from 'node:path';
import { settings } from '../settings';
import { type Environments, environmentsIn, readEnvironments } from '../synthesis/environments';

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
    folder: path.join(__dirname, '..', 'settings'),
    asked: [environment, ...environmentsIn(words)],
  });
