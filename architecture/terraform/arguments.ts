import { isUnknown, type Known, mapKnown, type Unknown } from '../known';
import { partOf, type TerraformDocument, type TerraformResource } from './document';
import { bareReference, isExpression, whyOpen } from './expression';
import { blocks, isObject, type JsonObject, kindOf } from './json';
import { target } from './target';

/** The name that `local.name` refers to; undefined: another reference. */
const localName = (reference: string): string | undefined => /^local\.([\w-]+)$/.exec(reference)?.[1];

/**
 * The value of an argument, if the document alone shows it: a literal, a local, or an argument of another resource. A
 * path such as `site_config.health_check_path` reaches into a nested block.
 *
 * @returns the value, undefined when the argument is missing, or why it is unknown
 */
export function argumentOf(resource: TerraformResource, path: string, document: TerraformDocument): Known<unknown> {
  let value: unknown = resource.body;
  for (const part of path.split('.')) {
    if (Array.isArray(value)) {
      if (value.length > 1) return unknown(resource, path, 'is set in several blocks');
      value = value[0];
    }
    if (isExpression(value))
      return unknown(resource, path, open(value, document).replace(/^is (?=\$\{)/, 'depends on '));
    if (value === undefined || value === null) break;
    if (!isObject(value)) return unknown(resource, path, `is inside ${kindOf(value)}`);
    if (isDynamic(value, part)) return unknown(resource, path, 'may come from a dynamic block');
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
  if (!isExpression(value)) return value;
  const reference = depth > 0 ? bareReference(value) : undefined;
  if (reference !== undefined) {
    const local = localName(reference);
    if (local !== undefined && Object.hasOwn(document.locals, local))
      return settle(document.locals[local], resource, path, document, depth - 1);
    const found = target(reference, document);
    if (found && Object.hasOwn(found.resource.body, found.attribute))
      return settle(found.resource.body[found.attribute], resource, path, document, depth - 1);
  }
  return unknown(resource, path, open(value, document));
}

const open = (value: unknown, { byAddress }: TerraformDocument) => whyOpen(value, (text) => byAddress.has(text));

/** Whether blocks of this name are made by a `dynamic` block, which is an object by name, or a list of them. */
const isDynamic = ({ dynamic }: JsonObject, name: string) =>
  [dynamic].flat().some((one) => isObject(one) && Object.hasOwn(one, name));

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
  return unknown(resource, path, `is ${kindOf(value)}, not a boolean`);
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
    : unknown(resource, path, `is ${kindOf(value)}, not a number`);
}

/** A string argument; an empty one counts as left out, since a provider reads back a missing one as empty. */
export function textOf<D extends string | null>(
  resource: TerraformResource,
  path: string,
  document: TerraformDocument,
  byDefault: D,
): Known<string | D> {
  const value = argumentOf(resource, path, document);
  if (isUnknown(value)) return value;
  if (value === undefined || value === '') return byDefault;
  return typeof value === 'string' ? value : unknown(resource, path, `is ${kindOf(value)}, not a string`);
}

/** Nested blocks of a resource, each as a resource whose address says where it is. */
export function innerBlocks(resource: TerraformResource, path: string): Known<readonly TerraformResource[]> {
  let owners: readonly TerraformResource[] = [resource];
  for (const name of path.split('.')) {
    const found: TerraformResource[] = [];
    for (const owner of owners) {
      const value = Object.hasOwn(owner.body, name) ? owner.body[name] : undefined;
      if (isDynamic(owner.body, name)) return unknown(owner, name, 'comes from a dynamic block');
      const text = [value].flat().find((one) => typeof one === 'string');
      if (text !== undefined) return unknown(owner, name, whyOpen(text));
      const bodies = blocks(value, `${owner.address}.${name}`);
      found.push(...bodies.map((body) => partOf(owner, name, body)));
    }
    owners = found;
  }
  return owners;
}

/** Strings of a list argument. */
export function stringsOf(resource: TerraformResource, path: string, document: TerraformDocument): Known<string[]> {
  const value = argumentOf(resource, path, document);
  if (isUnknown(value)) return value;
  if (value === undefined) return [];
  const items = (Array.isArray(value) ? value : [value]).map((item) =>
    typeof item === 'string' || typeof item === 'number'
      ? argumentOf(partOf(resource, '', { item }), 'item', document)
      : item,
  );
  const open = items.find(isUnknown);
  if (open) return unknown(resource, path, 'holds a value that is not known');
  return items.every((item) => typeof item === 'string' || typeof item === 'number')
    ? items.map(String)
    : unknown(resource, path, `is ${kindOf(value)}, not a list of strings`);
}

/** Whether the author states an argument, so that no default applies; null: the document does not show it. */
export const states = ({ stated }: TerraformResource, path: string): boolean | null =>
  stated === null ? null : hasArgument(stated, path);

/** Whether an argument has a value. */
export function hasArgument(body: JsonObject, path: string): boolean {
  let value: unknown = body;
  for (const part of path.split('.')) {
    const [inside] = [value].flat();
    value = isObject(inside) && Object.hasOwn(inside, part) ? inside[part] : undefined;
  }
  return value !== null && value !== undefined;
}

/** A value, or the reason that its argument is missing. */
export const required = <T>(value: Known<T | null>, resource: TerraformResource, path: string): Known<T> =>
  value === null ? unknown(resource, path, 'is missing') : value;

/** A string argument without a default. */
export const requiredText = (resource: TerraformResource, path: string, document: TerraformDocument): Known<string> =>
  required(textOf(resource, path, document, null), resource, path);

/** A number argument without a default. */
export const requiredNumber = (resource: TerraformResource, path: string, document: TerraformDocument): Known<number> =>
  required(numberOf(resource, path, document, null), resource, path);

/** Azure's name of the region of a resource, as in `westeurope`: Terraform takes `West Europe` too. */
export const locationOf = (resource: TerraformResource, document: TerraformDocument): Known<string> =>
  mapKnown(requiredText(resource, 'location', document), (text) => text.replaceAll(' ', '').toLowerCase());
