import type { Deployment } from '../../../architecture/deployment';
import { maxInstances, planFleet } from '../../../drill/plan/fleetPlan';
import { architecture } from '../../support/drill/architectures';

const unknown = { unknown: 'var.choice is not set' };

/** The deployment with the first region's app, or the app's plan, changed. */
function withApp(change: object, plan: object = {}, base = architecture()): Deployment {
  const [region] = base.regions;
  if (!region) throw new Error('the fixture has a region');
  const app = { ...region.app, ...change, plan: { ...region.app.plan, ...plan } };
  return { ...base, regions: [{ ...region, app }] };
}

function withRedis(base: Deployment, highAvailability: boolean | { unknown: string }): Deployment {
  return {
    ...base,
    regions: base.regions.map((region) => ({
      ...region,
      redis: region.redis && { ...region.redis, highAvailability },
    })),
  };
}

const reasonOf = (given: Deployment): string => {
  const plan = planFleet(given);
  return 'notApplicable' in plan ? plan.notApplicable : 'applicable';
};

const sticky = architecture({ entry: 'application-gateway' });

const app = 'azurerm_linux_web_app.app_swedencentral';

test.each<[string, Deployment, string, string]>([
  ['session store', withApp({ sessions: unknown }), `${app}, session store`, 'sessions=redis'],
  ['affinity', withApp({ affinity: unknown }), `${app}, client affinity`, 'appService=off'],
  [
    ...(['instances', withApp({}, { instances: unknown })] as const),
    ...(['azurerm_service_plan.plan_swedencentral, number of instances', 'instances=3'] as const),
  ],
  [
    ...(['instances of a plan that is elsewhere', withApp({}, { instances: unknown, address: '' })] as const),
    ...([`the plan of ${app}, number of instances`, 'instances=3'] as const),
  ],
  ['entry', { ...architecture(), entry: unknown }, 'entry', 'entry=app-service'],
  ['host', { ...sticky, hostPreserved: unknown }, 'hostPreserved', 'hostPreserved=on'],
  [
    'gateway',
    { ...sticky, affinity: { ...sticky.affinity, applicationGateway: unknown } },
    'affinity.applicationGateway',
    '',
  ],
  ['window', { ...architecture({ entry: 'front-door' }), latencyWindowMs: unknown }, 'latencyWindowMs', ''],
])(
  'an unknown %s is never guessed: the reason names what is unknown, why, and what states it',
  (_name, given, what, example) => {
    const hint = example !== '' ? `. If you know it, state it, as with --assume ${example}` : '';
    expect(reasonOf(given)).toBe(`${what} is unknown: var.choice is not set${hint}`);
  },
);

test.each<[string, Deployment, string]>([
  ['no app', { ...architecture(), regions: [] }, 'no App Service app was found'],
  ['no instance', architecture({ instances: 0 }), 'declares 0 instances'],
  ['half an instance', architecture({ instances: 1.5 }), 'declares 1.5 instances'],
  ['too many instances', architecture({ instances: maxInstances + 1 }), `${maxInstances + 1} instances declared`],
  [
    'regions without Front Door',
    architecture({ regions: ['a', 'b'] }),
    'is unknown. Choose one app, as with --assume app=azurerm_linux_web_app.app_a',
  ],
  [
    'Redis without a cache',
    withApp({ sessions: 'redis' }),
    'azurerm_linux_web_app.app_swedencentral keeps sessions in Redis, but region swedencentral declares no cache',
  ],
  [
    'geo-replication without high availability',
    withRedis(architecture({ entry: 'front-door', sessions: 'redis-geo', regions: ['a'] }), false),
    'azurerm_managed_redis.cache_a is geo-replicated without high availability, which Azure refuses',
  ],
  [
    'Redis whose high availability is unknown',
    withRedis(architecture({ sessions: 'redis' }), unknown),
    'azurerm_managed_redis.cache_swedencentral, high availability is unknown: var.choice is not set',
  ],
])('not applicable: %s', (_name, given, reason) => {
  expect(reasonOf(given)).toContain(reason);
});

test.each<[string, Deployment]>([
  ['as many instances as allowed', architecture({ instances: maxInstances })],
  [
    'an unknown host with affinity off',
    { ...architecture({ entry: 'application-gateway', appService: 'off' }), hostPreserved: unknown },
  ],
  ['unknown zones, which only some faults need', withApp({}, { zoneBalanced: unknown })],
  ['an unknown health check', withApp({ healthCheckEvictionMinutes: unknown })],
  ['sealed cookies', architecture({ sessions: 'cookie' })],
  [
    'geo-replication with the fastest origin only',
    architecture({ entry: 'front-door', sessions: 'redis-geo', regions: ['a', 'b'] }),
  ],
])('applicable: %s', (_name, given) => {
  expect(reasonOf(given)).toBe('applicable');
});

test.each<[boolean | { unknown: string }, (string | null)[]]>([
  [true, ['1', '2', '3', '1']],
  [false, ['1', '1', '1', '1']],
  [unknown, [null, null, null, null]],
])('zone balancing %j puts four instances in zones %j', (zoneBalanced, zones) => {
  const plan = planFleet(withApp({}, { instances: 4, zoneBalanced }));
  expect('regions' in plan && plan.regions[0]?.instances.map(({ zone }) => zone)).toEqual(zones);
});

test('defaults stand where the facts leave a setting to the platform', () => {
  const plan = planFleet(withApp({ healthCheckEvictionMinutes: null }));
  expect('regions' in plan && plan.regions[0]).toMatchObject({
    healthCheck: { path: '/healthz', evictionMinutes: 10, maxUnhealthyPercent: 50 },
    stopTimeLimitSeconds: 5,
    scaling: null,
  });
  const off = planFleet(withApp({ healthCheckPath: null }));
  expect('regions' in off && off.regions[0]?.healthCheck).toBeNull();
});
