import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { isUnknown } from '../../architecture/model';
import { readArchitecture } from '../../architecture/read';
import { InputError } from '../../inputError';
import { readPrices } from '../../review/cost/prices';
import { drawingOf } from '../../review/diagram/drawing';
import { textDiagram } from '../../review/diagram/text';
import { difference } from '../../review/diff';
import { renderMarkdown } from '../../review/report/markdown';
import { review } from '../../review/review';
import { snapshotFolder } from '../support/snapshots';
import { planJson, refers } from './plan';

const configurations = fs
  .readdirSync(snapshotFolder)
  .filter((name) => name !== 'addresses.json')
  .map((name) => JSON.parse(fs.readFileSync(path.join(snapshotFolder, name), 'utf8')) as Record<string, unknown>)
  .filter((document) => Object.hasOwn(document, 'resource'));

/** A configuration as the plan that Terraform would make of it, in one module. */
const asPlan = ({ resource }: Record<string, unknown>) =>
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

const documents: unknown[] = [...configurations, ...configurations.map(asPlan)];

/** Every place in a JSON value, as a path of keys. */
function places(value: unknown, at: readonly string[] = []): (readonly string[])[] {
  const inner =
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, member]) => places(member, [...at, key]))
      : [];
  return [at, ...inner];
}

function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  const copy: Record<string, unknown> = { ...(value as Record<string, unknown>) };
  copy[key] = replaced(copy[key], rest, by);
  return Array.isArray(value) ? Object.values(copy) : copy;
}

const prices = readPrices();

function answers(document: unknown): 'read' | 'refused' {
  try {
    const architecture = readArchitecture(document, 'any');
    // What was read must also be reviewable, comparable and printable: nothing may throw on it.
    const result = review([architecture], { prices });
    for (const { findings } of result.variants)
      for (const { message } of findings) expect(message).not.toMatch(/The rule itself failed/);
    renderMarkdown(result);
    textDiagram(drawingOf(architecture));
    difference(architecture, architecture, prices);
    return 'read';
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return 'refused';
  }
}

test('any JSON gives an architecture or a refusal, never a crash', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => ['read', 'refused'].includes(answers(value))),
    { numRuns: 200, seed: 3 },
  );
});

test('a real document with anything in any place gives an architecture or a refusal', () => {
  const allPlaces = documents.map((document) => places(document));
  const seen = { read: 0, refused: 0 };
  fc.assert(
    fc.property(
      fc.nat({ max: documents.length - 1 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      fc.jsonValue({ maxDepth: 2 }),
      (which, where, by) => {
        const inDocument = allPlaces[which] ?? [];
        seen[answers(replaced(documents[which], inDocument[Math.floor(where * inDocument.length)] ?? [], by))]++;
      },
    ),
    { numRuns: 1500, seed: 5 },
  );
  expect(seen.read).toBeGreaterThan(100);
  expect(seen.refused).toBeGreaterThan(1);
}, 60_000);

test('a fact whose argument becomes a variable becomes unknown and names it', () => {
  for (const document of configurations) {
    const paths = places(document).filter(
      (path) => path.at(-1) === 'client_affinity_enabled' && path[1] === 'azurerm_linux_web_app',
    );
    for (const path of paths) {
      const { affinity } = readArchitecture(replaced(document, path, '${var.sticky}'), 'any');
      expect(isUnknown(affinity.appService) && affinity.appService.unknown).toMatch(
        /^azurerm_linux_web_app\.\w+\.client_affinity_enabled is \$\{var\.sticky\}$/,
      );
    }
  }
});
