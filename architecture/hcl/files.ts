import fs from 'node:fs';
import path from 'node:path';
import { InputError } from '../../inputError';
import { decoded } from '../../textFile';
import type { RemarkAt } from '../terraform/document';
import { blocks, isObject, type JsonObject, parseJson } from '../terraform/json';
import { lockedProvider, type ProviderSeen } from '../terraform/provider';
import { remarksIn } from './remarks';

/** Whether Terraform reads a file of this name as configuration. */
export const isConfigurationFile = (name: string): boolean => /^[^.~].*\.(tf|tofu)(\.json)?$/.test(name);

/** Whether such a file is in HCL rather than in JSON. */
export const isHcl = (name: string): boolean => isConfigurationFile(name) && !name.endsWith('.json');

const isOverride = (name: string) => /(^|_)override\.(tf|tofu)(\.json)?$/.test(name);

/** Names of the files of a folder that are its configuration: for OpenTofu, `x.tofu` stands in the place of `x.tf`. */
export function configurationIn(folder: string): string[] {
  const names = namesIn(folder).filter(isConfigurationFile).sort();
  return names.filter((name) => {
    const instead = name.replace(/\.tf(\.json)?$/, '.tofu$1');
    return instead === name || !names.includes(instead);
  });
}

/** The blocks of all files of a folder, as Terraform's JSON syntax has them; an expression is `${…}`. */
export async function moduleIn(folder: string): Promise<readonly JsonObject[]> {
  const names = configurationIn(folder);
  const ordered = [...names.filter((name) => !isOverride(name)), ...names.filter(isOverride)];
  const files: JsonObject[] = [];
  for (const name of ordered) files.push(await parsedFile(path.join(folder, name), folder));
  return files;
}

/** Comments of the files in HCL of a folder that speak to this program, by addresses in the module. */
export const remarksOf = (folder: string): RemarkAt[] =>
  configurationIn(folder)
    .filter(isHcl)
    .flatMap((name) => {
      const file = path.join(folder, name);
      return remarksIn(decoded(contentOf(file, folder)), file);
    });

/** The azurerm that a lock file names; null: there is none. */
export function lockedIn(folder: string): ProviderSeen | null {
  const name = '.terraform.lock.hcl';
  return namesIn(folder).includes(name) ? lockedProvider(decoded(contentOf(path.join(folder, name), folder))) : null;
}

/** Values of variables in files, in Terraform's order: a later one wins. */
export async function variablesIn(folder: string, given: readonly string[]): Promise<JsonObject> {
  const names = namesIn(folder);
  const automatic = names.filter((name) => /\.auto\.tfvars(\.json)?$/.test(name)).sort();
  const own = ['terraform.tfvars', 'terraform.tfvars.json'].filter((name) => names.includes(name));
  const files = [...[...own, ...automatic].map((name) => path.join(folder, name)), ...given];
  const values: Record<string, unknown> = {};
  for (const file of files) Object.assign(values, await parsedFile(file, path.dirname(file)));
  return values;
}

export function namesIn(folder: string): string[] {
  try {
    return fs.readdirSync(folder);
  } catch (error) {
    throw new InputError(
      `${folder} cannot be read: ${(error as NodeJS.ErrnoException).code}. Give a folder of Terraform.`,
    );
  }
}

/** Blocks of one name in all files. */
export const blocksNamed = (files: readonly JsonObject[], name: string, source: string): JsonObject[] =>
  files.flatMap((file) => blocks(file[name], `${source}: ${name}`));

async function parsedFile(file: string, folder: string): Promise<JsonObject> {
  const text = decoded(contentOf(file, folder));
  if (text.trim() === '') return {};
  const json = file.endsWith('.json') ? parseJson(text, file) : await parsedHcl(text, file);
  if (!isObject(json)) throw new InputError(`${file} must be a JSON object. Check that it is Terraform.`);
  return json;
}

/** A link that leads out of its folder could show any file of this machine in a report. */
function contentOf(file: string, folder: string): Buffer {
  try {
    const real = fs.realpathSync(file);
    if (path.dirname(real) !== fs.realpathSync(folder) && !real.startsWith(fs.realpathSync(folder) + path.sep))
      throw new InputError(`${file} is a link that leaves its folder, to ${real}. Copy the file into the folder.`);
    return fs.readFileSync(real);
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`${file} cannot be read: ${(error as NodeJS.ErrnoException).code}. Check the path.`);
  }
}

async function parsedHcl(text: string, file: string): Promise<unknown> {
  try {
    const { parse } = await import('@cdktn/hcl2json');
    return await parse(path.basename(file), text);
  } catch (error) {
    // The parser's message says where and names the rule; it does not quote values.
    const why = (error as Error).message
      .replace(/^parse config: \[/, '')
      .replace(/\]$/s, '')
      .replace(/\s+/g, ' ');
    throw new InputError(`${file} is not Terraform that can be parsed: ${why} Run terraform validate in its folder.`);
  }
}
