import { isExpression, type Reference, referencesIn } from '../terraform/expression';
import { isObject, type JsonObject } from '../terraform/json';

/** What names mean in one module instance. */
export interface Scope {
  /** How addresses of its resources begin, as in `module.web["weu"].`; empty: the root. */
  readonly prefix: string;
  /** Values of variables; a value may be an expression with addresses of the root. */
  readonly variables: JsonObject;
  readonly locals: JsonObject;
  /** Outputs of the modules that it calls, by address as in `module.web`; null: not read. */
  readonly outputs: (module: string, output: string) => unknown;
  /** Instances of a resource or a module by key, for a `for_each` over it; undefined: it has none that are known. */
  readonly instances: (address: string) => JsonObject | undefined;
  /** What `each` and `count` are in one block. */
  readonly each: JsonObject;
}

/** A value with everything in it that the scope settles; what it does not settle stays an expression. */
export function settled(value: unknown, scope: Scope, depth = 12): unknown {
  if (Array.isArray(value)) return value.map((item) => settled(item, scope, depth));
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, settled(item, scope, depth)]));
  return isExpression(value) ? settledText(value, scope, depth) : value;
}

function settledText(text: string, scope: Scope, depth: number): unknown {
  if (depth === 0) return text;
  const references = referencesIn(text);
  const [only] = references;
  if (only && references.every((one) => one.start >= only.start && one.end <= only.end) && isWhole(text, only)) {
    const inner = inside(only.text, scope, depth);
    const value = resolved(inner, scope, depth);
    return value === undefined ? `\${${prefixed(inner, scope)}}` : value;
  }
  return joined(replaced(text, references, scope, depth));
}

const isWhole = (text: string, { start, end }: Reference) =>
  text.slice(0, start).trim() === '${' && text.slice(end).trim() === '}';

/** A reference whose index is settled, as in `azurerm_service_plan.plan["weu"]`. */
function inside(reference: string, scope: Scope, depth: number): string {
  const bracket = reference.indexOf('[');
  if (bracket === -1) return reference;
  const nested = referencesIn(`\${${reference}}`)
    .filter(({ start }) => start > 2)
    .map((one) => ({ ...one, start: one.start - 2, end: one.end - 2 }));
  return replaced(reference, nested, scope, depth);
}

/** The text with each reference, the outermost first, in words that the scope settles. */
function replaced(text: string, references: readonly Reference[], scope: Scope, depth: number): string {
  const isIn = (one: Reference, other: Reference) => other !== one && other.start <= one.start && one.end <= other.end;
  const outer = references.filter((one) => !references.some((other) => isIn(one, other)));
  return outer.reduceRight((result, one) => {
    const inner = inside(one.text, scope, depth);
    const value = resolved(inner, scope, depth);
    return (
      result.slice(0, one.start) +
      (value === undefined ? prefixed(inner, scope) : written(value)) +
      result.slice(one.end)
    );
  }, text);
}

/** A value inside an expression. */
function written(value: unknown): string {
  if (!isExpression(value)) return JSON.stringify(value);
  const bare = /^\$\{([\s\S]*)\}$/.exec(value)?.[1];
  return bare !== undefined && !bare.includes('${')
    ? `(${bare})`.replace(/^\(([\w.[\]"*-]+)\)$/, '$1')
    : JSON.stringify(value);
}

/** A template of literals alone is a string. */
const joined = (text: string): string =>
  text.replace(/\$\{\(?("(?:[^"\\$]|\\.)*"|-?[\d.]+|true|false)\)?\}/g, (whole, literal: string) => {
    try {
      return String(JSON.parse(literal));
    } catch {
      return whole;
    }
  });

const steps = /\.([\w-]+)|\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]/g;

/** What a reference is; undefined: the scope does not settle it. */
function resolved(reference: string, scope: Scope, depth: number): unknown {
  const [, first = '', rest = ''] = /^([\w-]+)(.*)$/s.exec(reference) ?? [];
  const path = [...rest.matchAll(steps)];
  if (path.map(([text]) => text).join('') !== rest) return undefined;
  const keys = path.map(([, name, key, index]) => name ?? key ?? index ?? '');
  const [second = '', ...others] = keys;
  if (first === 'var') return valueAt(scope.variables, keys);
  if (first === 'local')
    return Object.hasOwn(scope.locals, second)
      ? valueAt({ value: settled(scope.locals[second], scope, depth - 1) }, ['value', ...others])
      : undefined;
  if (first === 'each' || first === 'count') return valueAt(scope.each, [first, ...keys]);
  if (first !== 'module') return undefined;
  const name = path[1]?.[0].startsWith('[') ? 2 : 1;
  const module = `module${path
    .slice(0, name)
    .map(([text]) => text)
    .join('')}`;
  const output = scope.outputs(module, keys[name] ?? '');
  return output === undefined ? undefined : valueAt({ value: output }, ['value', ...keys.slice(name + 1)]);
}

/** A member of a value; a member of an expression that is one reference is a longer reference. */
function valueAt(value: unknown, path: readonly string[]): unknown {
  let found = value;
  for (const key of path) {
    if (Array.isArray(found)) found = found[Number(key)];
    else if (isObject(found) && Object.hasOwn(found, key)) found = found[key];
    else if (typeof found === 'string' && /^\$\{[\w.[\]"-]+\}$/.test(found)) found = `${found.slice(0, -1)}.${key}}`;
    else return undefined;
  }
  return found ?? undefined;
}

/** A resource of a module by its address in the whole; what is a name of the module stays as it is. */
const prefixed = (reference: string, { prefix }: Scope): string =>
  prefix !== '' && /^(data\.)?[a-z0-9]+_\w*\.|^module\./.test(reference) ? `${prefix}${reference}` : reference;
