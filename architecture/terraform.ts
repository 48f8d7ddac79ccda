import { InputError } from '../inputError';
import { bareReference, isExpression, referencesIn } from './expression';
import { isObject, type JsonObject, kindOf } from './json';
import type { Known, Unknown } from './model';

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

/** One Terraform configuration in JSON syntax, indexed by address. */
export interface TerraformDocument {
  /** In the order of the document. */
  readonly resources: readonly TerraformResource[];
  readonly byAddress: ReadonlyMap<string, TerraformResource>;
  readonly locals: JsonObject;
  /** What else may declare resources that this document does not hold, as in `module.web`. */
  readonly elsewhere: readonly string[];
  /** What a plan means to do, by address; null: a configuration, which cannot tell. */
  readonly planned: ReadonlyMap<string, PlannedChange> | null;
}

/** What Terraform plans for a resource. */
export interface PlannedChange {
  readonly actions: readonly string[];
  /** Paths of the arguments that force a replacement. */
  readonly replacePaths: readonly string[];
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
          if (!isNone(body)) resources.push({ address, type, body: withoutEach(body) });
        }
      }
    }
  }
  const merged = (key: string) => Object.fromEntries(blocks(json[key], `${source}: ${key}`).flatMap(entries));
  return {
    resources,
    byAddress: new Map(resources.map((resource) => [resource.address, resource])),
    locals: merged('locals'),
    elsewhere: Object.keys(merged('module')).map((name) => `module.${name}`),
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

/** `count = 0` and an empty `for_each` declare nothing. */
const isNone = ({ count, for_each }: JsonObject) =>
  `${count}` === '0' || (typeof for_each === 'object' && for_each !== null && Object.keys(for_each).length === 0);

/** Of a block made for each instance of a resource, `each.value` is that instance. */
function withoutEach(body: JsonObject): JsonObject {
  const every = typeof body.for_each === 'string' ? bareReference(body.for_each) : undefined;
  if (every === undefined || !anAddress.test(every)) return body;
  const replaced = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(replaced);
    if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replaced(item)]));
    if (!isExpression(value)) return value;
    return referencesIn(value).reduceRight(
      (text, { text: reference, start }) =>
        /^each\.value(?![\w-])/.test(reference)
          ? `${text.slice(0, start)}${every}[each.key]${text.slice(start + 'each.value'.length)}`
          : text,
      value,
    );
  };
  return replaced(body) as JsonObject;
}

/** Whether one block may make any number of resources; null: exactly one. In a plan each stands by itself. */
export function multiplied({ address, body: { count, for_each } }: TerraformResource): Unknown | null {
  if (count !== undefined && `${count}` !== '1') return { unknown: `${address}.count makes any number of it` };
  const one = isObject(for_each) && Object.keys(for_each).length === 1;
  return for_each === undefined || one ? null : { unknown: `${address}.for_each makes any number of it` };
}

const key = '(?:\\[(?:"(?:[^"\\\\]|\\\\.)*"|[^\\]"]*)\\])?';
const address = `(?:module\\.[\\w-]+${key}\\.)*(?:data\\.)?[a-z][a-z0-9]*_[a-z0-9_]+\\.[\\w-]+${key}`;
const anAddress = new RegExp(`^${address}$`);
const addressAndRest = new RegExp(`^(${address})(.*)$`, 's');

/** A resource by its address; one made by `count` or `for_each` stands in a configuration without its key. */
const addressedBy = (wanted: string, { byAddress }: TerraformDocument) =>
  byAddress.get(wanted) ?? byAddress.get(wanted.replace(/\[[^\]]*\]$/, ''));

/** The resource that a reference leads to, and the rest of the path inside it. */
export function target(
  reference: string,
  document: TerraformDocument,
): { readonly resource: TerraformResource; readonly attribute: string } | undefined {
  const [, found, rest = ''] = addressAndRest.exec(reference) ?? [];
  const resource = found === undefined ? undefined : addressedBy(found, document);
  return resource && { resource, attribute: rest.replace(/^\./, '') };
}

/** The name that `local.name` refers to; undefined: another reference. */
export const localName = (reference: string): string | undefined => /^local\.([\w-]+)$/.exec(reference)?.[1];

/** The resources that an expression mentions anywhere in it, in order. */
export function mentioned(value: unknown, document: TerraformDocument, depth = 4): TerraformResource[] {
  if (Array.isArray(value)) return value.flatMap((item) => mentioned(item, document, depth));
  if (!isExpression(value)) return [];
  const references = referencesIn(value).map(({ text }) => text);
  const direct = references.flatMap((text) => target(text, document)?.resource ?? []);
  if (depth === 0) return direct;
  const locals = references.map((text) => document.locals[/^local\.([\w-]+)/.exec(text)?.[1] ?? '']);
  return [...direct, ...locals.flatMap((local) => mentioned(local, document, depth - 1))];
}

/**
 * The one resource of some types that an argument refers to.
 *
 * @returns undefined when it refers to none; unknown when it may be any of several
 */
export function named(
  { address, body }: TerraformResource,
  argument: string,
  document: TerraformDocument,
  types: readonly string[],
): Known<TerraformResource | undefined> {
  const found = [...new Set(mentioned(body[argument], document))].filter(({ type }) => types.includes(type));
  return found.length > 1
    ? { unknown: `${address}.${argument} may be any of ${found.map((one) => one.address).join(', ')}` }
    : found[0];
}
