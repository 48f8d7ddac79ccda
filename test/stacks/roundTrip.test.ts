import fc from 'fast-check';
import { readArchitecture } from '../../architecture/read';
import { InputError } from '../../inputError';
import { variants } from '../../main';
import { ask } from '../../stacks/choices';
import { synthesized } from '../support/snapshots';

const override = fc.record(
  {
    entry: fc.constantFrom('app-service', 'application-gateway', 'front-door'),
    regions: fc.constantFrom('1', '2', '3'),
    instances: fc.constantFrom('1', '2', '30'),
    zoneRedundant: fc.constantFrom('on', 'off'),
    appService: fc.constantFrom('on', 'off'),
    applicationGateway: fc.constantFrom('on', 'off', 'absent'),
    frontDoor: fc.constantFrom('on', 'off', 'absent'),
    sessions: fc.constantFrom('in-process', 'redis', 'redis-geo'),
  },
  { requiredKeys: [] },
);

test('whatever is chosen is either refused or read back from the Terraform as it was chosen', () => {
  const seen = { refused: 0, synthesized: 0 };
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(variants)), override, (base, overrides) => {
      const word = [base, ...Object.entries(overrides).map(([choice, value]) => `${choice}=${value}`)].join(',');
      let terraform: Map<string, string>;
      try {
        terraform = synthesized([word]);
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
        seen.refused++;
        return;
      }
      seen.synthesized++;
      const [[label, text]] = [...terraform] as [[string, string]];
      const [{ variant }] = ask([word], variants) as [ReturnType<typeof ask>[number]];
      const read = readArchitecture(text, label);
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
        ...variant,
        instances: [variant.instances],
        zoneRedundant: [variant.zoneRedundant],
        roles: ['active'],
        hostPreserved: true,
      });
    }),
    { numRuns: 60, seed: 7 },
  );
  // Neither half may be empty, or the other proves nothing.
  expect(seen.refused).toBeGreaterThan(5);
  expect(seen.synthesized).toBeGreaterThan(5);
});
