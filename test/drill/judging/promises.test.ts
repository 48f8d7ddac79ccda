import fc from 'fast-check';
import { originPool } from '../../../drill/frontends/frontDoor';
import { placesOf, type Strike } from '../../../drill/judging/places';
import { type Promises, promisesOf, staysInRegion } from '../../../drill/judging/promises';
import { architecture } from '../../support/drill/architectures';

const region = (name: string, priority = 1) => ({
  name,
  priority,
  instances: 2,
  affinity: false,
  redisReplica: true,
  secretOf: 'north',
});
const frontDoor = (latencyWindowMs: number, regions: Promises['regions']): Promises => ({
  ...{ variant: 'sample', sessions: 'redis', hostPreserved: true },
  ...{ frontDoor: { affinity: false, latencyWindowMs }, regions },
});

test.each([
  ['one region of the lowest priority', frontDoor(1000, [region('north', 1), region('south', 2)]), true],
  ['a window that leaves the fastest alone', frontDoor(0, [region('north'), region('south')]), true],
  ['a window smaller than the way to the other region', frontDoor(39, [region('north'), region('south')]), true],
  ['a window that takes in the other region', frontDoor(40, [region('north'), region('south')]), false],
  [
    'two equally far, and none of its own',
    frontDoor(1, [region('north', 2), region('south', 1), region('west', 1)]),
    false,
  ],
])('%s: a client in the north stays in one region: %#', (_name, promises, stays) => {
  expect(staysInRegion(promises, 'north')).toBe(stays);
});

test('property: the prediction and the emulated Front Door, which share no code, agree on who stays in one region', () => {
  const names = ['north', 'south', 'west', 'east'];
  const priorities = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 });
  const window = fc.oneof(fc.constantFrom(0, 39, 40, 41), fc.integer({ min: 0, max: 1000 }));
  fc.assert(
    fc.property(priorities, window, fc.nat(3), (declared, windowMs, edge) => {
      const near = names[edge % declared.length] ?? '';
      const origins = declared.map((priority, index) => ({ region: names[index] ?? '', priority }));
      const promises = frontDoor(
        windowMs,
        origins.map(({ region: name, priority }) => region(name, priority)),
      );
      expect(staysInRegion(promises, near)).toBe(originPool(origins, near, windowMs).length === 1);
    }),
  );
});

test('a fault that starts with more instances than declared is predicted with these', () => {
  const declared = architecture({ instances: 1 });
  expect(promisesOf(declared).regions[0]?.instances).toBe(1);
  expect(promisesOf(declared, new Map([['swedencentral', 2]])).regions[0]?.instances).toBe(2);
});

describe('what a fault does to places', () => {
  test.each([
    ['on', 'access', 'redis', true],
    ['off', 'access', 'redis', false],
    ['on', 'none', 'redis', false],
    ['on', 'access', 'redis-geo', false],
  ] as const)(
    'HEALTH_CHECKS_REDIS %s, Redis loses %s, sessions %s: Front Door leads shoppers away: %s',
    (setting, redis, sessions, away) => {
      const declared = architecture({
        ...{ entry: 'front-door', regions: ['north', 'south'], sessions },
        appSettings: { HEALTH_CHECKS_REDIS: setting },
      });
      const { damage } = placesOf(promisesOf(declared), struck({ redis }), regionOf);
      expect(damage.ledAway).toBe(away);
      const alone = architecture({ sessions, appSettings: { HEALTH_CHECKS_REDIS: setting } });
      if (sessions === 'redis')
        expect(placesOf(promisesOf(alone), struck({ redis }), regionOf).damage.ledAway).toBe(false);
    },
  );

  const struck = (takes: Partial<Strike['takes']>, more: Partial<Strike> = {}): Strike => ({
    ...{ takes: { processes: 'none', redis: 'none', region: false, ...takes }, region: 'north' },
    ...{ destroyed: new Set<string>(), wroteInsideLag: false, cameBack: false, ...more },
  });
  const regionOf = (process: string): string => process.slice(0, 5);
  const redis = (regions: readonly string[], redisReplica = true): Promises => ({
    ...frontDoor(
      0,
      regions.map((name) => ({ ...region(name), redisReplica })),
    ),
  });

  test('a process that ended by itself does not count as ended by the fault: its cart must still be found', () => {
    const promises = promisesOf(architecture());
    const { damage } = placesOf(promises, struck({ processes: 'instance' }, { destroyed: new Set(['p1']) }), regionOf);
    expect([damage.reachable('p1'), damage.reachable('p2')]).toEqual([false, true]);
  });

  test('a primary without a replica takes what was there before, and not what was added after', () => {
    const strike = struck({ redis: 'primary' });
    const places = placesOf(redis(['north', 'south'], false), strike, regionOf);
    expect(places.damage.reachable(places.of('north/1', 'before'))).toBe(false);
    expect(places.damage.reachable(places.of('north/1', 'after'))).toBe(true);
    expect(places.damage.reachable(places.of('south/1', 'before'))).toBe(true);
    const kept = placesOf(redis(['north']), strike, regionOf);
    expect(kept.damage.reachable(kept.of('north/1', 'before'))).toBe(true);
  });

  test('a region that goes dark takes its Redis out of reach and brings it back; alone, it is empty then', () => {
    const two = placesOf(redis(['north', 'south']), struck({ region: true }, { cameBack: true }), regionOf);
    const there = two.of('north/1', 'before');
    expect([two.damage.reachable(there), two.damage.returns?.(there)]).toEqual([false, true]);
    const alone = placesOf(redis(['north']), struck({ region: true }), regionOf);
    expect(alone.damage.reachable(alone.of('north/1', 'before'))).toBe(false);
    expect(alone.damage.reachable(alone.of('north/1', 'after'))).toBe(true);
  });

  test('a region away takes with it what only its secret reads; what another region reads too stays', () => {
    const geo = (secrets: readonly string[]): Promises => ({
      ...frontDoor(
        0,
        ['north', 'south'].map((name, index) => ({ ...region(name), secretOf: secrets[index] ?? '' })),
      ),
      sessions: 'redis-geo',
    });
    const away = struck({ region: true }, { cameBack: true });
    const apart = placesOf(geo(['north', 'south']), away, regionOf);
    expect(apart.of('north 0', 'before')).not.toBe(apart.of('south 0', 'before'));
    expect(apart.damage.reachable(apart.of('north 0', 'before'))).toBe(false);
    expect(apart.damage.reachable(apart.of('south 0', 'before'))).toBe(true);
    expect(apart.damage.returns?.(apart.of('north 0', 'before'))).toBe(true);
    const shared = placesOf(geo(['north', 'north']), away, regionOf);
    expect(shared.of('north 0', 'before')).toBe(shared.of('south 0', 'before'));
    expect(shared.damage.reachable(shared.of('north 0', 'before'))).toBe(true);
  });
});
