import fc from 'fast-check';
import { isUnknown } from '../../architecture/known';
import { readArchitecture } from '../../architecture/read';
import { InputError } from '../../inputError';
import { readPrices } from '../../review/cost/prices';
import { drawingOf } from '../../review/diagram/drawing';
import { textDiagram } from '../../review/diagram/text';
import { difference } from '../../review/diff';
import { renderMarkdown } from '../../review/report/markdown';
import { review } from '../../review/review';
import { asPlan, configurations, places, replaced } from '../support/architecture/documents';

const documents: unknown[] = [...configurations, ...configurations.map(asPlan)];

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
  const seen = { read: 0, refused: 0 };
  // Every place is as likely as any other; numbers of fast-check would mostly be those at the ends.
  const anywhere = fc.oneof(
    ...documents.map((document) => fc.constantFrom(...places(document)).map((at) => ({ document, at }))),
  );
  fc.assert(
    fc.property(anywhere, fc.jsonValue({ maxDepth: 2 }), ({ document, at }, by) => {
      seen[answers(replaced(document, at, by))]++;
    }),
    { numRuns: 400, seed: 5 },
  );
  expect(seen.read).toBeGreaterThan(300);
  expect(seen.refused).toBeGreaterThan(1);
});

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
