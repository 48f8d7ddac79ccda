import fs from 'node:fs';
import path from 'node:path';
import { InputError } from '../../inputError';
import { entries } from '../terraform/configuration';
import type { RemarkAt } from '../terraform/document';
import { blocks, type JsonObject } from '../terraform/json';
import { blocksNamed, moduleIn, remarksOf } from './files';

/** What the files of one module declare. */
export interface ModuleSource {
  /** Its folder as seen from another one, with slashes. */
  readonly relativeTo: (root: string) => string;
  readonly variables: ReadonlyMap<string, JsonObject>;
  readonly locals: ReadonlyMap<string, unknown>;
  readonly outputs: ReadonlyMap<string, JsonObject>;
  /** By address in the module, as in `azurerm_subnet.apps`. */
  readonly resources: ReadonlyMap<string, { readonly type: string; readonly body: JsonObject }>;
  readonly calls: ReadonlyMap<string, { readonly body: JsonObject; readonly source: ModuleSource | null }>;
  readonly terraform: readonly JsonObject[];
  readonly remarks: readonly RemarkAt[];
}

/**
 * Parses a module and the modules in folders that it calls; one from elsewhere has no source.
 *
 * @throws InputError when a file cannot be parsed, a module calls itself, or a link leaves its folder
 */
export const moduleSource = (folder: string): Promise<ModuleSource> => load(folder, [], new Map());

/** The same of one file of a folder, in JSON syntax; see `moduleSource`. */
export const fileSource = (json: JsonObject, folder: string): Promise<ModuleSource> =>
  sourceOf([json], folder, [fs.realpathSync(folder)], new Map(), []);

async function load(folder: string, above: readonly string[], known: Map<string, ModuleSource>): Promise<ModuleSource> {
  const real = fs.realpathSync(folder);
  if (above.includes(real))
    throw new InputError(
      `${folder} is a module that calls itself: ${[...above.slice(above.indexOf(real)), real].map((one) => path.basename(one)).join(' → ')}. Terraform refuses it, too.`,
    );
  const found = known.get(real);
  if (found) return found;
  const source = await sourceOf(await moduleIn(folder), folder, [...above, real], known, remarksOf(folder));
  known.set(real, source);
  return source;
}

async function sourceOf(
  files: readonly JsonObject[],
  folder: string,
  above: readonly string[],
  known: Map<string, ModuleSource>,
  remarks: readonly RemarkAt[],
): Promise<ModuleSource> {
  const calls = new Map<string, { readonly body: JsonObject; readonly source: ModuleSource | null }>();
  for (const [name, body] of named('module')) {
    const { source: from } = body;
    const inner = typeof from === 'string' && /^\.\.?(\/|$)/.test(from) ? path.resolve(folder, from) : null;
    const source = inner !== null && fs.existsSync(inner) ? await load(inner, above, known) : null;
    calls.set(name, { body, source });
  }
  return {
    relativeTo: (root) => path.relative(root, folder).replaceAll(path.sep, '/') || '.',
    variables: named('variable'),
    locals: new Map(blocksNamed(files, 'locals', folder).flatMap(entries)),
    outputs: named('output'),
    resources: resourcesIn(files, folder),
    calls,
    terraform: blocksNamed(files, 'terraform', folder),
    remarks,
  };

  function named(block: string): Map<string, JsonObject> {
    const all = blocksNamed(files, block, folder).flatMap(entries);
    return together(
      all.flatMap(([name, value]) =>
        blocks(value, `${folder}: ${block}.${name}`).map((body): [string, JsonObject] => [name, body]),
      ),
    );
  }
}

/** In an override file a block of the same name adds to the other. */
function together(list: readonly (readonly [string, JsonObject])[]): Map<string, JsonObject> {
  const all = new Map<string, JsonObject>();
  for (const [name, body] of list) all.set(name, { ...all.get(name), ...body });
  return all;
}

function resourcesIn(files: readonly JsonObject[], folder: string): ModuleSource['resources'] {
  const declared = new Map<string, { readonly type: string; readonly body: JsonObject }>();
  for (const [type, names] of blocksNamed(files, 'resource', folder).flatMap(entries))
    for (const [name, value] of blocks(names, `${folder}: resource.${type}`).flatMap(entries)) {
      const address = `${type}.${name}`;
      for (const body of blocks(value, `${folder}: ${address}`))
        declared.set(address, { type, body: { ...declared.get(address)?.body, ...body } });
    }
  return declared;
}
