import type { FaultName } from '../../drill/faults';
import { describeWithRedis } from '../support/redis';
import type { Choices } from './architectures';
import { rehearse } from './rehearse';
import { bundledShop } from './shop';

jest.setTimeout(60_000);

const appFile = bundledShop();
const run = (choices: Choices, fault: FaultName) => rehearse(choices, fault, { appFile: appFile() });
const cached: Choices = { sessions: 'redis', appService: 'off' };
const regions = ['swedencentral', 'westeurope'];

describeWithRedis('one region with Redis', () => {
  test('a crash, a deployment and an outage of Redis lose no cart and no add', async () => {
    const runs = await Promise.all([
      run({ ...cached, instances: 3 }, 'instance-crash'),
      run(cached, 'deploy'),
      run(cached, 'redis-outage'),
    ]);
    for (const { run } of runs) expect(run).toMatchObject({ cartsLost: 0, writesLost: 0, staleReads: 0, met: true });
    const [, , outage] = runs;
    // The API that needs no Redis goes on, carts answer 503 for the minute.
    expect(outage?.run).toMatchObject({ apiRequestsFailed: 0, platformSeconds: 60 });
    expect(outage?.run.requestsFailed).toBeGreaterThan(0);
  });

  test('a failover loses exactly what the primary acknowledged inside the replication lag, and takes 10 to 15 s', async () => {
    const { run: lost, details } = await run(cached, 'redis-failover');
    expect(lost).toMatchObject({ cartsLost: 0, writesLost: 3, met: true }); // One in six of 18 shoppers.
    expect(details.writesForeseenLost).toBe(3);
    expect(lost.platformSeconds).toBeGreaterThanOrEqual(10);
    expect(lost.platformSeconds).toBeLessThanOrEqual(15);
  });

  test('a region without another is out until it is made anew, and its Redis is empty then', async () => {
    const { run: lost, details } = await run(cached, 'region-loss');
    expect(lost).toMatchObject({ cartsLost: 18, cartsResurrected: 0, met: true });
    expect(details.remark).toContain('made anew');
  });
});

test('carts in a sealed cookie outlive the whole region, since the secret is the same', async () => {
  const { run: kept } = await run({ sessions: 'cookie', appService: 'off' }, 'region-loss');
  expect(kept).toMatchObject({ cartsLost: 0, writesLost: 0, met: true });
  expect(kept.requestsFailed).toBeGreaterThan(0);
});

describeWithRedis('two regions', () => {
  const twoRegions: Choices = { entry: 'front-door', appService: 'off', regions, instances: 1 };

  test('a standby with a Redis of its own knows no cart; after failback the old ones return, and what was bought there vanishes', async () => {
    const { run: failover, details } = await run(
      { ...twoRegions, sessions: 'redis', priorities: [1, 2] },
      'region-loss',
    );
    expect(failover).toMatchObject({ cartsLost: 18, met: true });
    // Who bought at the standby has a new session cookie, so the old cart is out of reach for good.
    expect(failover.cartsResurrected).toBeGreaterThan(0);
    expect(failover.cartsResurrected).toBeLessThan(18);
    expect(details.writesLostAtReturn).toBeGreaterThan(0);
    // Two samples of Front Door, 30 s apart, the first within 30 s.
    expect(failover.platformSeconds).toBeGreaterThanOrEqual(30);
    expect(failover.platformSeconds).toBeLessThanOrEqual(60);
  });

  test('with geo-replication only the writes inside the lag are missing, and come back with the region', async () => {
    const { run: failover, details } = await run({ ...twoRegions, sessions: 'redis-geo' }, 'region-loss');
    expect(failover).toMatchObject({ cartsLost: 0, met: true });
    expect(failover.writesLost).toBeGreaterThan(0);
    expect(failover.writesLost).toBe(details.writesForeseenLost);
  });

  test('a Redis per region, and Front Door moves shoppers: carts are lost without any fault; with the fastest origin only, none', async () => {
    const [moved, kept] = await Promise.all([
      run({ ...twoRegions, sessions: 'redis', latencyWindowMs: 1000 }, 'none'),
      run({ ...twoRegions, sessions: 'redis', latencyWindowMs: 0 }, 'none'),
    ]);
    expect(moved.run.cartsLost).toBeGreaterThan(0);
    expect(moved.run.met).toBe(true);
    expect(kept.run).toMatchObject({ cartsLost: 0, met: true });
  });
});
