import fc from 'fast-check';
import type { Deployment } from '../../architecture/deployment';
import { readArchitecture } from '../../architecture/read';
import { readConfiguration } from '../../architecture/terraform/configuration';
import { isSetBlock } from '../../architecture/terraform/setBlocks';
import { review } from '../../review/review';
import { appliedPlan, freshPlan } from '../support/architecture/appliedPlan';
import { synthesized } from '../support/snapshots';

/** What a plan cannot show: `lifecycle`; and what a reviewer does not read: the attributes themselves. */
const unshown = ['worker-count-fights-autoscale'];

const answersOf = (deployment: Deployment, unanswered = unshown) => {
  const [variant] = review([deployment]).variants;
  return {
    findings: variant?.findings
      .filter(({ rule }) => !unanswered.includes(rule))
      .map(({ rule, resource }) => [rule, resource])
      .sort(),
    cannotTell: variant?.cannotTell.filter(({ rule }) => !unanswered.includes(rule)),
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

test.each(variants)(
  '%s reads the same in a first plan, with the configuration that it was made from',
  (_, document) => {
    const files = readConfiguration(document, 'one');
    const before = readArchitecture(document, 'one');
    const planned = readArchitecture(freshPlan(document), 'one', 'one', files);
    expect(factsOf(planned)).toEqual(factsOf(before));
    expect(answersOf(planned, [])).toEqual(answersOf(before, []));
  },
);

test('without it, settings in a map that is not known stay unknown', () => {
  const [[, document]] = variants as [(typeof variants)[number]];
  const { app } = readArchitecture(freshPlan(document), 'one').regions[0] as Deployment['regions'][number];
  expect(app.sessions).toEqual({ unknown: expect.stringContaining(`${app.address}.app_settings`) });
});

test('files that name other resources than the plan are not what it was made from', () => {
  const [[, document]] = variants as [(typeof variants)[number]];
  const other = JSON.parse(JSON.stringify(document).replaceAll('.connection_string}', '.id}'));
  for (const app of Object.values(other.resource.azurerm_linux_web_app) as { app_settings: Record<string, string> }[])
    app.app_settings = { SESSION_STORE: 'cookie', ELSE: '${azurerm_resource_group.swedencentral.id}' };
  const read = readArchitecture(freshPlan(document), 'one', 'one', readConfiguration(other, 'other'));
  expect(read.regions[0]?.app.sessions).toEqual({ unknown: expect.stringContaining('app_settings') });
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
