import { isObject, type JsonObject } from '../terraform/json';
import { keyed } from './repeated';
import { type Scope, settled } from './scope';

/**
 * A body whose `dynamic` blocks are the blocks that they make, at any depth; one whose `for_each` is not settled stays
 * `dynamic`.
 */
export function withBlocks(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((item) => withBlocks(item, scope));
  if (!isObject(value)) return value;
  const { dynamic, ...rest } = value;
  const body: Record<string, unknown> = Object.fromEntries(
    Object.entries(rest).map(([key, item]) => [key, withBlocks(item, scope)]),
  );
  if (dynamic === undefined) return body;
  const open: Record<string, unknown> = {};
  for (const one of [dynamic].flat().filter(isObject))
    for (const [name, list] of Object.entries(one))
      for (const block of [list].flat().filter(isObject)) {
        const made = blocksOf(name, block, scope);
        if (made) body[name] = [...[body[name] ?? []].flat(), ...made];
        else open[name] = [...[open[name] ?? []].flat(), block];
      }
  return Object.keys(open).length > 0 ? { ...body, dynamic: open } : body;
}

function blocksOf(name: string, { for_each, iterator, content }: JsonObject, scope: Scope): unknown[] | undefined {
  const over = keyed(settled(for_each, scope), scope);
  const [inner] = [content].flat();
  if (!over || !isObject(inner)) return undefined;
  const called = typeof iterator === 'string' ? iterator.replace(/^\$\{|\}$/g, '') : name;
  return Object.entries(over).map(([key, value]) => {
    const each = { each: { key, value } };
    return withBlocks(settled(renamed(inner, called), { ...scope, each }), scope);
  });
}

/** The block's own iterator by the name that a scope knows. */
function renamed(value: unknown, iterator: string): unknown {
  if (Array.isArray(value)) return value.map((item) => renamed(item, iterator));
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, renamed(item, iterator)]));
  return typeof value === 'string'
    ? value.replace(new RegExp(`(?<![\\w.-])${iterator}\\.(key|value)\\b`, 'g'), 'each.$1')
    : value;
}
