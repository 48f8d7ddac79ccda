import path from 'node:path';
import type { TerraformDocument } from '../terraform/document';
import type { JsonObject } from '../terraform/json';
import { requiredProvider } from '../terraform/provider';
import { isConfigurationFile, lockedIn, namesIn, variablesIn } from './files';
import { Module } from './module';
import { fileSource, type ModuleSource, moduleSource } from './sources';
import type { Value } from './values';

/** Whether a folder holds Terraform. */
export const holdsTerraform = (folder: string): boolean => namesIn(folder).some(isConfigurationFile);

/**
 * Reads a folder of Terraform without a plan: variables by their defaults, `*.tfvars` and given files, locals, expressions,
 * `count` and `for_each`, and modules in folders. What needs a plan stays an expression, so it is unknown.
 *
 * @param variableFiles as for `--var-file`
 * @param given values of variables that count more than any file
 * @throws InputError when a file cannot be parsed, a module calls itself, or a link leaves its folder
 */
export async function readFolder(
  folder: string,
  variableFiles: readonly string[] = [],
  given: JsonObject = {},
): Promise<TerraformDocument> {
  return documentOf(await moduleSource(folder), folder, variableFiles, given);
}

/**
 * The same of one file in JSON syntax, such as a `cdk.tf.json`, without the other files of its folder.
 *
 * @param read the file as read by itself: whatever it says of the file holds here, too
 */
export async function readJsonFile(
  json: JsonObject,
  file: string,
  read: TerraformDocument,
  variableFiles: readonly string[],
): Promise<TerraformDocument> {
  const folder = path.dirname(file);
  const document = await documentOf(await fileSource(json, folder), folder, variableFiles, {});
  return { ...document, remarks: [...(read.remarks ?? []), ...(document.remarks ?? [])] };
}

async function documentOf(
  source: ModuleSource,
  folder: string,
  variableFiles: readonly string[],
  given: JsonObject,
): Promise<TerraformDocument> {
  const values = { ...(await variablesIn(folder, variableFiles)), ...given };
  const root = new Module(source, '', (name) => (Object.hasOwn(values, name) ? (values[name] as Value) : undefined), {
    module: '.',
    root: folder,
  });
  const resources = root.resources();
  return {
    resources,
    byAddress: new Map(resources.map((resource) => [resource.address, resource])),
    locals: {},
    elsewhere: root.elsewhere(),
    defaultsFilledIn: false,
    planned: null,
    evidence: null,
    provider: lockedIn(folder) ?? requiredProvider(source.terraform),
    remarks: root.remarks(),
  };
}
