/** A deployment that has nothing left must not look as if it recovered sooner than one that has. */

import { verdictOf } from '../../../drill/report/verdict';
import type { Choices } from '../../support/drill/architectures';
import { rehearsals } from '../../support/drill/rehearse';

jest.setTimeout(300_000);

const frontDoor: Choices = { entry: 'front-door', regions: ['north', 'south'], instances: 1 };

const played = rehearsals({
  one: { choices: { instances: 1 }, fault: 'instance-crash' },
  two: { choices: { instances: 2 }, fault: 'instance-crash' },
  unchecked: { choices: { instances: 2, healthCheck: false }, fault: 'instance-crash' },
  elsewhere: { choices: { ...frontDoor, frontDoor: 'on', latencyWindowMs: 1000 }, fault: 'instance-crash' },
  alone: { choices: { instances: 1 }, fault: 'region-loss' },
});

test('with another instance health check ends the outage; without, it lasts until Azure replaces the only one', async () => {
  const [one, two] = [(await played('one')).run, (await played('two')).run];
  expect(two).toMatchObject({ capacity: { left: 1, of: 2 }, outageSeconds: two.platformSeconds });
  expect(two.platformSeconds).toBeLessThanOrEqual(120);
  expect(one).toMatchObject({ capacity: { left: 0, of: 1 }, outageSeconds: null, platformSeconds: 3600 });
});

test('without health check the dead instance is met until it is replaced', async () => {
  const { run } = await played('unchecked');
  expect(run).toMatchObject({ capacity: { left: 1, of: 2 }, outageSeconds: null, platformSeconds: 3600, met: true });
});

test('a region left empty is left by Front Door', async () => {
  const { run } = await played('elsewhere');
  expect(run).toMatchObject({ capacity: { left: 1, of: 2 }, met: true });
  // Two samples of Front Door, 30 s apart, the first within 30 s.
  expect(run.outageSeconds).toBeGreaterThanOrEqual(30);
  expect(run.outageSeconds).toBeLessThanOrEqual(60);
});

test('the only region comes back by hand', async () => {
  const { run, details } = await played('alone');
  expect(run).toMatchObject({ capacity: { left: 0, of: 1 }, outageSeconds: null, platformSeconds: 0 });
  expect(verdictOf(run, details).reason).toContain('until people have deployed again');
});
