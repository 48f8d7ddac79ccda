import { connectRedis } from '../../../app/stores/redisConnection';
import { sessionsInRedis } from '../../../app/stores/redisHash';
import type { FleetPlan } from '../../../drill/plan/fleetPlan';
import { type Caches, startCaches } from '../../../drill/redis/caches';
import { readMonitored } from '../../../drill/redis/scriptEffects';
import { describeWithRedis, redisServerPath } from '../../support/redis';

test.each([
  ['+1700000000.123456 [0 lua] "HINCRBY" "a" "item:b" "1"', true, ['hincrby', 'a', 'item:b', '1']],
  ['+1700000000.123456 [0 127.0.0.1:5000] "ECHO" "x y"', false, ['echo', 'x y']],
  [
    '+1700000000.123456 [0 unix:/tmp/a b.sock] "set" "k" "say \\"hi\\" \\\\ \\n"',
    false,
    ['set', 'k', 'say "hi" \\ \n'],
  ],
  ['+1700000000.123456 [0 lua] "SET" "k" "k\\xc3\\xa9"', true, ['set', 'k', 'ké']],
])('a line of MONITOR is read: %s', (line, byScript, command) => {
  expect(readMonitored(line)).toEqual({ byScript, command });
});

test('any other line is ignored', () => {
  expect(readMonitored('+OK')).toBeNull();
});

describeWithRedis('carts in two geo-replicated regions', () => {
  let caches: Caches;
  const close: (() => void)[] = [];
  beforeAll(async () => {
    const regions = ['north', 'south'].map((name) => ({ name, redisReplica: false }));
    const plan = { store: 'redis-geo', regions } as unknown as FleetPlan;
    caches = await startCaches(plan, redisServerPath() ?? '', new AbortController().signal);
  });
  afterAll(async () => {
    for (const each of close) each();
    await caches.stop();
  });
  const sessionsOf = async (region: string) => {
    const redis = await connectRedis({ url: caches.in(region).url, report: () => {} });
    close.push(redis.close);
    return { sessions: sessionsInRedis(redis), redis };
  };

  test('what a script did in one region is in the other, and adds of both add up', async () => {
    const [north, south] = await Promise.all([sessionsOf('north'), sessionsOf('south')]);
    await north.sessions.add('both', 'anchor', 2, true);
    await caches.caughtUp();
    expect(await south.sessions.add('both', 'anchor', 3, false)).toEqual({ lines: new Map([['anchor', 5]]) });
    await caches.caughtUp();
    expect((await north.sessions.read('both'))?.lines).toEqual(new Map([['anchor', 5]]));
    expect(await south.redis.run((client) => client.ttl('shop:session:both'))).toBeGreaterThan(86_000);
  });

  test('two regions that each allow an add pass the limit together: readers see the limit, and no more is added', async () => {
    const [north, south] = await Promise.all([sessionsOf('north'), sessionsOf('south')]);
    caches.cutOff('south', true);
    for (const { sessions } of [north, south])
      expect(await sessions.add('full', 'anchor', 600, true)).toHaveProperty('lines');
    caches.cutOff('south', false);
    await caches.caughtUp();
    for (const { sessions, redis } of [north, south]) {
      // The counter as it is: this is what merging does.
      expect(await redis.run((client) => client.hGet('shop:session:full', 'item:anchor'))).toBe('1200');
      expect((await sessions.read('full'))?.lines).toEqual(new Map([['anchor', 999]]));
      expect(await sessions.add('full', 'anchor', 1, false)).toEqual({ refused: 'lineFull', held: 999 });
    }
    await north.sessions.change('full', 'anchor', 5);
    await caches.caughtUp();
    expect((await south.sessions.read('full'))?.lines).toEqual(new Map([['anchor', 5]]));
  });

  test('removed in both regions at once a counter falls below 0: nobody sees it, and the next add counts in full', async () => {
    const [north, south] = await Promise.all([sessionsOf('north'), sessionsOf('south')]);
    await north.sessions.add('below', 'anchor', 5, true);
    await caches.caughtUp();
    caches.cutOff('south', true);
    for (const { sessions } of [north, south]) await sessions.change('below', 'anchor', 0);
    caches.cutOff('south', false);
    await caches.caughtUp();
    expect(await north.redis.run((client) => client.hGet('shop:session:below', 'item:anchor'))).toBe('-5');
    expect((await north.sessions.read('below'))?.lines).toEqual(new Map());
    expect(await south.sessions.add('below', 'anchor', 2, false)).toEqual({ lines: new Map([['anchor', 2]]) });
    await caches.caughtUp();
    expect((await north.sessions.read('below'))?.lines).toEqual(new Map([['anchor', 2]]));
  });

  test('ended in one region while the other adds: the end wins; ended in both: both did, and later nobody reads it', async () => {
    const [north, south] = await Promise.all([sessionsOf('north'), sessionsOf('south')]);
    for (const id of ['added', 'twice']) await north.sessions.add(id, 'anchor', 1, true);
    await caches.caughtUp();
    caches.cutOff('south', true);
    expect(await north.sessions.end('added', ['anchor'])).toEqual(new Map([['anchor', 1]]));
    expect(await south.sessions.add('added', 'anchor', 1, false)).toHaveProperty('lines');
    for (const { sessions } of [north, south])
      expect(await sessions.end('twice', ['anchor'])).toEqual(new Map([['anchor', 1]]));
    caches.cutOff('south', false);
    await caches.caughtUp();
    for (const { sessions } of [north, south])
      for (const id of ['added', 'twice']) expect(await sessions.read(id)).toBeUndefined();
  });
});
