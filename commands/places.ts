import fs from 'node:fs';
import path from 'node:path';
import { type Declaration, declarationOf, declarationsIn } from '../architecture/hcl/declarations';
import { isConfigurationFile, namesIn } from '../architecture/hcl/files';
import { variants } from '../main';
import { printable } from '../report/printable';
import type { Places } from '../review/report/pipeline/places';
import { decoded } from '../textFile';

/**
 * Where resources are declared, for what a pipeline shows at a line: in the `.tf` files of a folder, or beside a plan; in a
 * file of JSON at the line that names the resource; for a variant, where `main.ts` declares it. Otherwise it is the first
 * line of the file that was read.
 */
export function placesFor(): Places {
  const root = rootOf(process.cwd());
  const relative = ({ file, line }: Declaration) => {
    const within = path.relative(root, path.resolve(file));
    // Of a file outside, such as a plan in the agent's temporary folder, no pipeline can show more than the name.
    const isOutside = path.isAbsolute(within) || within.split(path.sep)[0] === '..';
    const shown = isOutside ? path.basename(file) : within.split(path.sep).join('/');
    return { path: printable(shown) || '.', line };
  };
  const lookUp = remembered((deployment) => lookUpIn(deployment));
  return (deployment, resource) => relative(lookUp(deployment)(resource));
}

type LookUp = (resource: string) => Declaration;

function lookUpIn(deployment: string): LookUp {
  const [variant = ''] = deployment.split(/[,@]/);
  if (Object.hasOwn(variants, variant)) return () => variantPlace(variant);
  const found = fs.statSync(deployment, { throwIfNoEntry: false });
  if (!found) return () => ({ file: deployment, line: 1 });
  const folder = found.isDirectory() ? deployment : path.dirname(deployment);
  const declared = declarationsIn(folder);
  const names = found.isDirectory() ? namesIn(folder).filter(isConfigurationFile).sort() : [];
  const files = found.isDirectory() ? names.map((name) => path.join(folder, name)) : [deployment];
  const json = files
    .filter((file) => !file.endsWith('.tf'))
    .map((file) => ({ file, text: decoded(fs.readFileSync(file)) }));
  return (resource) => {
    const declaration = declarationOf(declared, resource);
    if (declaration) return declaration;
    for (const { file, text } of json) {
      const line = lineInJson(text, resource);
      if (line !== null) return { file, line };
    }
    return { file: files[0] ?? deployment, line: 1 };
  };
}

/** The line that names a resource: a plan has its address, and a configuration its type and then its name; null: there is none. */
export function lineInJson(text: string, address: string): number | null {
  const plain = address.replace(/\[[^\]]*\]/g, '');
  const [, type = '', name = ''] = /([a-z]\w*)\.([\w-]+)/.exec(plain.replace(/^(module\.[^.]+\.)+/, '')) ?? [];
  const byAddress = text.search(new RegExp(`"address"\\s*:\\s*${literal(JSON.stringify(address))}`));
  if (byAddress >= 0) return lineAt(text, byAddress);
  const typeAt = type === '' ? -1 : text.search(new RegExp(`"${literal(type)}"\\s*:`));
  const nameAt = typeAt < 0 ? -1 : text.slice(typeAt).search(new RegExp(`"${literal(name)}"\\s*:`));
  return nameAt < 0 ? null : lineAt(text, typeAt + nameAt);
}

const lineAt = (text: string, at: number) => text.slice(0, at).split('\n').length;

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A variant is declared in `main.ts` of the folder in which the command runs; the package has none. */
function variantPlace(name: string): Declaration {
  const file = 'main.ts';
  const lines = fs.existsSync(file) ? fs.readFileSync(file, 'utf8').split('\n') : [];
  const at = lines.findIndex((line) => new RegExp(`^\\s*['"]?${literal(name)}['"]?\\s*:`).test(line));
  return at < 0 ? { file: `cdktf.out/stacks/${name}/cdk.tf.json`, line: 1 } : { file, line: at + 1 };
}

/** The root of the repository that a folder is in, to which a pipeline's paths are relative; without one the folder itself. */
function rootOf(folder: string): string {
  for (let at = folder; ; at = path.dirname(at)) {
    if (fs.existsSync(path.join(at, '.git'))) return at;
    if (path.dirname(at) === at) return folder;
  }
}

function remembered<T>(make: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    const value = known.get(key) ?? make(key);
    known.set(key, value);
    return value;
  };
}
