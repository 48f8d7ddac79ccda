import { isObject, type JsonObject } from '../terraform/json';
import { keyOf, settled } from './evaluate';
import { keyed } from './repeated';
import type { Scope } from './scope';
import { plain, type Value } from './values';

/**
 * A body in which everything that the scope knows is replaced. Its `dynamic` blocks are the blocks that they make, at any
 * depth; one whose `for_each` is unknown stays `dynamic`.
 */
export function settledBody(value: unknown, scope: Scope): Value {
  if (Array.isArray(value)) return value.map((item) => settledBody(item, scope));
  if (!isObject(value)) return settled(value, scope);
  const { dynamic, ...rest } = value;
  const body: Record<string, Value> = Object.fromEntries(
    Object.entries(rest).map(([key, item]) => [keyOf(key, scope), settledBody(item, scope)]),
  );
  if (dynamic === undefined) return body;
  const open: Record<string, Value> = {};
  for (const one of [dynamic].flat().filter(isObject))
    for (const [name, list] of Object.entries(one))
      for (const block of [list].flat().filter(isObject)) {
        const made = blocksOf(name, block, scope);
        if (made) body[name] = [...[body[name] ?? []].flat(), ...made] as Value;
        else open[name] = [...[open[name] ?? []].flat(), settled(block, scope)] as Value;
      }
  return Object.keys(open).length > 0 ? { ...body, dynamic: open } : body;
}

function blocksOf(name: string, { for_each, iterator, content }: JsonObject, scope: Scope): Value[] | undefined {
  const over = keyed(settled(for_each, scope), false);
  const [inner] = [content].flat();
  if (!over || !isObject(inner)) return undefined;
  const called = typeof iterator === 'string' ? iterator.replace(/^\$\{|\}$/g, '') : name;
  return Object.entries(over).map(([key, value]) =>
    settledBody(inner, { ...scope, names: { ...scope.names, [called]: { key, value } } }),
  );
}

/** A body as the resources of a document have it. */
export const bodyOf = (value: unknown, scope: Scope): JsonObject => plain(settledBody(value, scope)) as JsonObject;
