import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { drillOne } from '../../../drill/drill';
import { startFleet } from '../../../drill/fleet/fleet';
import { planFleet } from '../../../drill/plan/fleetPlan';
import { findRedisServer } from '../../../drill/redis/server';
import { architecture } from '../../support/drill/architectures';
import { timeScale } from '../../support/drill/rehearse';
import { shop, testApp } from '../../support/drill/shop';
import { isRunning, started } from '../../support/drill/started';
import { describeWithRedis } from '../../support/redis';
import { until } from '../../support/until';

jest.mock('../../../drill/fleet/children', () => jest.requireActual('../../support/drill/started').watched());

jest.setTimeout(300_000);

const running = (): readonly number[] => started.map(({ pid }) => pid).filter(isRunning);

test('on success every process is gone, the replacement too, and the folder of the bundled app', async () => {
  await drillOne(architecture(), 'instance-crash', { seed: 1, shoppers: 4, timeScale });
  expect(started).toHaveLength(3);
  expect(running()).toEqual([]);
  const bundle = started[0]?.args.find((each) => each.endsWith('app.cjs'));
  expect(bundle).toContain('steadystate-drill-');
  expect(existsSync(dirname(bundle ?? '/'))).toBe(false);
});

test('an app that ends before it listens fails the run with what it said, and nothing stays', async () => {
  const broken = testApp('broken.cjs');
  await expect(drillOne(architecture(), 'none', { seed: 1, shoppers: 4, appFile: broken })).rejects.toThrow(
    /ended before it was ready \(code 3\).*no luck today/,
  );
  expect(running()).toEqual([]);
});

test.each(['starting', 'fill their carts', 'instance is gone', 'audit'])(
  'an abort at "%s" rejects with its reason, and nothing stays',
  async (moment) => {
    const abort = new AbortController();
    const run = drillOne(architecture({ instances: 1 }), 'instance-crash', {
      ...{ seed: 1, shoppers: 6, timeScale, signal: abort.signal },
      ...(await shop()),
      onProgress: (line) => {
        // Not at once: in the midst of what the line announces.
        if (line.includes(moment)) setImmediate(() => abort.abort(new Error('Ctrl-C')));
      },
    });
    await expect(run).rejects.toThrow('Ctrl-C');
    expect(started.length).toBeGreaterThan(0);
    expect(running()).toEqual([]);
  },
);

test('an instance that dies by itself stays listed until somebody acts, and the fleet still ends cleanly', async () => {
  const plan = planFleet(architecture());
  if ('notApplicable' in plan) throw new Error(plan.notApplicable);
  const { signal } = new AbortController();
  const fleet = await startFleet(plan, { seed: 1, redisServer: null, signal, ...(await shop()) });
  const [first] = fleet.instances();
  expect(fleet.regions[0]?.listed()).toHaveLength(2);
  process.kill(first?.pid ?? 0, 'SIGKILL');
  await until('one instance is left', () => fleet.instances().length === 1);
  expect(fleet.regions[0]?.listed()).toHaveLength(2);
  await fleet.stop();
  expect(running()).toEqual([]);
});

describeWithRedis('Redis', () => {
  test('its process and folder are gone after an abort', async () => {
    const abort = new AbortController();
    const run = drillOne(architecture({ sessions: 'redis' }), 'none', {
      ...{ seed: 1, shoppers: 4, redisServer: findRedisServer(), signal: abort.signal },
      ...(await shop()),
      onProgress: (line) => {
        if (line.includes('fill')) abort.abort(new Error('Ctrl-C'));
      },
    });
    await expect(run).rejects.toThrow('Ctrl-C');
    expect(started).toHaveLength(4); // Two instances, a primary, a replica.
    expect(running()).toEqual([]);
    const settings = started.find(({ args }) => args.includes('--dir'))?.args ?? [];
    const folder = settings[settings.indexOf('--dir') + 1] ?? '/';
    expect(folder).toContain('steadystate-redis-');
    expect(existsSync(folder)).toBe(false);
  });
});
