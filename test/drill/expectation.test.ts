import { type Observation, predict } from '../../drill/expectation';
import { type FleetPlan, planFleet } from '../../drill/plan';
import { architecture, type Choices } from './architectures';

function planOf(choices: Choices): FleetPlan {
  const plan = planFleet(architecture(choices));
  if ('notApplicable' in plan) throw new Error(plan.notApplicable);
  return plan;
}

/** Shoppers by where their cart lives and who answers the audit, both as `region/instance`. */
function shoppers(...moves: readonly (readonly [home: string | null, audit: string])[]): Observation[] {
  const at = (place: string) => ({ region: place.split('/')[0] ?? '', instance: place });
  return moves.map(([home, audit], shopper) => ({
    shopper,
    near: 'north',
    home: home === null ? null : at(home),
    audit: at(audit),
  }));
}

const moves = shoppers(
  ['north/1', 'north/3'],
  ['north/2', 'north/2'],
  ['north/2', 'north/3'],
  ['north/2', 'south/1'],
  [null, 'north/2'],
);
const crashed = new Set(['north/1']);
const regions = ['north', 'south'];

test.each<[string, Choices, number[]]>([
  ['in process, affinity holds: only the destroyed instance’s carts', { regions: ['north'] }, [0]],
  [
    'in process, affinity off: every cart whose audit met another process',
    { regions: ['north'], appService: 'off' },
    [0, 2, 3],
  ],
  [
    'in process, host overridden: as with affinity off',
    { regions: ['north'], entry: 'application-gateway', hostPreserved: false },
    [0, 2, 3],
  ],
  [
    'in process, Front Door moves shoppers: as with affinity off',
    { regions, entry: 'front-door', latencyWindowMs: 1000 },
    [0, 2, 3],
  ],
  [
    'in process, affinity at both layers: only the destroyed',
    { regions, entry: 'front-door', frontDoor: 'on', latencyWindowMs: 1000 },
    [0],
  ],
  ['Redis in one region: none', { regions: ['north'], sessions: 'redis', appService: 'off' }, []],
  [
    'Redis per region, Front Door moves shoppers: whose audit met the other region',
    { regions, entry: 'front-door', sessions: 'redis', latencyWindowMs: 1000 },
    [3],
  ],
  ['Redis per region, fastest origin only: none', { regions, entry: 'front-door', sessions: 'redis' }, []],
  ['geo-replicated Redis: none', { regions, entry: 'front-door', sessions: 'redis-geo' }, []],
])('%s', (_name, choices, lost) => {
  const prediction = predict(planOf(choices), crashed, moves);
  expect([...prediction.lost]).toEqual(lost);
  expect(prediction.source).toMatch(/^(Carts|Front Door) .*\.$/);
});

test('without a destroyed process, affinity that holds loses nothing', () => {
  expect(predict(planOf({ regions: ['north'] }), new Set(), moves).lost.size).toBe(0);
});
