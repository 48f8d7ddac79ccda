import { isUnknown, type Known } from '../model';
import { mentioned, type TerraformDocument, type TerraformResource, textOf, unknown } from '../terraform';

/** The addresses that an argument refers to. */
export const addressesIn = (value: unknown, document: TerraformDocument): string[] => [
  ...new Set(mentioned(value, document).map(({ address }) => address)),
];

export const ofType = (document: TerraformDocument, ...types: string[]): TerraformResource[] =>
  document.resources.filter(({ type }) => types.includes(type));

export const settled = <T>(value: Known<T | null>, resource: TerraformResource, path: string): Known<T> =>
  value === null ? unknown(resource, path, 'is not there') : value;

export const locationOf = (resource: TerraformResource, document: TerraformDocument): Known<string> =>
  mapKnown(settled(textOf(resource, 'location', document, null), resource, 'location'), (text) =>
    text.replaceAll(' ', '').toLowerCase(),
  );

export const mapKnown = <T, R>(value: Known<T>, map: (value: T) => R): Known<R> =>
  isUnknown(value) ? value : map(value);

/** The list of what every item gives, or the first unknown. */
export function everyKnown<T, R>(items: Known<readonly T[]>, map: (item: T) => Known<R>): Known<readonly R[]> {
  if (isUnknown(items)) return items;
  const mapped = items.map(map);
  return mapped.find(isUnknown) ?? (mapped as R[]);
}

/** Every value inside a value, however nested. */
export const textsInside = (value: unknown): unknown[] =>
  typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsInside) : [value];
