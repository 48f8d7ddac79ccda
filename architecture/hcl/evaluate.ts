import { isExpression, referencesIn } from '../terraform/expression';
import { isObject } from '../terraform/json';
import { folderFunctions, readsFolder } from './folderFunctions';
import { called } from './functions';
import type { Scope } from './scope';
import { type Expression, parsedTemplate } from './syntax';
import {
  expressionText,
  isList,
  isMap,
  isSettled,
  memberOf,
  missing,
  Open,
  openExpression,
  type Value,
  type ValueMap,
} from './values';

/** A value as a parser of files gives it, in which everything that the scope knows is replaced. */
export function settled(value: unknown, scope: Scope): Value {
  if (Array.isArray(value)) return value.map((item) => settled(item, scope));
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [keyOf(key, scope), settled(item, scope)]));
  return isExpression(value) ? evaluated(value, scope) : (value as Value);
}

/** A key may be an expression, as in `{ (var.name) = 1 }`. */
export function keyOf(key: string, scope: Scope): string {
  const value = isExpression(key) ? evaluated(key, scope) : key;
  return value instanceof Open ? value.template : String(value);
}

/** Trees by text: the same module is read once for every instance. */
const trees = new Map<string, Expression | null>();

function evaluated(text: string, scope: Scope): Value {
  let tree = trees.get(text);
  if (tree === undefined) {
    if (trees.size > 50_000) trees.clear();
    tree = parsedTemplate(text);
    trees.set(text, tree);
  }
  return tree ? evaluate(tree, scope) : new Open(withPrefixes(text, scope));
}

/** What is not parsed still refers to resources. */
const withPrefixes = (text: string, scope: Scope): string =>
  referencesIn(text).reduceRight(
    (result, { text: reference, start, end }) =>
      /^(data\.)?[a-z0-9]+_\w*\.|^module\./.test(reference)
        ? `${result.slice(0, start)}${scope.prefix}${reference}${result.slice(end)}`
        : result,
    text,
  );

export function evaluate(node: Expression, scope: Scope): Value {
  const text = (inner: Expression) => expressionText(evaluate(inner, scope));
  switch (node.kind) {
    case 'literal':
      return node.value;
    case 'template':
      return joined(node.parts.map((part) => (typeof part === 'string' ? part : evaluate(part, scope))));
    case 'name':
      return Object.hasOwn(scope.names, node.name) ? (scope.names[node.name] as Value) : openExpression(node.name);
    case 'member':
      return member(node, scope);
    case 'splat':
      return splat(evaluate(node.of, scope), node.text);
    case 'call':
      return call(node, scope);
    case 'not':
    case 'minus': {
      const value = evaluate(node.of, scope);
      if (node.kind === 'not' && typeof value === 'boolean') return !value;
      if (node.kind === 'minus' && typeof value === 'number') return -value;
      return openExpression(`${node.kind === 'not' ? '!' : '-'}${expressionText(value)}`);
    }
    case 'binary':
      return binary(node.operator, evaluate(node.left, scope), evaluate(node.right, scope));
    case 'choice': {
      const test = evaluate(node.test, scope);
      if (typeof test === 'boolean') return evaluate(test ? node.yes : node.no, scope);
      const [yes, no] = [evaluate(node.yes, scope), evaluate(node.no, scope)];
      return isSettled(yes) && isSettled(no) && isSame(yes, no)
        ? yes
        : openExpression(`${expressionText(test)} ? ${expressionText(yes)} : ${expressionText(no)}`);
    }
    case 'list':
      return node.items.map((item) => evaluate(item, scope));
    case 'object': {
      const members = node.members.map(([key, item]) => [evaluate(key, scope), evaluate(item, scope)] as const);
      return members.some(([key]) => key instanceof Open)
        ? openExpression(`{${members.map((one) => one.map(expressionText).join(' = ')).join(', ')}}`)
        : Object.fromEntries(members.map(([key, item]) => [String(key), item]));
    }
    case 'for':
      return (
        repeated(node, scope) ?? openExpression(`[for ${node.valueName} in ${text(node.over)} : ${text(node.value)}]`)
      );
  }
}

/** The parts of a string. */
function joined(parts: readonly Value[]): Value {
  const isText = (part: Value) => ['string', 'number', 'boolean'].includes(typeof part);
  if (parts.every(isText)) return parts.join('');
  return new Open(
    parts.map((part) => (part instanceof Open ? part.template : isText(part) ? String(part) : '')).join(''),
  );
}

interface Path {
  readonly root: string;
  readonly steps: readonly { readonly key: Value; readonly dot: boolean }[];
}

/** The way that a chain such as `var.apps["web"].plan` goes; undefined: it does not begin with a name of Terraform's. */
function pathOf(node: Expression, scope: Scope): Path | undefined {
  if (node.kind === 'name') return Object.hasOwn(scope.names, node.name) ? undefined : { root: node.name, steps: [] };
  if (node.kind !== 'member') return undefined;
  const before = pathOf(node.of, scope);
  return before && { ...before, steps: [...before.steps, { key: evaluate(node.key, scope), dot: node.dot }] };
}

function member(node: Expression & { kind: 'member' }, scope: Scope): Value {
  const path = pathOf(node, scope);
  if (path) return reference(path, scope);
  const of = evaluate(node.of, scope);
  return orMissing(memberOf(of, evaluate(node.key, scope), node.dot));
}

/** A member that is null is there. */
const orMissing = (value: Value | undefined): Value => (value === undefined ? missing : value);

function reference({ root, steps }: Path, scope: Scope): Value {
  const [first] = steps;
  const name = String(first?.key);
  const written = (from: string, rest: Path['steps']) =>
    rest.reduce((text, { key, dot }) => `${text}${dot ? `.${String(key)}` : `[${expressionText(key)}]`}`, from);
  const open = () => openExpression(written(root, steps));
  const inside = (value: Value | undefined, rest: Path['steps']): Value => {
    if (value === undefined) return open();
    return rest.reduce<Value>((found, { key, dot }) => orMissing(memberOf(found, key, dot)), value);
  };
  if (root === 'var') return inside(scope.variable(name), steps.slice(1));
  if (root === 'local') return inside(scope.local(name), steps.slice(1));
  if (root === 'path' && scope.files && steps.length === 1 && /^(module|root)$/.test(name))
    return name === 'root' ? '.' : scope.files.module;
  const isResource = root === 'data' || /^[a-z0-9]+_\w*$/.test(root);
  const base = root === 'module' ? scope.module(name) : isResource ? scope.instances(`${root}.${name}`) : undefined;
  if (base !== undefined) return inside(base, steps.slice(1));
  return isResource || root === 'module' ? openExpression(`${scope.prefix}${written(root, steps)}`) : open();
}

function splat(of: Value, rest: string): Value {
  if (of instanceof Open) return openExpression(`${expressionText(of)}[*]${rest}`);
  const steps = [...rest.matchAll(/\.([\w-]+)|\[(\d+)\]/g)];
  const items = of === null ? [] : isList(of) ? of : [of];
  return items.map((item) =>
    steps.reduce<Value>(
      (found, [, name, index]) => memberOf(found, name ?? Number(index), name !== undefined) ?? null,
      item,
    ),
  );
}

function call({ name, args, spread }: Expression & { kind: 'call' }, scope: Scope): Value {
  const values = args.map((arg) => evaluate(arg, scope));
  const last = values.at(-1);
  const all = spread && isList(last) ? [...values.slice(0, -1), ...last] : values;
  const value = spread && !isList(last) ? undefined : (fromFolder(name, all, scope) ?? called(name, all));
  return value === undefined
    ? openExpression(`${name}(${values.map(expressionText).join(', ')}${spread ? '...' : ''})`)
    : value;
}

function fromFolder(name: string, args: readonly Value[], scope: Scope): Value | undefined {
  if (!scope.files || !folderFunctions.includes(name)) return undefined;
  return readsFolder(name, args, scope.files, (template, names) => filled(template, names, scope));
}

/** A template sees the names that it is given, and nothing of the module. */
function filled(template: string, names: ValueMap, { files }: Scope): Value | undefined {
  const tree = parsedTemplate(template);
  const nothing = () => undefined;
  const inside = { prefix: '', variable: nothing, local: nothing, module: nothing, instances: nothing };
  const value = tree && evaluate(tree, { ...inside, files, names });
  return value === null || !isSettled(value) ? undefined : value;
}

const isSame = (one: Value, other: Value) => expressionText(one) === expressionText(other);

function binary(operator: string, left: Value, right: Value): Value {
  if (operator === '&&' && (left === false || right === false)) return false;
  if (operator === '||' && (left === true || right === true)) return true;
  const open = openExpression(`${expressionText(left)} ${operator} ${expressionText(right)}`);
  if (operator === '==' || operator === '!=')
    return isSettled(left) && isSettled(right) ? isSame(left, right) === (operator === '==') : open;
  if (typeof left === 'boolean' && typeof right === 'boolean')
    return operator === '&&' ? left && right : operator === '||' ? left || right : open;
  const [one, other] = [numberIn(left), numberIn(right)];
  if (one === undefined || other === undefined) return open;
  const results: Readonly<Record<string, number | boolean>> = {
    '+': one + other,
    '-': one - other,
    '*': one * other,
    '/': one / other,
    '%': one % other,
    '<': one < other,
    '>': one > other,
    '<=': one <= other,
    '>=': one >= other,
  };
  return results[operator] ?? open;
}

/** Terraform takes `"3"` for a number. */
const numberIn = (value: Value): number | undefined =>
  typeof value === 'number' || (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)) ? Number(value) : undefined;

/** @returns undefined where it needs a plan to know what it runs over, or which items it takes */
function repeated(node: Expression & { kind: 'for' }, scope: Scope): Value | undefined {
  const over = evaluate(node.over, scope);
  const entries = isList(over)
    ? over.map((item, index): [Value, Value] => [index, item])
    : isMap(over)
      ? Object.entries(over)
      : undefined;
  if (!entries || entries.length > 10_000) return undefined;
  const list: Value[] = [];
  const map = new Map<string, Value>();
  for (const [key, item] of entries) {
    const names = { ...scope.names, ...(node.keyName === null ? {} : { [node.keyName]: key }), [node.valueName]: item };
    const inner = { ...scope, names };
    const test = node.test === null ? true : evaluate(node.test, inner);
    if (typeof test !== 'boolean') return undefined;
    if (!test) continue;
    const value = evaluate(node.value, inner);
    if (node.key === null) {
      list.push(value);
      continue;
    }
    const name = evaluate(node.key, inner);
    if (name instanceof Open) return undefined;
    const before = map.get(String(name));
    map.set(String(name), node.grouped ? [...(isList(before) ? before : []), value] : value);
  }
  return node.key === null ? list : Object.fromEntries(map);
}
