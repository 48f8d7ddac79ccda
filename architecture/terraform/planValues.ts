import { afterApply, sensitiveFrom } from './expression';
import { isObject, type JsonObject } from './json';
import { pairedBlocks } from './planBlocks';
import { objectAt } from './planConfiguration';

export interface Resolving {
  /** What an expression refers to, as `address.attribute`. */
  readonly refer: (expression: unknown) => readonly string[];
  /** What an expression is, as far as variables settle it. */
  readonly literal: (expression: unknown) => unknown;
  /** Entries of a map that is planned as unknown altogether. */
  readonly entries: (expression: unknown) => JsonObject | undefined;
  readonly known: ReadonlyMap<string, string> | null;
  /** How a reference to the resource itself begins: its own name is not a link. */
  readonly own: string;
  /** Whether blocks of a name are a set, whose order is the plan's own. */
  readonly isSet: (name: string) => boolean;
}

/** A planned value, with references in place of what is unknown or secret. */
export function merged(
  value: unknown,
  open: unknown,
  secrets: readonly unknown[],
  expression: unknown,
  resolving: Resolving,
  name = '',
): unknown {
  if (secrets.includes(true)) return sensitiveFrom(resolving.refer(expression));
  if (open === true) return unknownFrom(expression, resolving, name);
  if (open === undefined && !resolving.known && secrets.every((secret) => secret === undefined)) return value;
  const inside = (key: string) =>
    [member(value, key), member(open, key), secrets.map((secret) => member(secret, key))] as const;
  if (Array.isArray(value) || Array.isArray(open)) {
    const length = Math.max(lengthOf(value), lengthOf(open));
    const values = Array.from({ length }, (_, index) => member(value, `${index}`));
    const own = Array.isArray(expression)
      ? pairedBlocks(values, expression, !resolving.isSet(name), resolving.literal)
      : values.map((_, index) => member(expression, `${index}`));
    return values.map((_, index) => merged(...inside(`${index}`), own[index], resolving, name));
  }
  if (isObject(value) || isObject(open)) {
    const keys = [...new Set([...Object.keys(objectAt(value)), ...Object.keys(objectAt(open))])];
    return Object.fromEntries(
      keys.map((key) => [key, merged(...inside(key), member(expression, key), resolving, key)]),
    );
  }
  if (typeof value !== 'string' || !resolving.known) return value;
  const reference = resolving.known.get(value.toLowerCase());
  return reference?.startsWith(resolving.own) ? value : (reference ?? withHost(value, resolving.known));
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

/** A member of a list or an object; `{ references }` describes all of its members at once. */
function member(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value[Number(key)];
  if (!isObject(value)) return undefined;
  if (Object.hasOwn(value, 'references')) return value;
  return Object.hasOwn(value, key) ? value[key] : undefined;
}
