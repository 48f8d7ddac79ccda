import fs from 'node:fs';
import path from 'node:path';
import type { Deployment } from '../architecture/deployment';
import { holdsTerraform, readFolder, readJsonFile } from '../architecture/hcl/folder';
import { documentIn, howToShow } from '../architecture/input/text';
import { deepest, readArchitecture, readTerraform } from '../architecture/read';
import { isConfiguration, readConfiguration } from '../architecture/terraform/configuration';
import type { TerraformDocument } from '../architecture/terraform/document';
import { isDeeperThan, type JsonObject } from '../architecture/terraform/json';
import { isPlan, planVariables } from '../architecture/terraform/plan';
import { InputError } from '../inputError';
import { decoded } from '../textFile';

/** Stands for standard input. */
const standardInput = '-';
/** A string of V8 cannot be longer; a plan of this size has hundreds of thousands of resources. */
const mostBytes = 500_000_000;

/** So many bytes of a file show what it is. */
const mostOfStart = 4096;

/**
 * Whether a word means Terraform rather than a variant: `-`, a name that ends in `.json` or that has a separator of paths,
 * or a file or folder that is there. The name of a variant always means the variant.
 */
export function isPath(word: string, variants: readonly string[]): boolean {
  if (word === standardInput) return true;
  if (variants.includes(word.split(/[,@]/)[0] ?? '')) return false;
  const looksLike = /\.(json|tf|tofu|tfstate|tfplan)$/.test(word) || (/[\\/]/.test(word) && !word.includes('='));
  return looksLike || word === '.' || word === '..' || fs.existsSync(word);
}

/**
 * Reads what a path leads to: a folder of `.tf` files, or a file with a plan, a state or a configuration.
 *
 * @param variableFiles as for Terraform's `--var-file`, for a folder
 * @throws InputError saying what is there instead
 */
export async function readPath(word: string, variableFiles: readonly string[]): Promise<Deployment> {
  if (word === standardInput) return readArchitecture(textOf(standardBytes(), 'standard input'), 'standard input');
  const found = fs.statSync(word, { throwIfNoEntry: false });
  if (!found)
    throw new InputError(
      `${word} is not there. Give the path of a folder of Terraform, of a plan, of a state or of a cdk.tf.json, or a variant of main.ts.`,
    );
  if (found.isDirectory()) return readFolderAt(word, variableFiles);
  if (found.size > mostBytes)
    throw new InputError(
      `${word} has ${Math.round(found.size / 1e6)} MB; up to ${mostBytes / 1e6} MB are read. Plan a part of it with -target.`,
    );
  let bytes: Buffer;
  try {
    bytes = fs.readFileSync(word);
  } catch (error) {
    throw new InputError(`${word} cannot be read: ${(error as NodeJS.ErrnoException).code}. Check its permissions.`);
  }
  if (/\.(tf|tofu)$/.test(word))
    throw new InputError(`${word} is one file of a configuration. Give its folder, ${path.dirname(word)}.`);
  const parsed = documentIn(textOf(bytes, word), word);
  if (isConfiguration(parsed) && !isDeeperThan(deepest, parsed)) {
    const read = readConfiguration(parsed, word);
    return readTerraform(await readJsonFile(parsed, word, read, variableFiles), word);
  }
  return readArchitecture(parsed, word, word, isPlan(parsed) ? await filesBeside(word, parsed) : null);
}

/** The configuration in the folder of a plan, with the plan's variables. Files that cannot be read are not what it was made from. */
async function filesBeside(file: string, plan: JsonObject): Promise<TerraformDocument | null> {
  const folder = path.dirname(file);
  if (!holdsTerraform(folder)) return null;
  try {
    return await readFolder(folder, [], planVariables(plan));
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}

async function readFolderAt(folder: string, variableFiles: readonly string[]): Promise<Deployment> {
  if (!holdsTerraform(folder)) {
    const inside = terraformNear(folder);
    throw new InputError(
      `${folder} holds no Terraform: no .tf, .tofu or .tf.json file. ${
        inside.length > 0
          ? `Did you mean ${inside.join(' or ')}?`
          : 'Give the folder of a root module, or a plan as JSON.'
      }`,
    );
  }
  return readTerraform(await readFolder(folder, variableFiles), folder);
}

/** What else in a folder can be read: folders of Terraform up to two levels deep, and files of JSON. */
function terraformNear(folder: string): string[] {
  const inner = (at: string) =>
    fs
      .readdirSync(at, { withFileTypes: true })
      .filter((one) => !one.name.startsWith('.') && one.name !== 'node_modules');
  const folders = (at: string) => inner(at).flatMap((one) => (one.isDirectory() ? [path.join(at, one.name)] : []));
  const first = folders(folder);
  const holding = [...first, ...first.flatMap(folders)].filter(holdsTerraform);
  const files = inner(folder)
    .filter(({ name }) => /\.(json|tfstate)$/.test(name))
    .map(({ name }) => path.join(folder, name))
    .filter(looksLikeTerraform);
  return [...holding, ...files].slice(0, 3);
}

/** Whether a file of JSON begins as a plan, a state or a configuration does, and not as `package.json`. */
function looksLikeTerraform(file: string): boolean {
  let opened: number | undefined;
  try {
    opened = fs.openSync(file, 'r');
    const start = Buffer.alloc(mostOfStart);
    const length = fs.readSync(opened, start, 0, mostOfStart, 0);
    return /"(terraform_version|format_version|terraform|resource|provider)"\s*:/.test(
      decoded(start.subarray(0, length)),
    );
  } catch {
    return false;
  } finally {
    if (opened !== undefined) fs.closeSync(opened);
  }
}

function standardBytes(): Buffer {
  if (process.stdin.isTTY)
    throw new InputError(
      '- reads standard input, and nothing is piped into it. Try terraform show -json p | npm run review -- -.',
    );
  try {
    return fs.readFileSync(0);
  } catch (error) {
    throw new InputError(
      `Standard input cannot be read: ${(error as NodeJS.ErrnoException).code}. Give a path instead.`,
    );
  }
}

/** A saved plan is an archive: what is in it, only Terraform can read. */
function textOf(bytes: Buffer, source: string): string {
  if (bytes.length === 0) throw new InputError(`${source} is empty. ${howToShow}`);
  if (bytes.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1')))
    throw new InputError(
      `${source} is a saved plan, which only Terraform can read. Run terraform show -json ${source} > plan.json in the folder where it was made (with OpenTofu: tofu show -json), and give plan.json.`,
    );
  return decoded(bytes);
}
