import type { Deployment, Resource } from '../../architecture/deployment';
import { readPrices } from '../../review/cost/prices';
import { type Difference, difference } from '../../review/diff';
import { forcingArguments } from '../../review/forcingArguments';

const prices = readPrices();

const kind = (address: string) => address.split('.')[0]?.replace('azurerm_', '') ?? '';

export interface Plan {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly inPlace: readonly string[];
  readonly replaced: readonly string[];
  readonly sessionsLost: boolean;
}

/** What Terraform would do, as far as documents tell: what forces a new resource, and whoever refers to one. */
export function planned(from: Deployment, to: Deployment): Plan {
  const found: Difference = difference(from, to, prices);
  const changed = found.changed.filter(
    ({ attributes }) => !attributes.every(({ attribute }) => /^(lifecycle|depends_on)/.test(attribute)),
  );
  const forced = changed.filter(({ replacement }) => replacement.verdict === 'replaced');
  // A cache whose database alone is created again keeps its id, and what leads to it stays.
  const keepsId = ({ attributes }: (typeof changed)[number]) =>
    attributes.some(({ attribute }) => /^default_database/.test(attribute)) &&
    attributes.every(({ attribute }) => /^(default_database|lifecycle|depends_on)/.test(attribute));
  const kept = new Set(forced.filter(keepsId).map(({ address }) => address));
  const replaced = new Set([
    ...forced.map(({ address }) => address),
    ...found.changed.filter(({ replacement }) => replacement.verdict === 'replaced').map(({ address }) => address),
  ]);
  const before = new Set(from.resources.map(({ address }) => address));
  for (let size = -1; size !== replaced.size; ) {
    size = replaced.size;
    for (const resource of to.resources)
      if (before.has(resource.address) && refersTo(resource, replaced, kept)) replaced.add(resource.address);
  }
  return {
    added: found.added,
    removed: found.removed,
    inPlace: changed.flatMap(({ address }) => (replaced.has(address) ? [] : [address])),
    replaced: [...replaced],
    sessionsLost: found.sessionsLost.length > 0,
  };
}

const refersTo = (
  { address, attributes }: Resource,
  replaced: ReadonlySet<string>,
  kept: ReadonlySet<string>,
): boolean =>
  (forcingArguments[kind(address)] ?? []).some((name) => {
    const text = JSON.stringify(attributes[name.split('.')[0] ?? ''] ?? '');
    return [...text.matchAll(/azurerm_\w+\.[\w-]+/g)].some(([named]) => replaced.has(named) && !kept.has(named));
  });

/** As the table has it: `8 added, 1 in place`, with what is replaced or removed by type. */
export function inWords({ added, removed, inPlace, replaced, sessionsLost }: Plan): string {
  const types = (addresses: readonly string[]) => [...new Set(addresses.map(kind))].toSorted();
  const some = (addresses: readonly string[]) => {
    const names = types(addresses);
    return names.length > 4 ? `${names.length} types` : names.map((name) => `\`${name}\``).join(', ');
  };
  const parts = [
    ...(added.length > 0 ? [`${added.length} added`] : []),
    ...(inPlace.length > 0 ? [`${inPlace.length} in place`] : []),
    ...(replaced.length > 0 ? [`**${replaced.length} replaced** (${some(replaced)})`] : []),
    ...(removed.length > 0 ? [`${removed.length} removed (${some(removed)})`] : []),
    ...(sessionsLost ? ['**every session lost**'] : []),
  ];
  return parts.join(', ') || 'nothing';
}
