import { InputError } from '../inputError';
import { isUnknown, type Known, type Unknown } from './model';

/** A managed resource of a Terraform document. */
export interface TerraformResource {
  readonly address: string;
  readonly type: string;
  /** Arguments, with references as `${address.attribute}`. */
  readonly body: JsonObject;
  /** What the author wrote, where `body` also holds what the provider filled in (a plan does); undefined: `body`. */
  readonly stated?: JsonObject | null;
  /** What may be shown of it; undefined: `body`. */
  readonly shown?: JsonObject;
}

export type JsonObject = Readonly<Record<string, unknown>>;

/** One Terraform configuration in JSON syntax, indexed by address. */
export interface TerraformDocument {
  /** In the order of the document. */
  readonly resources: readonly TerraformResource[];
  readonly byAddress: ReadonlyMap<string, TerraformResource>;
  readonly locals: JsonObject;
  /** Names of `module` blocks, whose resources this document does not hold. */
  readonly modules: readonly string[];
  /** What a plan means to do, by address; null: a configuration, which cannot tell. */
  readonly planned: ReadonlyMap<string, PlannedChange> | null;
}

/** What Terraform plans for a resource. */
export interface PlannedChange {
  readonly actions: readonly string[];
  /** Paths of the arguments that force a replacement. */
  readonly replacePaths: readonly string[];
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * @param source what to call the text in a message, usually its path
 * @throws InputError when the text is no JSON
 */
export function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(
      `${source} is not JSON: ${(error as Error).message}. Synthesize it again, or check that it was copied whole.`,
    );
  }
}

/**
 * Reads Terraform's JSON configuration syntax.
 *
 * @throws InputError naming what is not as Terraform has it
 * @see https://developer.hashicorp.com/terraform/language/syntax/json
 */
export function indexTerraform(json: unknown, source: string): TerraformDocument {
  if (!isObject(json))
    throw new InputError(`${source} must be a Terraform configuration, a JSON object, got: ${kindOf(json)}.`);
  const resources: TerraformResource[] = [];
  for (const types of blocks(json.resource, `${source}: resource`)) {
    for (const [type, ofType] of entries(types)) {
      for (const names of blocks(ofType, `${source}: resource.${type}`)) {
        for (const [name, value] of entries(names)) {
          const address = `${type}.${name}`;
          const [body, another] = blocks(value, `${source}: ${address}`);
          if (!body || another)
            throw new InputError(`${source}: ${address} must be one block, got: ${another ? 'several' : 'none'}.`);
          resources.push({ address, type, body });
        }
      }
    }
  }
  const merged = (key: string) => Object.fromEntries(blocks(json[key], `${source}: ${key}`).flatMap(entries));
  return {
    resources,
    byAddress: new Map(resources.map((resource) => [resource.address, resource])),
    locals: merged('locals'),
    modules: Object.keys(merged('module')),
    planned: null,
  };
}

/** Terraform lets a block be an object or a list of objects; a missing one is none. */
export function blocks(value: unknown, where: string): JsonObject[] {
  if (value === undefined || value === null) return [];
  const list = Array.isArray(value) ? value : [value];
  return list.map((item) => {
    if (!isObject(item)) throw new InputError(`${where} must be a block, got: ${kindOf(item)}.`);
    return item;
  });
}

/** Members of an object; `//` is a comment in Terraform's JSON. */
const entries = (value: JsonObject) => Object.entries(value).filter(([key]) => key !== '//');

const kindOf = (value: unknown) => (value === null ? 'null' : Array.isArray(value) ? 'a list' : `a ${typeof value}`);

const key = '(?:\\[(?:"[^"]*"|\\d+)\\])?';
const addressed = `(?:module\\.[\\w-]+${key}\\.)*[a-z][a-z0-9]*_[a-z0-9_]+\\.[\\w-]+${key}`;
const reference = new RegExp(`^\\$\\{\\s*(${addressed})\\.([a-z0-9_]+)\\s*\\}$`);
const localReference = /^\$\{\s*local\.([A-Za-z0-9_-]+)\s*\}$/;
const mention = new RegExp(`(?<![\\w.])${addressed}`, 'g');

/** A resource by its address; one made by `count` or `for_each` stands in a configuration without its key. */
const addressedBy = (address: string, { byAddress }: TerraformDocument) =>
  byAddress.get(address) ?? byAddress.get(address.replace(/\[[^\]]*\]$/, ''));

/** The resources that an expression mentions anywhere in it, in order. */
export function mentioned(value: unknown, document: TerraformDocument, depth = 4): TerraformResource[] {
  if (Array.isArray(value)) return value.flatMap((item) => mentioned(item, document, depth));
  if (typeof value !== 'string' || !value.includes('${')) return [];
  const direct = [...value.matchAll(mention)].flatMap(([address]) => addressedBy(address, document) ?? []);
  if (depth === 0) return direct;
  const locals = [...value.matchAll(/(?<![\w.])local\.([\w-]+)/g)].map(([, name = '']) => document.locals[name]);
  return [...direct, ...locals.flatMap((local) => mentioned(local, document, depth - 1))];
}

/**
 * The value of an argument, where the configuration alone settles it: a literal, a local, or an argument of another
 * resource. A nested block is reached by a path such as `site_config.health_check_path`.
 *
 * @returns the value, undefined when the argument is not there, or why it cannot be told
 */
export function argumentOf(resource: TerraformResource, path: string, document: TerraformDocument): Known<unknown> {
  let value: unknown = resource.body;
  for (const part of path.split('.')) {
    if (Array.isArray(value)) {
      if (value.length > 1) return unknown(resource, path, 'stands in several blocks');
      value = value[0];
    }
    if (typeof value === 'string') return unknown(resource, path, `depends on ${value}`);
    if (value === undefined || value === null) break;
    if (!isObject(value)) return unknown(resource, path, `is inside ${JSON.stringify(value)}`);
    if ('dynamic' in value && !Object.hasOwn(value, part))
      return unknown(resource, path, 'may come from a dynamic block');
    value = Object.hasOwn(value, part) ? value[part] : undefined;
  }
  return settle(value ?? undefined, resource, path, document, 8);
}

function settle(
  value: unknown,
  resource: TerraformResource,
  path: string,
  document: TerraformDocument,
  depth: number,
): Known<unknown> {
  if (typeof value !== 'string' || !value.includes('${')) return value;
  const local = localReference.exec(value)?.[1];
  if (depth > 0 && local !== undefined && Object.hasOwn(document.locals, local))
    return settle(document.locals[local], resource, path, document, depth - 1);
  const [, address, argument] = reference.exec(value) ?? [];
  const target = address === undefined ? undefined : addressedBy(address, document);
  if (depth > 0 && target && argument !== undefined && Object.hasOwn(target.body, argument))
    return settle(target.body[argument], resource, path, document, depth - 1);
  if (value === afterApply) return unknown(resource, path, 'is known only after apply');
  if (value === sensitive) return unknown(resource, path, 'is sensitive');
  return unknown(resource, path, `is ${value}`);
}

/** Stands for a value that a plan leaves open, and for one that is never looked at. */
export const afterApply = '${(known after apply)}';
export const sensitive = '${(sensitive value)}';

export const unknown = (resource: TerraformResource, path: string, because: string): Unknown => ({
  unknown: `${resource.address}.${path} ${because}`,
});

/** A boolean argument; Terraform takes `"true"` for `true`. */
export function booleanOf(
  resource: TerraformResource,
  path: string,
  document: TerraformDocument,
  byDefault: boolean,
): Known<boolean> {
  const value = argumentOf(resource, path, document);
  if (isUnknown(value)) return value;
  if (value === undefined) return byDefault;
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  return unknown(resource, path, `is ${JSON.stringify(value)}, no boolean`);
}

/** A number argument; Terraform takes `"3"` for `3`. */
export function numberOf<D extends number | null>(
  resource: TerraformResource,
  path: string,
  document: TerraformDocument,
  byDefault: D,
): Known<number | D> {
  const value = argumentOf(resource, path, document);
  if (isUnknown(value)) return value;
  if (value === undefined) return byDefault;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number)
    ? number
    : unknown(resource, path, `is ${JSON.stringify(value)}, no number`);
}

/** A text argument. */
export function textOf<D extends string | null>(
  resource: TerraformResource,
  path: string,
  document: TerraformDocument,
  byDefault: D,
): Known<string | D> {
  const value = argumentOf(resource, path, document);
  if (isUnknown(value)) return value;
  if (value === undefined) return byDefault;
  return typeof value === 'string' ? value : unknown(resource, path, `is ${JSON.stringify(value)}, no text`);
}

/** Nested blocks of a resource, each as a resource of its own whose address says where it stands. */
export function innerBlocks(resource: TerraformResource, path: string): Known<readonly TerraformResource[]> {
  let owners: readonly TerraformResource[] = [resource];
  for (const name of path.split('.')) {
    const found: TerraformResource[] = [];
    for (const owner of owners) {
      const value = Object.hasOwn(owner.body, name) ? owner.body[name] : undefined;
      const { dynamic } = owner.body;
      if (isObject(dynamic) && Object.hasOwn(dynamic, name)) return unknown(owner, name, 'comes from a dynamic block');
      if (typeof value === 'string') return unknown(owner, name, `is ${value}`);
      const bodies = blocks(value, `${owner.address}.${name}`);
      found.push(...bodies.map((body) => ({ address: `${owner.address}.${name}`, type: resource.type, body })));
    }
    owners = found;
  }
  return owners;
}

/** Texts of a list argument. */
export function textsOf(resource: TerraformResource, path: string, document: TerraformDocument): Known<string[]> {
  const value = argumentOf(resource, path, document);
  if (isUnknown(value)) return value;
  if (value === undefined) return [];
  const items = (Array.isArray(value) ? value : [value]).map((item) =>
    typeof item === 'string' || typeof item === 'number'
      ? argumentOf({ ...resource, body: { item } }, 'item', document)
      : item,
  );
  const open = items.find(isUnknown);
  if (open) return unknown(resource, path, 'holds a value that is not known');
  return items.every((item) => typeof item === 'string' || typeof item === 'number')
    ? items.map(String)
    : unknown(resource, path, `is ${JSON.stringify(value)}, no list of texts`);
}

/** Whether the author states an argument, so that no default applies; null: the document cannot tell. */
export function states(resource: TerraformResource, argument: string): boolean | null {
  if (resource.stated === null) return null;
  const stated = resource.stated ?? resource.body;
  return Object.hasOwn(stated, argument) && stated[argument] !== null && stated[argument] !== undefined;
}
