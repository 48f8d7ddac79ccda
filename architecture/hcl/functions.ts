import { isExpression } from '../terraform/expression';
import { isObject, type JsonObject } from '../terraform/json';

/** Every `merge(…)` of maps that are written out, at any depth of a value, as the one map that it makes. */
export async function withMerged(value: unknown): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map(withMerged));
  if (isObject(value)) {
    const all = await Promise.all(Object.entries(value).map(async ([key, item]) => [key, await withMerged(item)]));
    return Object.fromEntries(all) as JsonObject;
  }
  if (!isExpression(value)) return value;
  const inner = /^\$\{\s*merge\(([\s\S]*)\)\s*\}$/.exec(value)?.[1];
  if (inner === undefined) return value;
  try {
    const { parse } = await import('@cdktn/hcl2json');
    // As the elements of a list the arguments are parsed by the parser itself.
    const { x } = (await parse('x.tf', `x = [${inner}]`)) as { x?: unknown };
    return Array.isArray(x) && x.every(isObject) ? Object.assign({}, ...x) : value;
  } catch {
    return value;
  }
}

/** The length of a list or map that is written out, as in `length(["a", "b"])`; undefined: it is not written out. */
export function lengthIn(expression: string): number | undefined {
  const inner = /^\$\{\s*length\(([\s\S]*)\)\s*\}$/.exec(expression)?.[1];
  if (inner === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(inner);
    return Array.isArray(value) ? value.length : isObject(value) ? Object.keys(value).length : undefined;
  } catch {
    return undefined;
  }
}
