import { isObject, type JsonObject } from '../terraform/json';
import { settled } from './evaluate';
import type { Scope } from './scope';
import { isList, isMap, Open, plain, type Value, type ValueMap } from './values';

/** One of the instances that a block makes. */
export interface Instance {
  /** As in `["weu"]`; empty: the only one. */
  readonly key: string;
  /** The scope with `each` or `count`. */
  readonly scope: Scope;
  /** The block without its `count` or `for_each`, if that is known. */
  readonly body: JsonObject;
}

/** The instances of a block; one with its `count` or `for_each` where a plan is needed to know how many it makes. */
export function instancesOf(block: JsonObject, scope: Scope): readonly Instance[] {
  const { count, for_each, ...body } = block;
  const enabled = enabledOf(body, scope);
  if (enabled === false) return [];
  const within = (names: ValueMap): Scope => ({ ...scope, names: { ...scope.names, ...names } });
  if (for_each !== undefined) {
    const value = settled(for_each, scope);
    const over = keyed(value, true);
    if (!over) return [{ key: '', scope, body: { ...body, for_each: plain(value) } }];
    return Object.entries(over).map(([key, item]) => ({
      key: `[${JSON.stringify(key)}]`,
      scope: within({ each: { key, value: item } }),
      body,
    }));
  }
  if (count === undefined || count === null)
    return [{ key: '', scope, body: enabled === true ? body : { ...body, count: plain(enabled) } }];
  const value = settled(count, scope);
  const times = typeof value === 'string' ? Number(value) : value;
  if (typeof times !== 'number' || !Number.isInteger(times) || times < 0 || times > 1000)
    return [{ key: '', scope, body: { ...body, count: plain(value) } }];
  return Array.from({ length: times }, (_, index) => ({
    key: `[${index}]`,
    scope: within({ count: { index } }),
    body,
  }));
}

/** OpenTofu takes `enabled` inside `lifecycle`. @see https://opentofu.org/docs/language/meta-arguments/enabled/ */
function enabledOf({ lifecycle }: JsonObject, scope: Scope): Value {
  const [block] = [lifecycle].flat();
  return isObject(block) && block.enabled !== undefined ? settled(block.enabled, scope) : true;
}

/**
 * What a `for_each` runs over, by key: a map, a set, or a list in a `dynamic` block.
 *
 * @param asSet whether a list can only be a set, whose items are their own keys
 */
export function keyed(value: Value, asSet: boolean): ValueMap | undefined {
  if (isMap(value)) return value;
  if (!isList(value) || (asSet && value.some((item) => item instanceof Open))) return undefined;
  return Object.fromEntries(value.map((item, index) => [asSet ? String(item) : String(index), item]));
}
