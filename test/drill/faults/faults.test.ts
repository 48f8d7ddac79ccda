import type { Deployment } from '../../../architecture/deployment';
import { type FaultName, faultNames, faults } from '../../../drill/faults';
import { type FleetPlan, planFleet } from '../../../drill/plan/fleetPlan';
import { architecture, type Choices } from '../../support/drill/architectures';
import { sevenVariants } from '../../support/drill/variants';

const unknown = { unknown: 'var.choice is not set' };

function planOf(given: Deployment): FleetPlan {
  const plan = planFleet(given);
  if ('notApplicable' in plan) throw new Error(plan.notApplicable);
  return plan;
}

const withApp = (change: object, plan: object = {}): Deployment => {
  const base = architecture();
  return {
    ...base,
    regions: base.regions.map((each) => ({
      ...each,
      app: { ...each.app, ...change, plan: { ...each.app.plan, ...plan } },
    })),
  };
};

test('there are ten, the control first', () => {
  expect(faultNames).toEqual(
    'none instance-crash instance-restart deploy scale-out scale-in zone-loss region-loss redis-failover redis-outage'.split(
      ' ',
    ),
  );
  for (const name of faultNames) expect(faults[name].id).toBe(name);
});

test('of the 70 pairs only those do not apply that break a Redis where there is none', () => {
  const inapplicable = sevenVariants.flatMap((each) =>
    faultNames.filter((name) => faults[name].inapplicable(planOf(each)) !== null).map((name) => `${each.name} ${name}`),
  );
  const withoutRedis = ['single-zone', 'zone-redundant-sticky', 'zone-redundant-cookie', 'multi-region-sticky'];
  expect(inapplicable).toEqual(withoutRedis.flatMap((name) => [`${name} redis-failover`, `${name} redis-outage`]));
});

test.each<[FaultName, Deployment, string]>([
  [
    'instance-crash',
    withApp({ healthCheckEvictionMinutes: unknown }),
    'the health check of region swedencentral is unknown: var.choice',
  ],
  ['zone-loss', withApp({ healthCheckPath: unknown }), 'the health check of region swedencentral is unknown'],
  ['zone-loss', withApp({}, { zoneBalanced: unknown }), 'the zones of region swedencentral are unknown'],
  [
    'scale-out',
    withApp({}, { autoscale: { address: 'a', minimum: 2, default: 2, maximum: unknown } }),
    'the bounds of autoscale in region swedencentral are unknown',
  ],
  ['scale-out', architecture({ autoscale: [1, 2] }), 'already runs as many instances as its autoscale allows (2)'],
  ['scale-in', architecture({ autoscale: [2, 2] }), 'no room to shrink: minimum and maximum are 2'],
  ['scale-in', architecture({ instances: 1 }), 'runs one instance, so there is none to remove'],
  [
    'region-loss',
    { ...architecture({ entry: 'front-door', regions: ['a', 'b'] }), frontDoorProbe: null },
    'Front Door does not probe its origins',
  ],
])('%s is not applicable where its facts are missing or leave no room: %#', (name, given, reason) => {
  expect(faults[name].inapplicable(planOf(given))).toContain(reason);
});

test.each<[FaultName, Choices]>([
  ['scale-out', { autoscale: [1, 3] }],
  ['scale-out', {}],
  ['scale-in', { autoscale: [1, 2] }],
  ['scale-in', {}],
  ['region-loss', {}],
])('%s is applicable: %j', (name, choices) => {
  expect(faults[name].inapplicable(planOf(architecture(choices)))).toBeNull();
});

test('what differs from the declared fleet, or is done by hand, is said', () => {
  const remark = (name: FaultName, choices: Choices) => faults[name].remark?.(planOf(architecture(choices)));
  expect(remark('scale-in', { autoscale: [2, 4] })).toContain('one instance above autoscale’s floor');
  expect(remark('scale-in', { autoscale: [1, 4] })).toBeNull();
  expect(remark('scale-out', {})).toContain('No autoscale is declared');
  expect(remark('deploy', { hasSlot: true })).toBe('Deployed by swapping slots.');
});
