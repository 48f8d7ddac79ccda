import fs from 'node:fs';
import path from 'node:path';
import { InputError } from '../../inputError';
import { decoded } from '../../textFile';
import { isMap, isSettled, type Value, type ValueMap } from './values';

/** Where functions such as `file` look. */
export interface FolderFiles {
  /** `path.module`: the folder of the module, relative to the root module. */
  readonly module: string;
  /** The folder of the root module; it is never part of a value. */
  readonly root: string;
}

/** More is no configuration. */
const mostBytes = 1_000_000;
const mostFiles = 2_000;

/** Names of functions that read files of the folder. */
export const folderFunctions: readonly string[] = ['file', 'fileexists', 'fileset', 'templatefile'];

/**
 * What a function reads from the folder. Nothing outside of the root module and of the module itself is ever read.
 *
 * @param fill what a template is with values for its names; undefined: it needs a plan
 * @returns undefined: the file is elsewhere, not there, too large or not text
 * @throws InputError when the file is a link that leaves the folder
 * @see https://developer.hashicorp.com/terraform/language/functions/file
 */
export function readsFolder(
  name: string,
  [first, second]: readonly Value[],
  files: FolderFiles,
  fill: (template: string, names: ValueMap) => Value | undefined,
): Value | undefined {
  if (typeof first !== 'string') return undefined;
  const place = placeOf(first, files);
  if (place === undefined) return undefined;
  if (name === 'fileset') return typeof second === 'string' ? matching(place, second) : undefined;
  const real = fileAt(place, files);
  if (name === 'fileexists') return real !== undefined;
  const text = real === undefined ? undefined : textOf(real);
  if (name === 'file' || text === undefined) return text;
  return isMap(second) && isSettled(second) ? fill(text, second) : undefined;
}

/** The path on this machine; undefined: it is outside. */
function placeOf(given: string, { root, module }: FolderFiles): string | undefined {
  if (path.isAbsolute(given) || /^[A-Za-z]:/.test(given)) return undefined;
  const place = path.join(root, given);
  return [root, path.join(root, module)].some((folder) => isInside(path.resolve(place), path.resolve(folder)))
    ? place
    : undefined;
}

const isInside = (place: string, folder: string) => place === folder || place.startsWith(folder + path.sep);

/** The file that a path leads to; undefined: there is none. */
function fileAt(place: string, { root, module }: FolderFiles): string | undefined {
  if (!fs.statSync(place, { throwIfNoEntry: false })?.isFile()) return undefined;
  const real = fs.realpathSync(place);
  if ([root, path.join(root, module)].some((folder) => isInside(real, fs.realpathSync(folder)))) return real;
  throw new InputError(`${place} is a link that leaves its folder, to ${real}. Copy the file into the folder.`);
}

/** Terraform refuses what is not UTF-8, too. */
function textOf(file: string): string | undefined {
  const text = fs.statSync(file).size > mostBytes ? '\ufffd' : decoded(fs.readFileSync(file));
  return text.includes('\ufffd') ? undefined : text;
}

/** Files below a folder by a pattern, in order; links are not followed. @returns undefined: there are too many */
function matching(folder: string, pattern: string): Value | undefined {
  const wanted = new RegExp(`^${expressionOf(pattern)}$`);
  const found: string[] = [];
  const waiting = [''];
  for (let seen = 0; waiting.length > 0; ) {
    const at = waiting.pop() as string;
    for (const one of entriesIn(path.join(folder, at))) {
      seen += 1;
      if (seen > mostFiles) return undefined;
      const name = at === '' ? one.name : `${at}/${one.name}`;
      if (one.isDirectory() && one.name !== '.terraform') waiting.push(name);
      if (one.isFile() && wanted.test(name)) found.push(name);
    }
  }
  return found.sort();
}

function entriesIn(folder: string): fs.Dirent[] {
  try {
    return fs.readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** A pattern such as `apps/**` or `*.{yml,yaml}` as a regular expression. */
function expressionOf(pattern: string): string {
  return pattern.replace(/\*\*\/|\*\*|\*|\?|\{([^{}]*)\}|[\\^$.+()|[\]{}]/g, (one, choices: string | undefined) => {
    if (choices !== undefined) return `(?:${choices.split(',').map(expressionOf).join('|')})`;
    const wild: Readonly<Record<string, string>> = { '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*', '?': '[^/]' };
    return wild[one] ?? `\\${one}`;
  });
}
