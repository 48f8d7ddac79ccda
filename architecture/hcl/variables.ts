import type { JsonObject } from '../terraform/json';
import { settled } from './evaluate';
import type { Scope } from './scope';
import { type Expression, parsedTemplate } from './syntax';
import { isList, isMap, openExpression, type Value } from './values';

/** A scope in which no name has a value. */
export const nothingKnown: Scope = {
  prefix: '',
  variable: () => undefined,
  local: () => undefined,
  module: () => undefined,
  instances: () => undefined,
  files: null,
  names: {},
};

/**
 * Reads a module's variables: what is given, or the default, in the declared type. A sensitive one is never read.
 *
 * @param declared the bodies of `variable` blocks by name
 * @param given undefined: the variable is left out
 */
export function variableReader(
  declared: ReadonlyMap<string, JsonObject>,
  given: (name: string) => Value | undefined,
): (name: string) => Value | undefined {
  return (name) => {
    const { type, default: byDefault, sensitive, nullable } = declared.get(name) ?? {};
    if (sensitive === true || sensitive === 'true') return openExpression(`sensitive(var.${name})`);
    const own = given(name);
    const isGiven = own !== undefined && !(own === null && nullable === false);
    const value = isGiven ? own : byDefault === undefined ? undefined : settled(byDefault, nothingKnown);
    const tree = typeof type === 'string' ? parsedTemplate(type) : null;
    return value !== undefined && tree ? inType(value, tree) : value;
  };
}

/** A value in a type, with the defaults of `optional(…)` filled in; what does not fit stays as it is. */
function inType(value: Value, type: Expression): Value {
  if (type.kind === 'name') return basic(value, type.name);
  if (type.kind !== 'call') return value;
  const [inner] = type.args;
  if (!inner) return value;
  if (type.name === 'map' && isMap(value))
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inType(item, inner)]));
  if ((type.name === 'list' || type.name === 'set') && isList(value)) return value.map((item) => inType(item, inner));
  if (type.name !== 'object' || inner.kind !== 'object' || !isMap(value)) return value;
  return Object.fromEntries(
    inner.members.map(([key, item]) => {
      const name = key.kind === 'literal' ? String(key.value) : '';
      const optional = item.kind === 'call' && item.name === 'optional' ? item.args : null;
      const own = Object.hasOwn(value, name) ? (value[name] ?? null) : null;
      const otherwise = optional?.[1] ? literal(optional[1]) : null;
      return [name, inType(own ?? otherwise, optional?.[0] ?? item)];
    }),
  );
}

/** Terraform takes `"3"` for a number and `3` for a string. */
function basic(value: Value, type: string): Value {
  if (type === 'number' && typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)))
    return Number(value);
  if (type === 'bool' && (value === 'true' || value === 'false')) return value === 'true';
  return type === 'string' && (typeof value === 'number' || typeof value === 'boolean') ? String(value) : value;
}

/** A default of `optional(…)` is written out. */
function literal(node: Expression): Value {
  if (node.kind === 'literal') return node.value;
  if (node.kind === 'list') return node.items.map(literal);
  if (node.kind === 'minus') {
    const value = literal(node.of);
    return typeof value === 'number' ? -value : null;
  }
  return node.kind === 'object'
    ? Object.fromEntries(
        node.members.map(([key, item]) => [key.kind === 'literal' ? String(key.value) : '', literal(item)]),
      )
    : null;
}
