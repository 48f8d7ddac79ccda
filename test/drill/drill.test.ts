import { join } from 'node:path';
import { drill, drillOne } from '../../drill/drill';
import { resultOf } from '../../drill/report/result';
import { architecture, type Choices } from '../support/drill/architectures';
import { homesDestroyed, lostIn, rehearsals, rehearse } from '../support/drill/rehearse';
import { shop, testApp } from '../support/drill/shop';

jest.setTimeout(300_000);

const affinityOff: Choices = { appService: 'off' };
const behindGateway: Choices = { entry: 'application-gateway', applicationGateway: 'on' };

const played = rehearsals({
  crash: { fault: 'instance-crash', timeScale: 100 },
  control: { choices: { ...behindGateway, hostPreserved: true }, fault: 'none' },
  restart: { fault: 'instance-restart' },
  rolling: { fault: 'deploy' },
  swap: { choices: { hasSlot: true }, fault: 'deploy' },
  'scale out': { choices: { autoscale: [2, 3] }, fault: 'scale-out' },
  'scale in': { choices: { autoscale: [2, 3] }, fault: 'scale-in' },
  'zone loss, all in one': { choices: { zoneBalanced: false }, fault: 'zone-loss' },
  'zone loss, balanced': { choices: { instances: 3 }, fault: 'zone-loss' },
  'host overridden': { choices: { ...behindGateway, hostPreserved: false }, fault: 'none' },
  'affinity off': { choices: affinityOff, fault: 'none', seed: 4 },
  first: { choices: affinityOff, fault: 'instance-crash', seed: 3 },
  again: { choices: affinityOff, fault: 'instance-crash', seed: 3 },
});

describe('affinity on, state in process', () => {
  test('a crashed instance loses exactly the carts that lived on it, shopper by shopper', async () => {
    const crash = await played('crash');
    expect(crash.destroyed).toHaveLength(1);
    expect(lostIn(crash)).toEqual(homesDestroyed(crash));
    expect(lostIn(crash)).toHaveLength(6); // Half of 12: first contacts are spread evenly over two instances.
    expect(crash.run).toMatchObject({ cartsLost: 6, cartsResurrected: 0, writesLost: 0, met: true });
    expect(crash.run.expected.cartsLost).toBe(6);
  });

  test('without a fault no cart is lost, no add vanishes, nothing is stale and nothing fails', async () => {
    expect((await played('control')).run).toMatchObject({
      ...{ cartsLost: 0, writesLost: 0, staleReads: 0, requestsFailed: 0, apiRequestsFailed: 0 },
      ...{ loadSkew: 1, platformSeconds: 0, measuredSeconds: 0, met: true },
    });
  });

  test('recovery from a crash waits for the second failed ping of health check, in Azure’s time', async () => {
    const { run, details } = await played('crash');
    // Two pings a minute apart, the first within a minute.
    expect(run.platformSeconds).toBeGreaterThanOrEqual(60);
    expect(run.platformSeconds).toBeLessThanOrEqual(120);
    expect(details.timeline?.marks.map(({ label }) => label)).toContain('health check takes the instance out');
  });

  test('beside carts: a crash breaks connections off and needs a new instance, and no process drains', async () => {
    const { counted } = (await played('crash')).run;
    expect(counted?.connections).toMatchObject({ opened: 6, kept: 3, ended: 0, dropped: 3, cameBack: 3 });
    expect(counted?.started).toEqual({ instances: 1, processes: 1, more: 0 });
    expect(counted?.orders?.sent).toBe(6);
    expect(counted).toMatchObject({ drain: null, imbalance: null, signIns: { begun: 8 } });
    expect(Object.keys(counted?.notCounted ?? {})).toEqual(['drain', 'imbalance']);
  });

  test('until then requests to the dead instance fail, and shoppers who lost a cart get stale answers', async () => {
    const { run } = await played('crash');
    expect(run.requestsFailed).toBeGreaterThan(0);
    expect(run.apiRequestsFailed).toBeGreaterThan(0);
    expect(run.staleReads).toBeGreaterThanOrEqual(2 * run.cartsLost); // The audit and the second look.
  });

  test('clients that lost their instance stay where they went: the load stays uneven after the replacement is there', async () => {
    expect((await played('crash')).run.loadSkew).toBeGreaterThan(1);
  });

  test('a restarted process keeps its id: the cookie leads back to it, and the session is gone', async () => {
    const restart = await played('restart');
    expect(lostIn(restart)).toEqual(homesDestroyed(restart));
    expect(restart.run).toMatchObject({ cartsLost: 6, platformSeconds: 0, loadSkew: 1, met: true });
    expect(restart.run.measuredSeconds).toBe(0); // The next process was ready before this one was asked to end.
  });

  test('shoppers order, and send forms that they had left open; none is refused', async () => {
    expect((await played('control')).details).toMatchObject({ checkouts: 2, forms: 3, formsRefused: 0 });
  });
});

describe('what a platform does on purpose, state in process', () => {
  test.each(['restart', 'rolling', 'swap', 'scale in'] as const)(
    '%s: clients that keep their connections lose no request',
    async (name) => {
      expect((await played(name)).run).toMatchObject({ requestsFailed: 0, apiRequestsFailed: 0 });
    },
  );

  test('an app that stops listening at SIGTERM loses requests, and the drill shows it', async () => {
    const appFile = join(__dirname, '../support/drill/apps/abrupt.cjs');
    const settings = { seed: 7, shoppers: 12, timeScale: 300, appFile };
    const outcome = await drillOne(architecture({ autoscale: [2, 3] }), 'scale-in', settings);
    if (!('run' in outcome)) throw new Error(`expected a run, got: ${outcome.notApplicable}`);
    expect(outcome.run.requestsFailed).toBeGreaterThan(0);
    expect(outcome.run.counted?.drain?.lost).toBeGreaterThan(0);
  });

  test('beside carts: connections of a process that drains end with a hint, and no order is placed twice', async () => {
    const { counted } = (await played('swap')).run;
    expect(counted?.drain?.lost).toBe(0);
    expect(counted?.connections).toMatchObject({ opened: 6, kept: 0, ended: 6, dropped: 0, cameBack: 6 });
    expect(counted?.orders).toMatchObject({ sent: 6, twice: 0, unknown: 0 });
    expect(counted?.started).toEqual({ instances: 0, processes: 2, more: 0 });
  });

  test('a rolling deployment ends every process, one after another, and takes every cart', async () => {
    const { run, destroyed, details } = await played('rolling');
    expect(destroyed).toHaveLength(2);
    expect(run).toMatchObject({ cartsLost: 12, met: true });
    expect(details.remark).toContain('rolling restart');
  });

  test('a slot swap takes every cart too, and no request of the API fails: the new processes were warm', async () => {
    const { run, details } = await played('swap');
    expect(run).toMatchObject({ cartsLost: 12, apiRequestsFailed: 0, met: true });
    expect(details.remark).toContain('swapping slots');
  });

  test('scaling out loses nothing: no client with a cookie moves to the new instance', async () => {
    expect((await played('scale out')).run).toMatchObject({
      ...{ cartsLost: 0, requestsFailed: 0, loadSkew: 1.5, met: true },
      counted: { imbalance: expect.any(Array), started: { instances: 1, processes: 1, more: 1 } },
    });
  });

  test('scaling in loses the carts of the instance that goes, without an error', async () => {
    const within = await played('scale in');
    expect(lostIn(within)).toEqual(homesDestroyed(within));
    expect(within.run).toMatchObject({ cartsLost: 4, met: true }); // A third: it began one above the floor.
    expect(within.details.remark).toContain('one instance above autoscale’s floor');
  });
});

describe('zones', () => {
  test('without zone balancing a lost zone is assumed to take every instance', async () => {
    const { run, details } = await played('zone loss, all in one');
    expect(run).toMatchObject({ cartsLost: 12, met: true });
    expect(details.remark).toContain('assumed');
  });

  test('with zone balancing it takes those in it', async () => {
    const outcome = await played('zone loss, balanced');
    expect(lostIn(outcome)).toEqual(homesDestroyed(outcome));
    expect(outcome.run).toMatchObject({ cartsLost: 4, met: true });
  });
});

describe('affinity off or without effect, state in process', () => {
  test('affinity off: carts are lost without any fault, each one predicted', async () => {
    const { run } = await played('affinity off');
    expect(run.cartsLost).toBeGreaterThan(0);
    expect(run.met).toBe(true);
  });

  test('affinity on behind a gateway that overrides the host: browsers refuse the cookie; preserved, nothing is lost', async () => {
    const [overridden, preserved] = await Promise.all([played('host overridden'), played('control')]);
    expect(overridden.run.cartsLost).toBeGreaterThan(0);
    expect(overridden.run.met).toBe(true);
    expect(overridden.run.expected.source).toContain('overridden host name');
    expect(preserved.run).toMatchObject({ cartsLost: 0, met: true });
  });
});

test('the same seed gives the same carts in the same places and the same verdicts; another seed does not', async () => {
  const [first, again, other] = await Promise.all([played('first'), played('again'), played('affinity off')]);
  expect(again.shoppers).toEqual(first.shoppers);
  expect(again.destroyed).toEqual(first.destroyed);
  expect(again.run.writesAcknowledged).toBe(first.run.writesAcknowledged);
  const homes = ({ shoppers }: typeof first) => shoppers.map(({ homeProcess }) => homeProcess);
  expect(homes(other)).not.toEqual(homes(first));
});

test('the result is the contract: every field by name, and a pair that cannot apply carries only its reason', async () => {
  const report = await drill(
    [architecture({ name: 'here', instances: 1 }), architecture({ name: 'cached', sessions: 'redis' })],
    {
      ...{ faults: ['none', 'redis-outage'], seed: 1, shoppers: 2, timeScale: 30, redisServer: null },
      ...(await shop()),
    },
  );
  const result = resultOf(report);
  expect(Object.keys(result)).toEqual(['timeScale', 'seed', 'runs']);
  expect(result).toMatchObject({ timeScale: 30, seed: 1 });
  const [completed, withoutStore, withoutServer] = result.runs;
  expect(Object.keys(completed ?? {})).toEqual(
    (
      'variant fault shoppers cartsLost cartsResurrected writesAcknowledged writesLost staleReads requests requestsFailed ' +
      'apiRequests apiRequestsFailed platformSeconds measuredSeconds outageSeconds capacity loadSkew expected met signIns latency counted'
    ).split(' '),
  );
  expect(withoutStore).toEqual({
    ...{ variant: 'here', fault: 'redis-outage', notApplicable: 'there is no Redis: sessions live elsewhere' },
  });
  // Without redis-server: how to get it, while the others run.
  expect(withoutServer).toEqual({
    ...{ variant: 'cached', fault: 'none', notApplicable: expect.stringContaining('apt install redis-server') },
  });
});

test('the app gets the settings that the Terraform states: one that it refuses ends the run with its own words', async () => {
  const choices: Choices = { instances: 1, appSettings: { TRUSTED_PROXY_HOPS: '9' } };
  await expect(rehearse({ choices, fault: 'none' })).rejects.toThrow(
    '`TRUSTED_PROXY_HOPS` must be a whole number from 0 to 5, got: "9".',
  );
});

test('a run that cannot be completed is a result by itself, and does not affect the others', async () => {
  const variants = [architecture({ name: 'a', instances: 1 }), architecture({ name: 'b', instances: 1 })];
  const { runs } = await drill(variants, {
    ...{ faults: ['none'], seed: 1, shoppers: 2, appFile: testApp('broken.cjs') },
  });
  expect(runs).toEqual(
    ['a', 'b'].map((variant) => ({ variant, fault: 'none', notAssessed: expect.stringContaining('no luck today') })),
  );
});

test.each([
  [{ shoppers: 0 }, '`shoppers` must be a whole number from 1 to 2000, got: 0.'],
  [{ shoppers: 2001 }, '`shoppers` must be a whole number from 1 to 2000, got: 2001.'],
  [{ timeScale: 0.9 }, '`timeScale` must be a number from 1 to 600, got: 0.9.'],
  [{ timeScale: 601 }, '`timeScale` must be a number from 1 to 600, got: 601.'],
  [{ seed: Number.NaN }, '`seed` must be a finite number, got: NaN.'],
])('refuses %j', async (wrong, message) => {
  await expect(drill([], { faults: [], seed: 1, ...wrong })).rejects.toThrow(message);
});
