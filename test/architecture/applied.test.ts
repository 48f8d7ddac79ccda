import fc from 'fast-check';
import type { Deployment } from '../../architecture/deployment';
import { readArchitecture } from '../../architecture/read';
import { isSetBlock } from '../../architecture/terraform/setBlocks';
import { review } from '../../review/review';
import { appliedPlan } from '../support/architecture/appliedPlan';
import { synthesized } from '../support/snapshots';

/** What a plan cannot show: `lifecycle`; and what a reviewer does not read: the attributes themselves. */
const unshown = ['worker-count-fights-autoscale'];

const answersOf = (deployment: Deployment) => {
  const [variant] = review([deployment]).variants;
  return {
    findings: variant?.findings
      .filter(({ rule }) => !unshown.includes(rule))
      .map(({ rule, resource }) => [rule, resource])
      .sort(),
    cannotTell: variant?.cannotTell.filter(({ rule }) => !unshown.includes(rule)),
    availability: variant?.availability.percent,
  };
};

const factsOf = ({ entry, hostPreserved, affinity, sessions, regions, network, monitoring, caches }: Deployment) => ({
  entry,
  hostPreserved,
  affinity,
  sessions,
  regions: regions.map(({ app, role, redis }) => [app.address, role, redis?.address]).sort(),
  filtered: [...network.filteredSubnets].sort(),
  endpoints: network.privateEndpoints.map(({ address, target }) => [address, target]).sort(),
  diagnosed: [...monitoring.diagnosed].sort(),
  undecided: monitoring.undecided,
  geo: caches.map(({ address, linked, geoReplicated }) => [address, linked, geoReplicated]).sort(),
});

const variants = [...synthesized()].map(
  ([label, text]) => [label, JSON.parse(text) as Record<string, unknown>] as const,
);
const configurations = variants.map(([, document]) => document);

test.each(variants)('%s reads the same when it is applied and planned again', (_, document) => {
  const before = readArchitecture(document, 'one');
  const after = readArchitecture(appliedPlan(document), 'one');
  expect(factsOf(after)).toEqual(factsOf(before));
  expect(answersOf(after)).toEqual(answersOf(before));
});

/** A copy with the members of objects, and the blocks that are a set, in another order. */
function reordered(value: unknown, type: string, name: string, order: (length: number) => readonly number[]): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => reordered(item, type, name, order));
    return isSetBlock(type, name) ? order(items.length).map((index) => items[index]) : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([key, item]) => [
    key,
    reordered(item, /^azurerm_/.test(key) ? key : type, key, order),
  ]);
  return Object.fromEntries(order(members.length).map((index) => members[index] as [string, unknown]));
}

test('the order of set blocks and of keys never changes an answer', () => {
  const numbers = fc.infiniteStream(fc.nat());
  fc.assert(
    fc.property(fc.constantFrom(...configurations), numbers, (document, stream) => {
      const order = (length: number) =>
        Array.from({ length }, (_, index) => ({ index, at: stream.next().value }))
          .sort((a, b) => a.at - b.at)
          .map(({ index }) => index);
      const one = readArchitecture(document, 'one');
      const other = readArchitecture(reordered(document, '', '', order), 'one');
      expect(factsOf(other)).toEqual(factsOf(one));
      expect(answersOf(other).findings).toEqual(answersOf(one).findings);
    }),
    { numRuns: 40, seed: 11 },
  );
});
