/** What ends without anybody ending it is named in the result: it must not pass for a loss, nor keep a drill waiting. */

import { setTimeout as pause } from 'node:timers/promises';
import { drill } from '../../../drill/drill';
import type { DrillReport } from '../../../drill/report/result';
import { architecture, type Choices } from '../../support/drill/architectures';
import { shop } from '../../support/drill/shop';
import { started } from '../../support/drill/started';
import { describeWithRedis } from '../../support/redis';
import { until } from '../../support/until';

jest.mock('../../../drill/fleet/children', () => jest.requireActual('../../support/drill/started').watched());

jest.setTimeout(300_000);

/** Plays the control, and kills what was started as the `victim`th once it stands. */
async function controlLosing(victim: number, choices: Choices) {
  const report: DrillReport = await drill([architecture({ instances: 1, ...choices })], {
    ...{ faults: ['none'], seed: 1, shoppers: 4 },
    ...(await shop()),
    onProgress: (line) => {
      if (line.includes('nothing breaks')) process.kill(started[victim]?.pid ?? 0, 'SIGKILL');
    },
  });
  return { run: report.runs[0], details: report.details[0] };
}

describeWithRedis('a Redis that dies by itself', () => {
  const cached: Choices = { sessions: 'redis' };
  const [primary, replica] = [0, 1];

  test('the replica: every cart is found, and the run is not met', async () => {
    const { run, details } = await controlLosing(replica, cached);
    expect(run).toMatchObject({ cartsLost: 0, writesLost: 0, met: false });
    expect(details?.surprises).toEqual(['the Redis replica of swedencentral ended by itself']);
  });

  test('the primary: nobody waits for carts that cannot come back', async () => {
    const begun = performance.now();
    const { run } = await controlLosing(primary, cached);
    expect(run).toEqual({
      ...{ variant: 'sample', fault: 'none' },
      notAssessed:
        'the Redis primary of swedencentral ended by itself: the carts of swedencentral cannot come back, so this run cannot be judged',
    });
    // Recovery may take 30 s where there is hope.
    expect(performance.now() - begun).toBeLessThan(20_000);
  });
});

test('the only instance: nobody waits for it either', async () => {
  const { run } = await controlLosing(0, {});
  expect(run).toEqual({
    ...{ variant: 'sample', fault: 'none' },
    notAssessed: expect.stringMatching(
      /^process sample\/swedencentral\/0\/1\/0 ended by itself: no instance is left, so this run cannot be judged$/,
    ),
  });
});

test('the only instance of a region that has come back: nobody waits until Front Door finds it', async () => {
  let back = false;
  const twoRegions: Choices = { entry: 'front-door', regions: ['north', 'south'], instances: 1 };
  const report = drill([architecture(twoRegions)], {
    ...{ faults: ['region-loss'], seed: 1, shoppers: 4 },
    ...(await shop()),
    onProgress: (line) => {
      back ||= line.includes('comes back');
    },
  });
  const third = await until('it has come back', () => back && started[2]);
  await until('it is ready', () => third.ready());
  // It must have answered once; Front Door needs three good samples, which take a second and more.
  await pause(300);
  process.kill(third.pid, 'SIGKILL');
  expect((await report).runs).toEqual([
    {
      ...{ variant: 'sample', fault: 'region-loss' },
      // A busy machine may take so long to look at it that it counts as never started.
      notAssessed: expect.stringMatching(
        /^process sample\/\S+ ended by itself: no instance is left in (north|south), so this run cannot be judged$|ended before it answered/,
      ),
    },
  ]);
});
