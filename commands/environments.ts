import path from 'node:path';
import { type Environments, environmentsIn, exportedSettings, readEnvironments } from '../synthesis/environments';

/** With a file for each environment but that of `settings.ts`. */
export const settingsFolder = path.join(__dirname, '..', 'settings');

/** Option of every command that synthesizes or ships. */
export interface EnvironmentOption {
  readonly environment?: string;
}

/** What a synth is given of them. */
export interface SettingsOf {
  /** As `settings.ts` has them. */
  readonly settings: unknown;
  readonly environments: Environments;
}

/**
 * `settings.ts`, and the environments that a command's words and option name.
 *
 * @throws InputError for a file that cannot be read, and for an environment that is not there
 */
export async function settingsFor(words: readonly string[], environment?: string): Promise<SettingsOf> {
  const settings = await exportedSettings(() => import('../settings'), 'settings.ts', 'it comes');
  const asked = [environment, ...environmentsIn(words)];
  return { settings, environments: await readEnvironments({ base: settings, folder: settingsFolder, asked }) };
}
