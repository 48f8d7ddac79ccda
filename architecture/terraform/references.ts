import type { Known, Unknown } from '../known';
import { unknown } from './arguments';
import type { TerraformDocument, TerraformResource } from './document';
import { isExpression, referencesIn, whyOpen } from './expression';
import { target } from './target';

/** The resources that an expression mentions anywhere in it, in order. */
export function mentioned(value: unknown, document: TerraformDocument, depth = 4): TerraformResource[] {
  if (Array.isArray(value)) return value.flatMap((item) => mentioned(item, document, depth));
  if (!isExpression(value)) return [];
  const references = referencesIn(value).map(({ text }) => text);
  const direct = references.flatMap((text) => target(text, document)?.resource ?? []);
  if (depth === 0) return direct;
  const locals = references.map((text) => document.locals[/^local\.([\w-]+)/.exec(text)?.[1] ?? '']);
  return [...direct, ...locals.flatMap((local) => mentioned(local, document, depth - 1))];
}

/** The addresses that an argument refers to. */
export const addressesIn = (value: unknown, document: TerraformDocument): string[] => [
  ...new Set(mentioned(value, document).map(({ address }) => address)),
];

/**
 * The one resource of some types that an argument refers to.
 *
 * @returns undefined when it refers to none; unknown when it may be any of several
 */
export function named(
  { address, body }: TerraformResource,
  argument: string,
  document: TerraformDocument,
  types: readonly string[],
): Known<TerraformResource | undefined> {
  const found = [...new Set(mentioned(body[argument], document))].filter(({ type }) => types.includes(type));
  return found.length > 1
    ? { unknown: `${address}.${argument} may be any of ${found.map((one) => one.address).join(', ')}` }
    : found[0];
}

/** Whether an argument refers to a resource, for certain or as one of several; an argument that takes a name, by the name too. */
export function refersTo(
  { body }: TerraformResource,
  argument: string,
  to: TerraformResource,
  document: TerraformDocument,
): boolean {
  const value = body[argument];
  if (mentioned(value, document).includes(to)) return true;
  return argument.endsWith('_name') && typeof value === 'string' && !isExpression(value) && value === to.body.name;
}

/** Why an argument leads to nothing that this document declares. */
export function unresolved(
  resource: TerraformResource,
  argument: string,
  what: string,
  { byAddress }: TerraformDocument,
): Unknown {
  const value = resource.body[argument];
  if (value === undefined || value === null) return unknown(resource, argument, 'is missing');
  return unknown(
    resource,
    argument,
    isExpression(value) ? whyOpen(value, (text) => byAddress.has(text)) : `names no ${what} of this document`,
  );
}

/** Every value inside a value, at any depth. */
export const valuesInside = (value: unknown): unknown[] =>
  typeof value === 'object' && value !== null ? Object.values(value).flatMap(valuesInside) : [value];
