import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { drillOne } from '../../drill/drill';
import { startFleet } from '../../drill/fleet/fleet';
import { planFleet } from '../../drill/plan';
import { findRedisServer } from '../../drill/redis/server';
import { describeWithRedis } from '../support/redis';
import { until } from '../support/until';
import { architecture } from './architectures';
import { bundledShop } from './shop';

jest.setTimeout(60_000);

const appFile = bundledShop();

// What the drill starts, seen where it starts it.
const started: number[] = [];
const commandLines: (readonly string[])[] = [];
jest.mock('../../drill/fleet/children', () => {
  const real = jest.requireActual<typeof import('../../drill/fleet/children')>('../../drill/fleet/children');
  return {
    ...real,
    startChild: async (...given: Parameters<typeof real.startChild>) => {
      const child = await real.startChild(...given);
      started.push(child.pid);
      commandLines.push(given[1]);
      return child;
    },
  };
});

afterEach(() => {
  // What a failing test left would keep Jest from ending.
  for (const pid of started.filter(isRunning)) process.kill(pid, 'SIGKILL');
  started.splice(0);
  commandLines.splice(0);
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('on success every process is gone, the replacement too, and the folder of the bundled app', async () => {
  await drillOne(architecture(), 'instance-crash', { seed: 1, shoppers: 4 });
  expect(started).toHaveLength(3);
  expect(started.filter(isRunning)).toEqual([]);
  const [bundle] = commandLines[0] ?? [];
  expect(bundle).toContain('steadystate-drill-');
  expect(existsSync(dirname(bundle ?? '/'))).toBe(false);
});

test('an app that ends before it listens fails the run with what it said, and nothing stays', async () => {
  const broken = join(__dirname, 'apps', 'broken.cjs');
  await expect(drillOne(architecture(), 'none', { seed: 1, shoppers: 4, appFile: broken })).rejects.toThrow(
    /ended before it was ready \(code 3\).*no luck today/,
  );
  expect(started.filter(isRunning)).toEqual([]);
});

test.each([
  'starting',
  'fill their carts',
  'instance is gone',
  'audit',
])('an abort at "%s" rejects with its reason, and nothing stays', async (moment) => {
  const abort = new AbortController();
  const run = drillOne(architecture(), 'instance-crash', {
    seed: 1,
    shoppers: 6,
    appFile: appFile(),
    signal: abort.signal,
    onProgress: (line) => {
      // Not at once: in the midst of what the line announces.
      if (line.includes(moment)) setImmediate(() => abort.abort(new Error('Ctrl-C')));
    },
  });
  await expect(run).rejects.toThrow('Ctrl-C');
  expect(started.length).toBeGreaterThan(0);
  expect(started.filter(isRunning)).toEqual([]);
});

test('an instance that dies by itself stays listed until somebody acts, and the fleet still ends cleanly', async () => {
  const plan = planFleet(architecture());
  if ('notApplicable' in plan) throw new Error(plan.notApplicable);
  const signal = new AbortController().signal;
  const fleet = await startFleet(plan, { appFile: appFile(), seed: 1, redisServer: null, signal });
  const [first] = fleet.instances();
  expect(fleet.regions[0]?.listed()).toHaveLength(2);
  process.kill(first?.pid ?? 0, 'SIGKILL');
  await until('one instance is left', () => fleet.instances().length === 1);
  expect(fleet.regions[0]?.listed()).toHaveLength(2);
  await fleet.stop();
  expect(started.filter(isRunning)).toEqual([]);
});

describeWithRedis('Redis', () => {
  test('its process and folder are gone after an abort', async () => {
    const abort = new AbortController();
    const run = drillOne(architecture({ sessions: 'redis' }), 'none', {
      seed: 1,
      shoppers: 4,
      appFile: appFile(),
      redisServer: findRedisServer(),
      signal: abort.signal,
      onProgress: (line) => {
        if (line.includes('fill')) abort.abort(new Error('Ctrl-C'));
      },
    });
    await expect(run).rejects.toThrow('Ctrl-C');
    expect(started).toHaveLength(4); // Two instances, a primary, a replica.
    expect(started.filter(isRunning)).toEqual([]);
    const settings = commandLines.find((line) => line.includes('--dir')) ?? [];
    const folder = settings[settings.indexOf('--dir') + 1] ?? '/';
    expect(folder).toContain('steadystate-redis-');
    expect(existsSync(folder)).toBe(false);
  });
});
