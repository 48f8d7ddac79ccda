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

test('there are eighteen, the control first', () => {
  expect(faultNames.join(' ')).toBe(
    'none instance-crash instance-restart deploy scale-out scale-in zone-loss region-loss redis-failover redis-outage ' +
      'instance-slow instance-errors packet-loss zone-partial secret-away dns-stale herd hot-instance',
  );
  for (const name of faultNames) expect(faults[name].id).toBe(name);
});

test('only those do not apply that break a Redis where there is none, or an address or a secret that stays', () => {
  const inapplicable = sevenVariants.flatMap((each) =>
    faultNames.filter((name) => faults[name].inapplicable(planOf(each)) !== null).map((name) => `${each.name} ${name}`),
  );
  const withoutRedis = ['single-zone', 'zone-redundant-sticky', 'zone-redundant-cookie', 'multi-region-sticky'];
  const ofRedis = ['redis-failover', 'redis-outage', 'packet-loss', 'zone-partial'];
  const expected = sevenVariants.flatMap(({ name }) => [
    ...(withoutRedis.includes(name) ? ofRedis.map((fault) => `${name} ${fault}`) : []),
    `${name} secret-away`,
    ...(name.startsWith('multi-region') ? [`${name} dns-stale`] : []),
  ]);
  expect(inapplicable).toEqual(expected);
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
  ['secret-away', architecture(), 'SESSION_SECRET of region swedencentral is not a reference to Key Vault'],
  ['packet-loss', architecture(), 'there is no Redis'],
  ['hot-instance', architecture({ instances: 1 }), 'runs one instance, so there is none to add'],
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
  ['dns-stale', {}],
  ['secret-away', { appSettings: { SESSION_SECRET: '@Microsoft.KeyVault(SecretUri=${x.secret.id})' } }],
])('%s is applicable: %j', (name, choices) => {
  expect(faults[name].inapplicable(planOf(architecture(choices)))).toBeNull();
});

test('each names a page that documents it, or says that it is assumed', () => {
  const undocumented = faultNames.filter((name) => faults[name].source === null);
  expect(undocumented).toEqual(['none', 'zone-partial', 'herd']);
  for (const name of faultNames) expect(faults[name].source ?? 'https://').toMatch(/^https:/);
});

test('how long clients keep an old address is what the Terraform says, or said to be assumed', () => {
  const given = architecture();
  const record = {
    address: 'azurerm_dns_cname_record.shop',
    type: 'azurerm_dns_cname_record',
    attributes: { ttl: 60 },
  };
  const remark = (each: Deployment) => faults['dns-stale'].remark?.(planOf(each));
  expect(remark(given)).toContain('lives 300 s, which is assumed');
  expect(remark({ ...given, resources: [...given.resources, record] })).toContain('lives 60 s. People');
});

test('what differs from the declared fleet, or is done by hand, is said', () => {
  const remark = (name: FaultName, choices: Choices) => faults[name].remark?.(planOf(architecture(choices)));
  expect(remark('scale-in', { autoscale: [2, 4] })).toContain('one instance above autoscale’s floor');
  expect(remark('scale-in', { autoscale: [1, 4] })).toBeNull();
  expect(remark('scale-out', {})).toContain('No autoscale is declared');
  expect(remark('deploy', { hasSlot: true })).toBe('Deployed by swapping slots.');
});
