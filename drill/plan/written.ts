/** Single values as the Terraform's text has them, for what the model of `architecture/` has no field. */

import type { Deployment } from '../../architecture/deployment';

export type Written = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Written =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The nested blocks of that name: JSON has one block as an object or as a list of one. */
export function blocksOf(attributes: Written, name: string): readonly Written[] {
  const value = attributes[name];
  return (Array.isArray(value) ? value : [value]).filter(isRecord);
}

/** The arguments of the resource at that address; empty for an address that the Terraform does not have. */
export const argumentsOf = ({ resources }: Pick<Deployment, 'resources'>, address: string): Written =>
  resources.find((each) => each.address === address)?.attributes ?? {};

/** A literal text; null: left out, or a reference. */
export const literalText = (value: unknown): string | null =>
  typeof value === 'string' && !/[$%]\{/.test(value) ? value : null;
