import type { Architecture, Known, SessionStore } from '../../architecture/model';
import { review } from '../../review/review';
import { rules } from '../../review/rules';
import { inProcessState } from '../../review/rules/inProcessState';
import { zoneRedundantFloor } from '../../review/rules/zoneRedundantFloor';

interface Facts {
  readonly instances?: Known<number>;
  readonly zoneBalanced?: Known<boolean>;
  readonly sessions?: Known<SessionStore>;
  readonly affinity?: Known<'on' | 'off'>;
}

/** One region as `azurerm_linux_web_app.app` on `azurerm_service_plan.plan`, with the facts that a rule looks at. */
const architecture = ({
  instances = 3,
  zoneBalanced = true,
  sessions = 'redis',
  affinity = 'off',
}: Facts): Architecture => ({
  name: 'fixture',
  entry: 'app-service',
  hostPreserved: true,
  affinity: { appService: affinity, applicationGateway: 'absent', frontDoor: 'absent' },
  sessions,
  latencyWindowMs: null,
  frontDoorProbe: null,
  gatewayProbe: null,
  resources: [],
  regions: [
    {
      name: 'westeurope',
      location: 'westeurope',
      role: 'active',
      redis: null,
      origin: null,
      app: {
        address: 'azurerm_linux_web_app.app',
        affinity,
        sessions,
        healthCheckPath: '/healthz',
        healthCheckEvictionMinutes: 2,
        healthCheckMaxUnhealthyPercent: null,
        stopTimeLimitSeconds: null,
        hasSlot: false,
        plan: { address: 'azurerm_service_plan.plan', skuName: 'P0v3', instances, zoneBalanced, autoscale: null },
      },
    },
  ],
});
const unknown = { unknown: 'azurerm_x.y.z is ${var.v}' };

test('the rules are exactly these', () => {
  expect(rules.map(({ id, severity }) => [id, severity])).toEqual([
    ['in-process-state', 'error'],
    ['zone-redundant-floor', 'error'],
  ]);
});

test.each(rules.map((rule) => [rule.id, rule] as const))(
  '%s carries an instruction, a reason and its source',
  (_, rule) => {
    expect(rule.title).toMatch(/^[A-Z].*[^.]$/);
    expect(rule.why).toMatch(/\.$/);
    expect(rule.source).toMatch(/^https:\/\/learn\.microsoft\.com\//);
  },
);

describe('in-process-state', () => {
  const answer = (facts: Facts) => inProcessState.check(architecture(facts));
  const fix = 'Keep sessions in Redis (sessions=redis) and turn affinity off (appService=off).';

  test('sessions outside the process are compliant', () =>
    expect(answer({ sessions: 'redis' })).toEqual([{ kind: 'compliant', resource: 'azurerm_linux_web_app.app' }]));

  test('with affinity, the finding says that sessions go with their instance', () =>
    expect(answer({ sessions: 'in-process', instances: 2, affinity: 'on' })).toEqual([
      {
        kind: 'finding',
        resource: 'azurerm_linux_web_app.app',
        message:
          'Sessions live in the memory of 2 instances: affinity pins each user to one of them, and when that instance goes, so do the sessions it held.',
        fix,
      },
    ]));

  test('without affinity, the finding says that sessions get lost without any failure', () =>
    expect(answer({ sessions: 'in-process', instances: 2, affinity: 'off' })).toMatchObject([
      {
        kind: 'finding',
        message:
          'Sessions live in the memory of 2 instances: affinity is off, so consecutive requests of one user reach instances that do not know the session, without any failure.',
      },
    ]));

  test('one instance keeps what it knows: not applicable', () =>
    expect(answer({ sessions: 'in-process', instances: 1 })).toEqual([
      { kind: 'not applicable', reason: 'azurerm_linux_web_app.app runs on one instance' },
    ]));

  test('two regions of one instance each are several', () => {
    const { regions, ...rest } = architecture({ sessions: 'in-process', instances: 1, affinity: 'on' });
    expect(inProcessState.check({ ...rest, regions: [...regions, ...regions] }).map(({ kind }) => kind)).toEqual([
      'finding',
      'finding',
    ]);
  });

  test.each([
    ['sessions', { sessions: unknown }],
    ['instances', { sessions: 'in-process' as const, instances: unknown }],
  ])('unknown %s: cannot tell', (_, facts) =>
    expect(answer(facts)).toEqual([
      { kind: 'cannot tell', resource: 'azurerm_linux_web_app.app', reason: unknown.unknown },
    ]),
  );
});

describe('zone-redundant-floor', () => {
  const answer = (facts: Facts) => zoneRedundantFloor.check(architecture(facts));

  test('two instances are enough', () =>
    expect(answer({ instances: 2 })).toEqual([{ kind: 'compliant', resource: 'azurerm_service_plan.plan' }]));

  test('one is not', () =>
    expect(answer({ instances: 1 })).toEqual([
      {
        kind: 'finding',
        resource: 'azurerm_service_plan.plan',
        message: "The plan is zone redundant with 1 instance, below the service's minimum of 2.",
        fix: 'Declare three instances, one for each zone (instances=3): the loss of a zone then leaves two.',
      },
    ]));

  test('a plan in one zone has no such floor: not applicable', () =>
    expect(answer({ instances: 1, zoneBalanced: false })).toEqual([
      { kind: 'not applicable', reason: 'azurerm_service_plan.plan is not zone redundant' },
    ]));

  test.each([
    ['zone balancing', { zoneBalanced: unknown }],
    ['instances', { instances: unknown }],
  ])('unknown %s: cannot tell', (_, facts) =>
    expect(answer(facts)).toEqual([
      { kind: 'cannot tell', resource: 'azurerm_service_plan.plan', reason: unknown.unknown },
    ]),
  );
});

test('a rule that throws is a finding, never a pass', () => {
  const broken = {
    ...zoneRedundantFloor,
    id: 'broken',
    check: () => {
      throw new Error('no such fact');
    },
  };
  expect(review([architecture({})], [broken]).variants[0]?.findings).toMatchObject([
    { rule: 'broken', severity: 'error', resource: 'fixture', message: 'The rule itself failed: no such fact.' },
  ]);
});
