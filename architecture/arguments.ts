import { bareReference, isExpression, whyOpen } from './expression';
import { isObject, type JsonObject, kindOf } from './json';
import { isUnknown, type Known, type Unknown } from './model';
import { blocks, localName, type TerraformDocument, type TerraformResource, target } from './terraform';

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
  return unknown(resource, path, `is ${kindOf(value)}, no boolean`);
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
    : unknown(resource, path, `is ${kindOf(value)}, no number`);
}

/** A text argument; an empty one is one left out, which is how a provider reads it back. */
export function textOf<D extends string | null>(
  resource: TerraformResource,
  path: string,
  document: TerraformDocument,
  byDefault: D,
): Known<string | D> {
  const value = argumentOf(resource, path, document);
  if (isUnknown(value)) return value;
  if (value === undefined || value === '') return byDefault;
  return typeof value === 'string' ? value : unknown(resource, path, `is ${kindOf(value)}, no text`);
}

/** Nested blocks of a resource, each as a resource of its own whose address says where it stands. */
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
    : unknown(resource, path, `is ${kindOf(value)}, no list of texts`);
}

/** Whether the author states an argument, so that no default applies; null: the document cannot tell. */
export function states({ stated, body }: TerraformResource, path: string): boolean | null {
  if (stated === null) return null;
  let value: unknown = stated ?? body;
  for (const part of path.split('.')) {
    const [inside] = [value].flat();
    value = isObject(inside) && Object.hasOwn(inside, part) ? inside[part] : undefined;
  }
  return value !== null && value !== undefined;
}
