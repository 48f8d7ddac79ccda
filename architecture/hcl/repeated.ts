import { bareReference } from '../terraform/expression';
import { isObject, type JsonObject } from '../terraform/json';
import { lengthIn } from './functions';
import { type Scope, settled } from './scope';

/** One of the instances that a block makes. */
export interface Instance {
  /** As in `["weu"]`; empty: the only one. */
  readonly key: string;
  readonly each: JsonObject;
  /** The block without a `count` or `for_each` that is settled. */
  readonly body: JsonObject;
}

/** The instances of a block; one with its `count` or `for_each` where a plan is needed to know how many it makes. */
export function instancesOf(block: JsonObject, scope: Scope): readonly Instance[] {
  const { count, for_each, ...body } = block;
  if (for_each !== undefined) {
    const value = settled(for_each, scope);
    const over = keyed(value, scope);
    if (!over) return [{ key: '', each: {}, body: { ...body, for_each: value } }];
    return Object.entries(over).map(([key, value]) => ({
      key: `[${JSON.stringify(key)}]`,
      each: { each: { key, value } },
      body,
    }));
  }
  if (count === undefined) return [{ key: '', each: {}, body }];
  const times = condition(settled(count, scope));
  if (times === undefined) return [{ key: '', each: {}, body: { ...body, count: settled(count, scope) } }];
  return Array.from({ length: times }, (_, index) => ({ key: `[${index}]`, each: { count: { index } }, body }));
}

/**
 * What a `for_each` runs over, by key: a map, a set that is written out, a list in a `dynamic` block, or the instances of a
 * resource or a module.
 */
export function keyed(value: unknown, scope: Scope): JsonObject | undefined {
  if (isObject(value)) return value;
  if (Array.isArray(value)) return Object.fromEntries(value.map((item, index) => [String(index), item]));
  if (typeof value !== 'string') return undefined;
  const list = /^\$\{toset\((\[[\s\S]*\])\)\}$/.exec(value)?.[1];
  if (list === undefined) {
    const whole = bareReference(value);
    return whole === undefined ? undefined : scope.instances(whole);
  }
  try {
    const items: unknown = JSON.parse(list.replace(/,\s*\]$/, ']'));
    return Array.isArray(items) ? Object.fromEntries(items.map((item) => [String(item), item])) : undefined;
  } catch {
    return undefined;
  }
}

/** A number, also as the result of a condition that is settled, as in `true ? 1 : 0`. */
function condition(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return undefined;
  if (/^\d+$/.test(value)) return Number(value);
  const length = lengthIn(value);
  if (length !== undefined) return length;
  const [, test, yes, no] = /^\$\{\s*\(?(true|false)\)?\s*\?\s*(\d+)\s*:\s*(\d+)\s*\}$/.exec(value) ?? [];
  if (test === undefined) return undefined;
  return Number(test === 'true' ? yes : no);
}
