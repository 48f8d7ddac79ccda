import fc from 'fast-check';
import { readArchitecture } from '../../architecture/read';
import { InputError } from '../../inputError';
import { variants } from '../../main';
import { ask, choices } from '../../synthesis/choices';
import { settings } from '../support/settings';
import { synthesizedNow } from '../support/snapshots';

const values: Record<string, readonly string[]> = {
  entry: ['app-service', 'application-gateway', 'front-door'],
  regions: ['1', '2', '3'],
  routing: ['active-active', 'active-passive'],
  instances: ['1', '2', '4', '30'],
  zoneRedundant: ['on', 'off'],
  appService: ['on', 'off'],
  applicationGateway: ['on', 'off', 'absent'],
  frontDoor: ['on', 'off', 'absent'],
  sessions: ['in-process', 'redis', 'redis-geo', 'cookie'],
};

/** Up to three overrides: with more, nearly every combination is refused. */
const overrides = fc.uniqueArray(
  fc
    .constantFrom(...Object.keys(values))
    .chain((choice) => fc.constantFrom(...(values[choice] ?? [])).map((value) => `${choice}=${value}`)),
  { maxLength: 3, selector: (word) => word.split('=')[0] },
);

test('offers every choice that there is', () => expect(Object.keys(values)).toEqual(Object.keys(choices)));

test('whatever is chosen is either refused or read back from the Terraform as it was chosen', () => {
  const seen = { refused: 0, synthesized: 0 };
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(variants)), overrides, fc.boolean(), (base, chosenWords, ownHost) => {
      const word = [base, ...chosenWords].join(',');
      let terraform: Map<string, string>;
      try {
        terraform = synthesizedNow([word], { ...settings, domain: ownHost ? settings.domain : 'none' });
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
        seen.refused++;
        return;
      }
      seen.synthesized++;
      const [[label, text]] = [...terraform] as [[string, string]];
      const [{ variant }] = ask([word], variants, () => settings.regions.length) as [ReturnType<typeof ask>[number]];
      const read = readArchitecture(text, label);
      const { routing, ...chosen } = variant;
      expect({
        entry: read.entry,
        regions: read.regions.length,
        instances: [...new Set(read.regions.map(({ app }) => app.plan.instances))],
        zoneRedundant: [...new Set(read.regions.map(({ app }) => app.plan.zoneBalanced))],
        affinity: read.affinity,
        sessions: read.sessions,
        roles: [...new Set(read.regions.map(({ role }) => role))],
        hostPreserved: read.hostPreserved,
      }).toEqual({
        ...chosen,
        instances: [variant.instances],
        zoneRedundant: [variant.zoneRedundant],
        roles: routing === 'active-passive' ? expect.arrayContaining(['active', 'standby']) : ['active'],
        hostPreserved: ownHost || variant.entry === 'app-service',
      });
    }),
    { numRuns: 60, seed: 7 },
  );
  // Neither half may be empty, or the other proves nothing.
  expect(seen.refused).toBeGreaterThan(5);
  expect(seen.synthesized).toBeGreaterThan(5);
});
