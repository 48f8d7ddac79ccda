import { hidden, withoutSecrets } from '../architecture/azure/secrets';
import type { Deployment } from '../architecture/deployment';
import { concerns, type FactChange, factsOf } from './concerns';
import { type PriceFile, readPrices } from './cost/prices';
import { type ReplacementVerdict, replacementOf } from './replacement';

export interface AttributeChange {
  /** Path inside the resource, as in `site_config.health_check_path`. */
  readonly attribute: string;
  /** As JSON, or the word hidden for a credential; undefined: not there. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

export interface ResourceChange {
  readonly address: string;
  readonly attributes: readonly AttributeChange[];
  readonly replacement: ReplacementVerdict;
}

export interface Difference {
  readonly from: string;
  readonly to: string;
  /** In words, grouped by concern in the order of `concerns`. */
  readonly facts: readonly FactChange[];
  /** Terraform addresses that only the second has. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** What the second plan takes from another address, without a change of what runs. */
  readonly moved: readonly Move[];
  readonly changed: readonly ResourceChange[];
}

export interface Move {
  readonly from: string;
  readonly to: string;
}

/** What changes from one deployment to another. Turned round, it says the same the other way. */
export function difference(from: Deployment, to: Deployment, prices: PriceFile = readPrices()): Difference {
  const [before, after] = [from, to].map(({ resources }) => new Map(resources.map((one) => [one.address, one])));
  const moved = movesOf(from, to);
  const [taken, reached] = [new Set(moved.map((one) => one.from)), new Set(moved.map((one) => one.to))];
  const addresses = (a: typeof before, b: typeof before) =>
    [...(a?.keys() ?? [])].filter((address) => !b?.has(address));
  const [left, right] = [factsOf(from, prices), factsOf(to, prices)];
  return {
    from: from.name,
    to: to.name,
    facts: concerns.flatMap((concern) =>
      left.flatMap(({ concern: own, fact, value }, index) => {
        const other = right[index]?.value ?? '';
        return own !== concern || value === other ? [] : [{ concern, fact, before: value, after: other }];
      }),
    ),
    added: addresses(after, before).filter((address) => !reached.has(address)),
    removed: addresses(before, after).filter((address) => !taken.has(address)),
    moved,
    changed: [...(before ?? [])].flatMap(([address, { attributes, type }]) => {
      const now = moved.find((one) => one.from === address)?.to ?? address;
      const others = after?.get(now);
      if (!others || isSame(attributes, others.attributes)) return [];
      const side = (value: unknown): Side => ({ value, shown: withoutSecrets(value, type, '') });
      const changes = attributeChanges(side(attributes), side(others.attributes), '');
      const paths = changes.map(({ attribute }) => attribute);
      return { address: now, attributes: changes, replacement: replacementOf(type, paths, to.planned?.get(now)) };
    }),
  };
}

/** Moves of the second plan that start at a resource of the first. */
function movesOf(from: Deployment, to: Deployment): Move[] {
  const [before, after] = [from, to].map(({ resources }) => new Set(resources.map(({ address }) => address)));
  return [...(to.planned ?? [])].flatMap(([address, { previousAddress }]) =>
    previousAddress !== null && before?.has(previousAddress) && after?.has(address) && !before.has(address)
      ? [{ from: previousAddress, to: address }]
      : [],
  );
}

/** A value beside what may be printed of it: values are compared, and never printed. */
interface Side {
  readonly value: unknown;
  readonly shown: unknown;
}

function attributeChanges(before: Side, after: Side, path: string): AttributeChange[] {
  if (isSame(before.value, after.value)) return [];
  const [left, right] = [before.value, after.value];
  const inside = (key: string) =>
    attributeChanges(memberOf(before, key), memberOf(after, key), path === '' ? key : `${path}.${key}`);
  if (isRecord(left) && isRecord(right))
    return [...new Set([...Object.keys(left), ...Object.keys(right)])].sort().flatMap(inside);
  // Repeated blocks, as many before as after: their arguments rather than all of them at once.
  if (areBlocks(left) && areBlocks(right) && left.length === right.length)
    return left.flatMap((_, index) => inside(`${index}`));
  return [{ attribute: path, before: written(before), after: written(after) }];
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

const memberOf = ({ value, shown }: Side, key: string): Side => ({
  value: (value as Record<string, unknown>)[key],
  shown: (shown as Record<string, unknown>)[key],
});

const written = ({ shown }: Side) =>
  shown === undefined ? undefined : shown === hidden ? hidden : JSON.stringify(shown);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const areBlocks = (value: unknown): value is Record<string, unknown>[] => Array.isArray(value) && value.every(isRecord);
