import fs from 'node:fs';
import path from 'node:path';
import { InputError, refuse } from '../inputError';

/** The settings of one environment, as written. */
export interface EnvironmentSettings {
  readonly settings: unknown;
  /** The file to name in a message: `settings/dev.ts`. */
  readonly file: string;
}

/** Settings by environment; undefined: those of `settings.ts`. */
export type Environments = ReadonlyMap<string | undefined, EnvironmentSettings>;

interface EnvironmentsProps {
  /** What `settings.ts` says, the environment that a command takes unless it names another. */
  readonly base: unknown;
  /** Folder with a file for each further environment. */
  readonly folder: string;
  /** Names asked for. */
  readonly asked: readonly (string | undefined)[];
}

/** Environments that words name, as in `zone-redundant@dev`. */
export const environmentsIn = (words: readonly string[]): string[] =>
  words.flatMap((word) =>
    word.split(',').flatMap((part) => (part.includes('=') || !part.includes('@') ? [] : [environmentOf(part)])),
  );

/** Files of settings/ that can be an environment by their name; others may stand beside them. */
const environmentFile = /^[a-z][a-z0-9]{1,7}\.ts$/;

/** What follows the `@` of a variant, or of the label of a stack; empty: nothing does. */
export const environmentOf = (label: string): string => /^[^,@]*@([^,]*)/.exec(label)?.[1] ?? '';

/**
 * Reads only the environments that are asked for, so that a mistake in another one does not matter.
 *
 * @throws InputError for one that is not there, and for a file that is not the environment of its name
 */
export async function readEnvironments({ base, folder, asked }: EnvironmentsProps): Promise<Environments> {
  const found = new Map<string | undefined, EnvironmentSettings>([
    [undefined, { settings: base, file: 'settings.ts' }],
  ]);
  const own = nameOf(base);
  const files = fs.existsSync(folder)
    ? fs.readdirSync(folder).flatMap((name) => (environmentFile.test(name) ? [name.slice(0, -3)] : []))
    : [];
  for (const name of new Set(asked.filter((name) => name !== undefined))) {
    const file = `settings/${name}.ts`;
    if (files.includes(name)) {
      if (name === own)
        throw refuse(
          file,
          'an environment that settings.ts is not itself',
          name,
          'Two with one name would share names and state: give settings.ts another environment, or remove the file.',
        );
      found.set(name, {
        settings: await exportedSettings(() => import(path.join(folder, `${name}.ts`)), file, 'settings/dev.ts does'),
        file,
      });
      check(name, found.get(name) as EnvironmentSettings);
    } else if (name === own) found.set(name, { settings: base, file: 'settings.ts' });
    else
      throw refuse(
        'environment',
        `one of ${[...files, ...(own === undefined ? [] : [own])].toSorted().join(', ')}`,
        name,
        `settings.ts is ${own}, and each other environment is a file of settings/.`,
      );
  }
  return found;
}

/**
 * What a file of settings exports.
 *
 * @param load imports it
 * @param shown the file to name in a message
 * @param like another file, which is right
 * @throws InputError for a file that cannot be compiled or fails, and for one that exports no settings
 */
export async function exportedSettings(load: () => Promise<unknown>, shown: string, like: string): Promise<unknown> {
  let loaded: { readonly settings?: unknown };
  try {
    loaded = (await load()) as typeof loaded;
  } catch (error) {
    // A compiler of types says on its second line what is wrong.
    const said =
      error instanceof Error ? error.message.split('\n').filter(Boolean).slice(0, 2).join(' ') : String(error);
    throw new InputError(`${shown} cannot be read: ${said}. Correct it.`);
  }
  if (loaded.settings === undefined)
    throw new InputError(`${shown} exports no \`settings\`. Write it as ${like}: export const settings.`);
  return loaded.settings;
}

function check(name: string, { settings, file }: EnvironmentSettings): void {
  const said = nameOf(settings);
  if (said !== name)
    throw refuse(`environment of ${file}`, `'${name}', as its file is called`, said, 'Names and state follow from it.');
  const { names } = settings as { readonly names?: unknown };
  const templates = typeof names === 'object' && names !== null ? Object.entries(names) : [];
  for (const [kind, template] of templates)
    if (typeof template === 'string' && !/\{(environment|suffix)\}/.test(template))
      throw refuse(
        `names.${kind} of ${file}`,
        'a template with {environment} or {suffix}',
        template,
        'Two environments would have the same name.',
      );
}

function nameOf(settings: unknown): string | undefined {
  const { environment } = (settings ?? {}) as { readonly environment?: unknown };
  return typeof environment === 'string' ? environment : undefined;
}
