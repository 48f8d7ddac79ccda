import { textOf, unknown } from '../arguments';
import { isExpression, whyOpen } from '../expression';
import { isUnknown, type Known, type Unknown } from '../model';
import { mentioned, type TerraformDocument, type TerraformResource } from '../terraform';

/** The addresses that an argument refers to. */
export const addressesIn = (value: unknown, document: TerraformDocument): string[] => [
  ...new Set(mentioned(value, document).map(({ address }) => address)),
];

const byType = new WeakMap<TerraformDocument, Map<string, readonly TerraformResource[]>>();

/** Resources of some types, in the order of the document. A plan may have tens of thousands of others. */
export function ofType(document: TerraformDocument, ...types: string[]): readonly TerraformResource[] {
  const known = byType.get(document) ?? new Map<string, readonly TerraformResource[]>();
  byType.set(document, known);
  const key = types.join(' ');
  const found = known.get(key) ?? document.resources.filter(({ type }) => types.includes(type));
  known.set(key, found);
  return found;
}

export const settled = <T>(value: Known<T | null>, resource: TerraformResource, path: string): Known<T> =>
  value === null ? unknown(resource, path, 'is not there') : value;

/** Whether an argument refers to a resource, for certain or as one of several; where it takes a name, by that, too. */
export function leadsTo(
  { body }: TerraformResource,
  argument: string,
  to: TerraformResource,
  document: TerraformDocument,
): boolean {
  const value = body[argument];
  if (mentioned(value, document).includes(to)) return true;
  return argument.endsWith('_name') && typeof value === 'string' && !isExpression(value) && value === to.body.name;
}

/** Why an argument leads to nothing that is read here. */
export function unresolved(
  resource: TerraformResource,
  argument: string,
  what: string,
  { byAddress }: TerraformDocument,
): Unknown {
  const value = resource.body[argument];
  if (value === undefined || value === null) return unknown(resource, argument, 'is not there');
  return unknown(
    resource,
    argument,
    isExpression(value) ? whyOpen(value, (text) => byAddress.has(text)) : `names no ${what} of this document`,
  );
}

export const locationOf = (resource: TerraformResource, document: TerraformDocument): Known<string> =>
  mapKnown(settled(textOf(resource, 'location', document, null), resource, 'location'), (text) =>
    text.replaceAll(' ', '').toLowerCase(),
  );

export const mapKnown = <T, R>(value: Known<T>, map: (value: T) => R): Known<R> =>
  isUnknown(value) ? value : map(value);

export const product = (one: Known<number>, other: Known<number>): Known<number> =>
  isUnknown(one) ? one : isUnknown(other) ? other : one * other;

/** The list of what every item gives, or the first unknown. */
export function everyKnown<T, R>(items: Known<readonly T[]>, map: (item: T) => Known<R>): Known<readonly R[]> {
  if (isUnknown(items)) return items;
  const mapped = items.map(map);
  return mapped.find(isUnknown) ?? (mapped as R[]);
}

/** Every value inside a value, however nested. */
export const textsInside = (value: unknown): unknown[] =>
  typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsInside) : [value];
