import { afterApply, bareReference, isExpression, referencesIn, sensitiveFrom } from './expression';
import { isObject, type JsonObject } from './json';
import { pairedBlocks } from './planBlocks';
import { objectAt } from './planConfiguration';
import { valuesInside } from './references';
import { addressIn } from './target';

export interface Resolving {
  /** What an expression refers to, as `address.attribute`. */
  readonly refer: (expression: unknown) => readonly string[];
  /** What an expression is, as far as variables give it. */
  readonly literal: (expression: unknown) => unknown;
  /** Entries of a map that is planned as unknown altogether. */
  readonly entries: (expression: unknown) => JsonObject | undefined;
  readonly known: ReadonlyMap<string, string> | null;
  /** How a reference to the resource itself begins: its own name is not a link. */
  readonly own: string;
  /** Whether blocks of a name are a set, whose order is the plan's own. */
  readonly isSet: (name: string) => boolean;
}

/** What a document shows of one argument. */
export interface Argument {
  readonly value: unknown;
  /** true where the value is known only after apply, or an object of the shape of the value. */
  readonly open: unknown;
  /** Each true where the value is sensitive, or of the shape of the value. */
  readonly secrets: readonly unknown[];
  /** What the plan's `configuration` has for it. */
  readonly expression: unknown;
  /** What the files have that the plan was made from; undefined: they are not read. */
  readonly written?: unknown;
}

/** A planned value, with references in place of what is unknown or secret. */
export function merged(argument: Argument, resolving: Resolving, name = ''): unknown {
  const { value, open, secrets, expression, written } = argument;
  const files = fromFiles(argument, resolving);
  if (files !== undefined) return files;
  if (secrets.includes(true)) return sensitiveFrom(referencesInside(expression, resolving));
  if (open === true) return unknownFrom(expression, resolving, name);
  if (!isMarked(open) && !secrets.some(isMarked))
    return resolving.known ? withNames(value, resolving.known, resolving.own) : value;
  const inside = (key: string, own: unknown): Argument => ({
    value: itemAt(value, key),
    open: itemAt(open, key),
    secrets: secrets.map((secret) => itemAt(secret, key)),
    expression: own,
    written: key === '0' && isObject(written) ? written : member(written, key),
  });
  if (Array.isArray(value) || Array.isArray(open)) {
    const length = Math.max(lengthOf(value), lengthOf(open));
    const values = Array.from({ length }, (_, index) => itemAt(value, `${index}`));
    const own = Array.isArray(expression)
      ? pairedBlocks(values, expression, !resolving.isSet(name), resolving.literal)
      : values.map((_, index) => member(expression, `${index}`));
    return values.map((_, index) => merged(inside(`${index}`, own[index]), resolving, name));
  }
  if (isObject(value) || isObject(open)) {
    const all = new Set([...Object.keys(objectAt(value)), ...Object.keys(objectAt(open))]);
    const keys = [...all].filter((key) => !(itemAt(open, key) === true && isLeftOut(expression, key, resolving)));
    return Object.fromEntries(keys.map((key) => [key, merged(inside(key, member(expression, key)), resolving, key)]));
  }
  return resolving.known ? withNames(value, resolving.known, resolving.own) : value;
}

/** Whether something in it is true. */
const isMarked = (mark: unknown): boolean =>
  mark === true || (typeof mark === 'object' && mark !== null && Object.values(mark).some(isMarked));

/** A known value, with references in place of the names of resources; itself where it holds none: plans are large. */
function withNames(value: unknown, known: ReadonlyMap<string, string>, own: string): unknown {
  if (typeof value === 'string') {
    const reference = known.get(value.toLowerCase());
    return reference?.startsWith(own) ? value : (reference ?? withHost(value, known));
  }
  if (typeof value !== 'object' || value === null) return value;
  let changed: Record<string, unknown> | unknown[] | undefined;
  for (const [key, item] of Object.entries(value)) {
    const replaced = withNames(item, known, own);
    if (replaced === item) continue;
    changed ??= Array.isArray(value) ? [...value] : { ...value };
    (changed as Record<string, unknown>)[key] = replaced;
  }
  return changed ?? value;
}

/**
 * What the files have for a value that is not known: the entries of a map, or one reference. A plan shows neither; it shows
 * only what a value depends on, and files that name anything else are not what it was made from.
 */
function fromFiles({ open, secrets, expression, written }: Argument, { refer }: Resolving): unknown {
  const one = !secrets.includes(true) && isExpression(written) && bareReference(written) !== undefined;
  if (open !== true || !(isObject(written) || one)) return undefined;
  const addresses = (texts: readonly string[]) => texts.flatMap((text) => addressIn(text) ?? []);
  const meant = addresses(refer(expression));
  const own = addresses(
    valuesInside(written).flatMap((item) => (isExpression(item) ? referencesIn(item).map(({ text }) => text) : [])),
  );
  const agree = meant.length === 0 || (own.length > 0 && own.every((address) => meant.includes(address)));
  return agree ? written : undefined;
}

/** Whether the author leaves an argument out, or gives null for it, so that its value is the platform's choice. */
const isLeftOut = (expression: unknown, key: string, { literal }: Resolving): boolean =>
  isObject(expression) &&
  !['references', 'constant_value'].some((name) => Object.hasOwn(expression, name)) &&
  (!Object.hasOwn(expression, key) || literal(expression[key]) === null);

/** What an expression refers to, or all blocks of one name together. */
function referencesInside(expression: unknown, { refer }: Pick<Resolving, 'refer'>): string[] {
  if (Array.isArray(expression)) return [...new Set(expression.flatMap((one) => referencesInside(one, { refer })))];
  if (!isObject(expression) || Array.isArray(expression.references)) return [...refer(expression)];
  return Object.values(expression).flatMap((one) => referencesInside(one, { refer }));
}

/** Stands for the part of a map that is not known, beside the entries that are. */
export const restOfMap = '(rest)';

function unknownFrom(expression: unknown, { refer, entries }: Resolving, name: string): unknown {
  const found = refer(expression);
  const text = found.length === 0 ? afterApply : found.map((one) => `\${${one}}`).join(' ');
  const settled = /settings$|^tags$/.test(name) ? entries(expression) : undefined;
  return settled === undefined ? text : { ...settled, [restOfMap]: text };
}

/**
 * `rediss://name.redis.azure.net:10000` names a cache by the host inside it, and an id that ends in
 * `/blobServices/default` the account that the service is a part of.
 */
function withHost(value: string, known: ReadonlyMap<string, string>): string {
  const [, account = '', service] = /^(\/subscriptions\/.+)(\/\w+Services\/default)$/i.exec(value) ?? [];
  const owner = known.get(account.toLowerCase());
  if (service !== undefined && owner !== undefined) return `${owner}${service}`;
  const host = /^[a-z+]+:\/\/([^/:@]+)/i.exec(value)?.[1] ?? /^([\w.-]+\.[a-z]+)[:,]/i.exec(value)?.[1];
  const reference = host === undefined ? undefined : known.get(host.toLowerCase());
  return host === undefined || reference === undefined ? value : value.replace(host, reference);
}

const lengthOf = (value: unknown) => (Array.isArray(value) ? value.length : 0);

/** A member of a list or an object. A key called `references` is a key like any other. */
function itemAt(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value[Number(key)];
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The same of an expression, of which `{ references: […] }` describes all members at once. */
const member = (expression: unknown, key: string): unknown =>
  isObject(expression) && Array.isArray(expression.references) ? expression : itemAt(expression, key);
