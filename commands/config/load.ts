import { readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { whyNotJson } from '../../architecture/terraform/json';
import { importModule } from '../../importModule';
import { InputError } from '../../inputError';
import { decoded } from '../../textFile';

/** Endings of files that `loadFile` reads. */
export const endings = ['.json', '.js', '.cjs', '.mjs', '.ts'] as const;

/**
 * What a file of a team says: the value of JSON, or what a module exports.
 *
 * @param shown how a message names the file
 * @throws InputError for one that cannot be loaded
 */
export async function loadFile(file: string, shown: string): Promise<unknown> {
  const ending = path.extname(file);
  try {
    if (ending === '.json') return JSON.parse(decoded(readFileSync(file)));
    if (ending === '.ts') {
      if (!readsTypeScript())
        throw new InputError(
          `${shown} is TypeScript, which Node ${process.versions.node} does not read. Use Node 22.18 or later, or write it in JavaScript.`,
        );
      return createRequire(file)(file);
    }
    // A module of CommonJS needs no loader, and its exports are not wrapped.
    if (ending === '.cjs') return createRequire(file)(file);
    return await importModule(pathToFileURL(file).href);
  } catch (error) {
    if (error instanceof InputError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    const why = ending === '.json' && code === undefined ? whyNotJson(error as Error) : message.split('\n')[0];
    throw new InputError(`${shown} cannot be read: ${why}. Correct it.`);
  }
}

/**
 * Whether `require` takes a file of TypeScript: the loader of this project's sources does, and so does a Node that removes types. Only
 * some versions of that Node list the ending, but all of them name it as a feature.
 *
 * @see https://nodejs.org/api/process.html#processfeaturestypescript
 */
export const readsTypeScript = (
  { _extensions: loaders } = Module as unknown as { readonly _extensions: object },
  { typescript } = process.features as { readonly typescript?: unknown },
): boolean => '.ts' in loaders || (typescript !== undefined && typescript !== false);

/** What a module exports by default; what it exports, where there is no default. */
export function defaultOf(loaded: unknown): unknown {
  let value = loaded;
  // A module of CommonJS that was made from TypeScript has its default in the default that Node gives it.
  for (let depth = 0; depth < 2 && isObject(value) && 'default' in value; depth++) value = value.default;
  return value;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
