import type { Deployment } from '../../../architecture/deployment';
import { assumable, assume, refusal } from '../../../drill/plan/assume';
import { planFleet } from '../../../drill/plan/fleetPlan';
import { architecture } from '../../support/drill/architectures';

const unknown = { unknown: 'var.choice is not set' };

const open = (): Deployment => {
  const base = architecture();
  return {
    ...base,
    sessions: unknown,
    regions: base.regions.map((each) => ({
      ...{ ...each, location: unknown },
      app: { ...each.app, sessions: unknown, plan: { ...each.app.plan, instances: unknown } },
    })),
  };
};

const facts = (given: Record<string, string>) => new Map(Object.entries(given));

test('what the Terraform leaves open can be stated, and is named', () => {
  const { deployment, used } = assume(open(), facts({ sessions: 'redis', instances: '3', appService: 'off' }), true);
  expect(used).toEqual(['sessions=redis', 'instances=3']);
  // Affinity is stated by the Terraform, so it stays.
  expect(planFleet(deployment)).toMatchObject({
    store: 'redis',
    regions: [{ appServiceAffinity: true, instances: [{}, {}, {}], location: 'swedencentral' }],
  });
});

test('behind a path a fact counts whatever the Terraform says, as for a variant', () => {
  const { deployment, used } = assume(
    architecture(),
    facts({ sessions: 'cookie', appService: 'off', instances: '1' }),
    false,
  );
  expect(used).toEqual(['sessions=cookie', 'instances=1', 'appService=off']);
  expect(planFleet(deployment)).toMatchObject({
    store: 'cookie',
    regions: [{ appServiceAffinity: false, instances: [{}] }],
  });
});

test('an entry that is not read can be left out: then shoppers use the name that Azure gave the app', () => {
  const behind = { ...architecture({ entry: 'application-gateway' }), entry: unknown };
  expect(planFleet(behind)).toMatchObject({ notApplicable: expect.stringContaining('--assume entry=app-service') });
  const { deployment, used } = assume(behind, facts({ entry: 'app-service' }), true);
  expect(used).toEqual(['entry=app-service']);
  expect(planFleet(deployment)).toMatchObject({
    ...{ applicationGateway: null, frontDoor: null, hostPreserved: true },
    typedHost: expect.stringMatching(/\.azurewebsites\.net$/),
  });
});

test('one app of several is drilled alone, by its address or the end of it', () => {
  const two = architecture({ entry: 'front-door', regions: ['north', 'south'] });
  const { deployment, used } = assume(two, facts({ app: 'app_south' }), false);
  expect(deployment.regions.map(({ name }) => name)).toEqual(['south']);
  expect(used).toEqual(['app=app_south']);
  expect(() => assume(two, facts({ app: 'app_west' }), false)).toThrow(
    '`app` must be one of azurerm_linux_web_app.app_north, azurerm_linux_web_app.app_south, got: "app_west".',
  );
});

test.each([
  ['sessions', 'floppy', 'in-process, redis, redis-geo, cookie'],
  ['instances', '31', 'a whole number from 1 to 30'],
  ['instances', '0', 'a whole number from 1 to 30'],
  ['appService', 'yes', 'on, off'],
  ['entry', 'front-door', 'app-service'],
  ['colour', 'red', `one of ${Object.keys(assumable).join(', ')}`],
])('%s=%s is refused with what is allowed', (name, value, allowed) => {
  expect(refusal(name, value)).toBe(allowed);
});

test.each([
  ['sessions', 'memory'],
  ['instances', '1'],
  ['instances', '30'],
  ['hostPreserved', 'off'],
])('%s=%s is taken', (name, value) => {
  expect(refusal(name, value)).toBeNull();
});
