import fs from 'node:fs';
import path from 'node:path';
import { InputError } from '../../inputError';
import { entries, resourceOf } from '../terraform/configuration';
import type { TerraformDocument, TerraformResource } from '../terraform/document';
import { blocks, isObject, type JsonObject } from '../terraform/json';
import { withBlocks } from './dynamic';
import { blocksNamed, isConfigurationFile, moduleIn, namesIn, variablesIn } from './files';
import { withMerged } from './functions';
import { instancesOf } from './repeated';
import { type Scope, settled } from './scope';

/** Whether a folder holds Terraform. */
export const holdsTerraform = (folder: string): boolean => namesIn(folder).some(isConfigurationFile);

interface Module {
  readonly folder: string;
  readonly prefix: string;
  readonly variables: JsonObject;
  /** Real paths of the folders that lead here. */
  readonly above: readonly string[];
}

interface Found {
  readonly resources: TerraformResource[];
  readonly elsewhere: string[];
}

/**
 * Reads a folder of Terraform without a plan: variables by their defaults, `*.tfvars` and given files, locals, `count` and
 * `for_each` that are written out, and modules in folders. What needs a plan stays an expression, so it is unknown.
 *
 * @param variableFiles as for `--var-file`
 * @throws InputError when a file cannot be parsed, a module calls itself, or a link leaves its folder
 */
export async function readFolder(folder: string, variableFiles: readonly string[] = []): Promise<TerraformDocument> {
  const found: Found = { resources: [], elsewhere: [] };
  await readModule({ folder, prefix: '', variables: await variablesIn(folder, variableFiles), above: [] }, found);
  return {
    resources: found.resources,
    byAddress: new Map(found.resources.map((resource) => [resource.address, resource])),
    locals: {},
    elsewhere: found.elsewhere,
    defaultsFilledIn: false,
    planned: null,
    evidence: null,
  };
}

/** Reads a module with those that it calls. @returns its outputs by name */
async function readModule({ folder, prefix, variables, above }: Module, found: Found): Promise<JsonObject> {
  const real = fs.realpathSync(folder);
  if (above.includes(real))
    throw new InputError(
      `${folder} is a module that calls itself: ${[...above.slice(above.indexOf(real)), real].map((one) => path.basename(one)).join(' → ')}. Terraform refuses it, too.`,
    );
  const files = await moduleIn(folder);
  const called = new Map<string, JsonObject>();
  const declared = resourcesIn(files, folder);
  const scope: Scope = {
    prefix,
    variables: { ...defaultsOf(files, folder), ...withoutSensitive(variables, files, folder) },
    locals: Object.fromEntries(blocksNamed(files, 'locals', folder).flatMap(entries)),
    outputs: (module, output) => called.get(module)?.[output],
    instances: (address) => instancesAt(address, prefix, called, declared, scope),
    each: {},
  };
  for (const [name, body] of blocksNamed(files, 'module', folder).flatMap(entries)) {
    for (const block of blocks(body, `${folder}: module.${name}`)) {
      const from = path.resolve(folder, String(block.source));
      const local = typeof block.source === 'string' && /^\.\.?(\/|$)/.test(block.source);
      for (const { key, each, body: own } of instancesOf(block, scope)) {
        const address = `module.${name}${key}`;
        // How many a plan makes, and what others publish, is not in these files.
        if (!local || 'for_each' in own || 'count' in own || !fs.existsSync(from))
          found.elsewhere.push(`${prefix}${address}`);
        else {
          const given = settled(own, { ...scope, each }) as JsonObject;
          const module = { folder: from, prefix: `${prefix}${address}.`, variables: given, above: [...above, real] };
          called.set(address, await readModule(module, found));
        }
      }
    }
  }
  await readResources(declared, scope, found);
  const outputs = blocksNamed(files, 'output', folder).flatMap(entries);
  return Object.fromEntries(
    outputs.map(([name, body]) => [name, settled(blocks(body, `${folder}: output.${name}`)[0]?.value, scope)]),
  );
}

type Declared = ReadonlyMap<string, { readonly type: string; readonly body: JsonObject }>;

function resourcesIn(files: readonly JsonObject[], folder: string): Declared {
  const declared = new Map<string, { readonly type: string; readonly body: JsonObject }>();
  for (const [type, names] of blocksNamed(files, 'resource', folder).flatMap(entries))
    for (const [name, value] of blocks(names, `${folder}: resource.${type}`).flatMap(entries)) {
      const address = `${type}.${name}`;
      // In an override file a resource of the same name adds to the other.
      for (const body of blocks(value, `${folder}: ${address}`))
        declared.set(address, { type, body: { ...declared.get(address)?.body, ...body } });
    }
  return declared;
}

async function readResources(declared: Declared, scope: Scope, found: Found): Promise<void> {
  for (const [address, { type, body }] of declared)
    for (const { key, each, body: own } of instancesOf(body, scope)) {
      const inside = { ...scope, each };
      const merged = await withMerged(settled(own, inside));
      found.resources.push(
        resourceOf(`${scope.prefix}${address}${key}`, type, withBlocks(merged, inside) as JsonObject),
      );
    }
}

/** Instances by key, each as a reference to it, or a module's outputs. */
function instancesAt(
  address: string,
  prefix: string,
  called: ReadonlyMap<string, JsonObject>,
  declared: Declared,
  scope: Scope,
): JsonObject | undefined {
  const local = address.startsWith(prefix) ? address.slice(prefix.length) : address;
  const keyIn = (text: string) => /\["(.*)"\]$/.exec(text)?.[1];
  const modules = [...called].flatMap(([name, outputs]) => {
    const key = name.startsWith(`${local}[`) ? keyIn(name) : undefined;
    return key === undefined ? [] : [[key, outputs] as const];
  });
  if (modules.length > 0) return Object.fromEntries(modules);
  const resource = declared.get(local);
  if (resource?.body.for_each === undefined) return undefined;
  const keys = instancesOf(resource.body, scope).flatMap(({ key }) => keyIn(key) ?? []);
  return keys.length > 0
    ? Object.fromEntries(keys.map((key) => [key, `\${${prefix}${local}[${JSON.stringify(key)}]}`]))
    : undefined;
}

function declaredIn(files: readonly JsonObject[], folder: string): [string, JsonObject][] {
  return blocksNamed(files, 'variable', folder)
    .flatMap(entries)
    .flatMap(([name, body]) =>
      blocks(body, `${folder}: variable.${name}`).map((one): [string, JsonObject] => [name, one]),
    );
}

const defaultsOf = (files: readonly JsonObject[], folder: string): JsonObject =>
  Object.fromEntries(
    declaredIn(files, folder).flatMap(([name, { default: value, sensitive }]) =>
      value === undefined || value === null || sensitive === true ? [] : [[name, value]],
    ),
  );

/** A sensitive variable is never read. */
function withoutSensitive(values: JsonObject, files: readonly JsonObject[], folder: string): JsonObject {
  const secret = new Set(
    declaredIn(files, folder).flatMap(([name, { sensitive }]) => (sensitive === true ? [name] : [])),
  );
  return isObject(values) ? Object.fromEntries(Object.entries(values).filter(([name]) => !secret.has(name))) : {};
}
