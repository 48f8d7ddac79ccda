/**
 * A fact, or the reason why it is unknown.
 *
 * A fact that the Terraform does not show (a variable, a value that exists only after apply, an attribute left to the
 * platform) is `Unknown` with the reason. It is never guessed.
 */

export interface Unknown {
  /** The reason. It names the resource and the argument. */
  readonly unknown: string;
}

export type Known<T> = T | Unknown;

export const isUnknown = (value: unknown): value is Unknown =>
  typeof value === 'object' && value !== null && 'unknown' in value;

/** The value that all share; Unknown with `otherwise` and the values when they differ, or the first unknown. */
export function agreed<T>(values: readonly Known<T>[], otherwise: string): Known<T> {
  const unsettled = values.find(isUnknown);
  if (unsettled) return unsettled;
  const [first, ...others] = values as readonly T[];
  if (first !== undefined && others.every((other) => other === first)) return first;
  return { unknown: `${otherwise}: ${values.join(', ')}` };
}

export const mapKnown = <T, R>(value: Known<T>, map: (value: T) => R): Known<R> =>
  isUnknown(value) ? value : map(value);

export const product = (one: Known<number>, other: Known<number>): Known<number> =>
  isUnknown(one) ? one : isUnknown(other) ? other : one * other;

/** What every item gives, as a list, or the first unknown. */
export function everyKnown<T, R>(items: Known<readonly T[]>, map: (item: T) => Known<R>): Known<readonly R[]> {
  if (isUnknown(items)) return items;
  const mapped = items.map(map);
  return mapped.find(isUnknown) ?? (mapped as R[]);
}

/** The first reason in a list; null: there is none. */
export const firstReason = (reasons: readonly (Unknown | null)[]): Unknown | null =>
  reasons.find((reason) => reason !== null) ?? null;
