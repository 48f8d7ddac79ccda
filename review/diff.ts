import { hidden, withoutSecrets } from '../architecture/azure/secrets';
import type { Deployment, Resource } from '../architecture/deployment';
import { concerns, type FactChange, factsOf } from './concerns';
import { type PriceFile, readPrices } from './cost/prices';
import { lostSessions } from './lostSessions';
import { replacementOf } from './replacement';
import type { AttributeChange, ResourceChange } from './resourceChange';
import { triggersOf } from './triggered';

export interface Difference {
  readonly from: string;
  readonly to: string;
  /** In words, grouped by concern in the order of `concerns`. */
  readonly facts: readonly FactChange[];
  /** Terraform addresses that only the second has. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** What the second plan takes from another address, without a change of what runs. Both sides mean it by the second. */
  readonly moved: readonly Move[];
  /** What changes by its own arguments, or is replaced because of `replace_triggered_by`; then it may have no attributes. */
  readonly changed: readonly ResourceChange[];
  /** Why every session is lost, a reason each; empty: nothing is known to take them all. */
  readonly sessionsLost: readonly string[];
}

export interface Move {
  readonly from: string;
  readonly to: string;
}

/** What changes from one deployment to another. In the other direction the same changes are reversed. */
export function difference(from: Deployment, to: Deployment, prices: PriceFile = readPrices()): Difference {
  const moved = movesOf(from, to);
  const now = new Map(moved.map((one) => [one.from, one.to]));
  const before = new Map(from.resources.map((one) => [now.get(one.address) ?? one.address, one]));
  const after = new Map(to.resources.map((one) => [one.address, one]));
  const addresses = (a: typeof before, b: typeof before) =>
    [...(a?.keys() ?? [])].filter((address) => !b?.has(address));
  const [left, right] = [factsOf(from, prices), factsOf(to, prices)];
  const byArguments = [...(before ?? [])].flatMap(([address, { attributes, type }]) => {
    const others = after?.get(address);
    if (!others || isSame(attributes, others.attributes)) return [];
    const side = (value: unknown): Side => ({ value, shown: withoutSecrets(value, type, '') });
    const changes = attributeChanges(side(attributes), side(others.attributes), '');
    const ignored = ignoredOf(others.attributes);
    const paths = changes.map(({ attribute }) => attribute).filter((path) => !ignored(path));
    return { address, attributes: changes, replacement: replacementOf(type, paths, to.planned?.get(address)) };
  });
  const changed = to.planned ? byArguments : withTriggered(byArguments, before, after);
  return {
    from: from.name,
    to: to.name,
    facts: concerns.flatMap((concern) =>
      left.flatMap(({ concern: own, fact, value }, index) => {
        const other = right[index]?.value ?? '';
        return own !== concern || value === other ? [] : [{ concern, fact, before: value, after: other }];
      }),
    ),
    added: addresses(after, before),
    removed: addresses(before, after),
    moved,
    changed,
    sessionsLost: lostSessions(from, to, changed),
  };
}

/** Whether `ignore_changes` names an argument: Terraform leaves a change of it alone. */
function ignoredOf({ lifecycle }: Readonly<Record<string, unknown>>): (path: string) => boolean {
  const blocks = [lifecycle].flat() as readonly (Readonly<Record<string, unknown>> | undefined)[];
  const names: unknown[] = blocks.flatMap((block) => block?.ignore_changes ?? []);
  return (path) => names.includes('all') || names.includes(path.split('.')[0]);
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

type ByAddress = ReadonlyMap<string, Resource> | undefined;

/** Adds what Terraform replaces because something else changes. */
function withTriggered(changed: readonly ResourceChange[], before: ByAddress, after: ByAddress): ResourceChange[] {
  return [...(after ?? [])].flatMap(([address, resource]) => {
    const own = changed.find((one) => one.address === address);
    const triggers = before?.has(address) ? triggersOf(resource, changed) : [];
    if (triggers.length === 0) return own ?? [];
    const because = `Terraform replaces it with what it was given to, because ${triggers.join(', ')} changes`;
    return { address, attributes: own?.attributes ?? [], replacement: { verdict: 'replaced', because } };
  });
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

const isSame = (one: unknown, other: unknown) => one === other || JSON.stringify(one) === JSON.stringify(other);

const memberOf = ({ value, shown }: Side, key: string): Side => ({
  value: (value as Record<string, unknown>)[key],
  shown: (shown as Record<string, unknown>)[key],
});

const written = ({ shown }: Side) =>
  shown === undefined ? undefined : shown === hidden ? hidden : JSON.stringify(shown);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const areBlocks = (value: unknown): value is Record<string, unknown>[] => Array.isArray(value) && value.every(isRecord);
