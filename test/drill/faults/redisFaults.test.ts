import type { Choices } from '../../support/drill/architectures';
import { rehearsals } from '../../support/drill/rehearse';
import { describeWithRedis } from '../../support/redis';

jest.setTimeout(300_000);

const cached: Choices = { sessions: 'redis', appService: 'off' };
const regions = ['swedencentral', 'westeurope'];
const twoRegions: Choices = { entry: 'front-door', appService: 'off', regions, instances: 1 };

describeWithRedis('sessions in Redis', () => {
  const played = rehearsals({
    crash: { choices: cached, fault: 'instance-crash' },
    deploy: { choices: cached, fault: 'deploy' },
    outage: { choices: { ...cached, instances: 1 }, fault: 'redis-outage', timeScale: 100 },
    failover: { choices: { ...cached, instances: 1 }, fault: 'redis-failover', timeScale: 60 },
    'the only region': { choices: { ...cached, instances: 1 }, fault: 'region-loss' },
    standby: { choices: { ...twoRegions, sessions: 'redis', priorities: [1, 2] }, fault: 'region-loss' },
    'geo-replicated': { choices: { ...twoRegions, sessions: 'redis-geo' }, fault: 'region-loss' },
    moved: { choices: { ...twoRegions, sessions: 'redis', latencyWindowMs: 1000 }, fault: 'none' },
    'fastest only': { choices: { ...twoRegions, sessions: 'redis', latencyWindowMs: 0 }, fault: 'none' },
  });

  test.each(['crash', 'deploy', 'outage'] as const)('%s: no cart and no add is lost', async (name) => {
    expect((await played(name)).run).toMatchObject({ cartsLost: 0, writesLost: 0, staleReads: 0, met: true });
  });

  test('while Redis is out of reach the API that needs none goes on, and carts answer 503 for the minute', async () => {
    const { run } = await played('outage');
    expect(run).toMatchObject({ apiRequestsFailed: 0, platformSeconds: 60 });
    expect(run.requestsFailed).toBeGreaterThan(0);
  });

  test('a failover loses exactly what the primary acknowledged inside the replication lag, and takes 10 to 15 s', async () => {
    const { run, details } = await played('failover');
    expect(run).toMatchObject({ cartsLost: 0, writesLost: 2, met: true }); // One in six of 12 shoppers.
    expect(details.writesForeseenLost).toBe(2);
    // As a rate, by the shoppers of that Redis: a fifth of an add a second, if twelve add once a minute.
    expect(run.lag).toEqual({ staged: 2, shoppers: 12, lostASecond: 0.2, assumedAddsAMinute: 1 });
    expect(run.platformSeconds).toBeGreaterThanOrEqual(10);
    expect(run.platformSeconds).toBeLessThanOrEqual(15);
  });

  test('a region without another is away until it is created again, and its Redis is then empty', async () => {
    const { run, details } = await played('the only region');
    expect(run).toMatchObject({ cartsLost: 12, cartsResurrected: 0, met: true });
    expect(details.remark).toContain('created again');
  });

  test('a standby with its own Redis has no cart; after failback the old ones return, and what was bought there is lost', async () => {
    const { run, details } = await played('standby');
    expect(run).toMatchObject({ cartsLost: 12, met: true });
    // Who bought at the standby has a new session cookie, so the old cart is out of reach for good.
    expect(run.cartsResurrected).toBeGreaterThan(0);
    expect(run.cartsResurrected).toBeLessThan(12);
    expect(details.writesLostAtReturn).toBeGreaterThan(0);
    // Two samples of Front Door, 30 s apart, the first within 30 s.
    expect(run.platformSeconds).toBeGreaterThanOrEqual(30);
    expect(run.platformSeconds).toBeLessThanOrEqual(60);
  });

  test('with geo-replication only the writes inside the lag are missing, and come back with the region', async () => {
    const { run, details } = await played('geo-replicated');
    expect(run).toMatchObject({ cartsLost: 0, met: true });
    expect(run.writesLost).toBeGreaterThan(0);
    expect(run.writesLost).toBe(details.writesForeseenLost);
    // Half of the twelve are at home in the region that is lost.
    expect(run.lag).toMatchObject({ staged: run.writesLost, shoppers: 6, lostASecond: 0.1 });
  });

  test('a Redis per region, and Front Door moves shoppers: carts are lost without any fault; with the fastest origin only, none', async () => {
    const [moved, kept] = await Promise.all([played('moved'), played('fastest only')]);
    expect(moved.run.cartsLost).toBeGreaterThan(0);
    expect(moved.run.met).toBe(true);
    expect(kept.run).toMatchObject({ cartsLost: 0, met: true });
  });
});

describe('sessions in a sealed cookie', () => {
  const played = rehearsals({
    'the only region': {
      choices: { sessions: 'cookie', appService: 'off', instances: 1 },
      fault: 'region-loss',
    },
  });

  test('carts outlive the whole region, since the secret is the same', async () => {
    const { run } = await played('the only region');
    expect(run).toMatchObject({ cartsLost: 0, writesLost: 0, met: true });
    expect(run.apiRequestsFailed).toBeGreaterThan(0); // Nobody answers meanwhile.
  });
});
