import { isExpression } from '../../terraform/expression';
import { isObject, type JsonObject } from '../../terraform/json';

/** What a resource of Azure's own API is in azurerm's terms. */
export interface Mapping {
  readonly type: (body: JsonObject) => string;
  /** Arguments of azurerm; one that the body does not have is undefined. */
  readonly read: (body: JsonObject, own: Own) => JsonObject;
  /** What Azure takes for arguments that are left out, where azurerm takes something else. */
  readonly defaults?: JsonObject;
  /** Whether it is a part of the resource that `parent_id` names, as the database of a Redis is. */
  readonly ofParent?: true;
  /** What it declares beside itself, as a Traffic Manager its endpoints. */
  readonly inside?: (body: JsonObject, own: Own) => readonly Inside[];
}

/** What stands beside the body. */
export interface Own {
  readonly address: string;
  readonly name: unknown;
  /** As in `${azapi_resource.profile.id}`. */
  readonly parent: unknown;
}

export interface Inside {
  /** Behind the address of the resource, as in `.endpoint["weu"]`. */
  readonly part: string;
  readonly type: string;
  readonly args: JsonObject;
}

/** A value by its path; a list of one block is the block. What is inside an expression is the expression. */
export function at(value: unknown, path: string): unknown {
  let found: unknown = value;
  for (const key of path.split('.')) {
    const one = Array.isArray(found) && found.length === 1 ? found[0] : found;
    if (isExpression(one)) return one;
    found = isObject(one) && Object.hasOwn(one, key) ? one[key] : undefined;
  }
  return found ?? undefined;
}

/** Arguments by the paths of their values; undefined where the body has none of them. */
export const pick = (value: unknown, paths: Readonly<Record<string, string>>): JsonObject =>
  defined(Object.fromEntries(Object.entries(paths).map(([argument, path]) => [argument, at(value, path)])));

/** A block, or nothing where it would have no argument. */
export const block = (args: JsonObject): JsonObject | undefined =>
  Object.keys(defined(args)).length > 0 ? defined(args) : undefined;

/** The items of a list as blocks; an expression in place of the list stays one. */
export function blocksOf(list: unknown, read: (item: JsonObject) => JsonObject): unknown {
  if (list === undefined || list === null || isExpression(list)) return list ?? undefined;
  const items: readonly unknown[] = Array.isArray(list) ? list : [list];
  return items.flatMap((item): unknown[] =>
    isObject(item) ? [defined(read(item))] : isExpression(item) ? [item] : [],
  );
}

/** A value of each item of a list. */
export const each = (list: unknown, path: string): unknown =>
  Array.isArray(list) ? list.map((item) => at(item, path)).filter((item) => item !== undefined) : (list ?? undefined);

/** `Enabled` and `Disabled` as a boolean. */
export const flag = (word: unknown): unknown =>
  word === undefined || isExpression(word) || typeof word === 'boolean' ? word : !/^disabled$/i.test(String(word));

/** The name that the id of a part ends in, as in `…/httpListeners/https`. */
export function lastName(id: unknown): unknown {
  if (typeof id !== 'string') return undefined;
  const name = /\/([^/${}]+)$/.exec(id)?.[1];
  return name ?? (isExpression(id) ? id : undefined);
}

export const defined = (value: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined && item !== null));
