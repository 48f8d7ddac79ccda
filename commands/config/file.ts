import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { InputError, refuse } from '../../inputError';
import { defaultOf, endings, loadFile } from './load';

export const configName = 'steadystate.config';

/** What a config file says, before it is known what it is for. */
export interface Config {
  /** As a message names it: relative to the current folder. */
  readonly shown: string;
  /** To which paths in the file are relative. */
  readonly folder: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * The config file that holds for a folder: in it, or in the nearest folder above it. The search ends at the root of the
 * repository, so that nothing outside it decides.
 *
 * @returns path; null: there is none
 * @throws InputError where one folder has two
 */
export function findConfig(from: string): string | null {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const found = endings.flatMap((ending) => {
      const file = path.join(folder, `${configName}${ending}`);
      return existsSync(file) ? [file] : [];
    });
    if (found.length > 1)
      throw new InputError(
        `${folder} has ${found.map((file) => path.basename(file)).join(' and ')}. Keep one of them, or name one with --config.`,
      );
    if (found[0] !== undefined) return found[0];
    if (existsSync(path.join(folder, '.git')) || path.dirname(folder) === folder) return null;
  }
}

/**
 * @param given path as it was given; undefined: the one that is found from the current folder
 * @returns null: there is none
 * @throws InputError for a file that cannot be read, or that holds no object
 */
export async function readConfig(given: string | undefined, from = process.cwd()): Promise<Config | null> {
  const file = given === undefined ? findConfig(from) : path.resolve(from, given);
  if (file === null) return null;
  const shown = given ?? shownFrom(from, file);
  if (!endings.some((ending) => file.endsWith(ending)))
    throw refuse('--config', `a file that ends in ${endings.join(', ')}`, given, `Try ${configName}.json.`);
  if (!statSync(file, { throwIfNoEntry: false })?.isFile())
    throw new InputError(`${shown} is no file. Give the path of one, or leave --config out.`);
  const loaded = await loadFile(file, shown);
  const values = file.endsWith('.json') ? loaded : defaultOf(loaded);
  if (typeof values !== 'object' || values === null || Array.isArray(values))
    throw new InputError(
      `${shown} must hold an object of options, got: ${Array.isArray(values) ? 'a list' : typeof values}. See docs/pipelines.md.`,
    );
  return { shown, folder: path.dirname(file), values: { ...values } };
}

/** A path as short as it is typed. */
export const shownFrom = (folder: string, file: string): string => path.relative(folder, file) || '.';
