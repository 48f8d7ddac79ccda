/** Real Terraform documents, and how to change any place of one: for properties that must hold of all of them. */

import fs from 'node:fs';
import path from 'node:path';
import { snapshotFolder } from '../snapshots';
import { planJson, refers } from './planJson';

/** What the variants are synthesized to. */
export const configurations = fs
  .readdirSync(snapshotFolder)
  .filter((name) => name !== 'addresses.json')
  .map((name) => JSON.parse(fs.readFileSync(path.join(snapshotFolder, name), 'utf8')) as Record<string, unknown>)
  .filter((document) => Object.hasOwn(document, 'resource'));

/** A configuration as the plan that Terraform would make of it, in one module. */
export const asPlan = ({ resource }: Record<string, unknown>) =>
  planJson({
    resources: [],
    modules: {
      all: {
        module: {
          resources: Object.entries(resource as Record<string, Record<string, object>>).flatMap(([type, named]) =>
            Object.entries(named).map(([name, values]) => ({
              type,
              name,
              values,
              unknown: { id: true },
              expressions: { id: refers(`${type}.${name}.id`) },
            })),
          ),
        },
      },
    },
  });

/** Every place in a JSON value, as a path of keys. */
export function places(value: unknown, at: readonly string[] = []): (readonly string[])[] {
  const inner =
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, member]) => places(member, [...at, key]))
      : [];
  return [at, ...inner];
}

export const valueAt = (value: unknown, at: readonly string[]): unknown =>
  at.reduce((found, key) => (found as Record<string, unknown> | undefined)?.[key], value);

/** A copy with another value in one place, which need not be there yet. */
export function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  const copy: Record<string, unknown> = { ...(value as Record<string, unknown>) };
  copy[key] = replaced(copy[key], rest, by);
  return Array.isArray(value) ? Object.values(copy) : copy;
}
