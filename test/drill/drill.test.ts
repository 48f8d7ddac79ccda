import { type DetailedRun, drill } from '../../drill/drill';
import { resultOf } from '../../drill/result';
import { architecture, type Choices } from './architectures';
import { homesDestroyed, lostIn, rehearse } from './rehearse';
import { bundledShop } from './shop';

jest.setTimeout(60_000);

const appFile = bundledShop();
const run = (choices: Choices, fault: Parameters<typeof rehearse>[1], seed?: number) =>
  rehearse(choices, fault, { appFile: appFile(), ...(seed !== undefined && { seed }) });

describe('affinity on, state in process', () => {
  let crash: DetailedRun;
  let control: DetailedRun;
  let restart: DetailedRun;
  beforeAll(async () => {
    [crash, control, restart] = await Promise.all([
      run({}, 'instance-crash'),
      run({}, 'none'),
      run({}, 'instance-restart'),
    ]);
  });

  test('a crashed instance loses exactly the carts that lived on it, shopper by shopper', () => {
    expect(crash.destroyed).toHaveLength(1);
    expect(lostIn(crash)).toEqual(homesDestroyed(crash));
    expect(lostIn(crash)).toHaveLength(9); // Half of 18: first contacts are spread evenly over two instances.
    expect(crash.run).toMatchObject({ cartsLost: 9, cartsResurrected: 0, writesLost: 0, met: true });
    expect(crash.run.expected.cartsLost).toBe(9);
  });

  test('without a fault no cart is lost, no add vanishes, nothing is stale and nothing fails', () => {
    expect(control.run).toMatchObject({
      ...{ cartsLost: 0, writesLost: 0, staleReads: 0, requestsFailed: 0, apiRequestsFailed: 0 },
      ...{ loadSkew: 1, platformSeconds: 0, measuredSeconds: 0, met: true },
    });
  });

  test('recovery from a crash waits for the second failed ping of health check, in Azure’s time', () => {
    // Two pings a minute apart, the first within a minute.
    expect(crash.run.platformSeconds).toBeGreaterThanOrEqual(60);
    expect(crash.run.platformSeconds).toBeLessThanOrEqual(120);
    expect(crash.details.timeline?.marks.map(({ label }) => label)).toContain('health check takes the instance out');
  });

  test('until then requests to the dead instance fail, and whoever lost a cart meets stale answers', () => {
    expect(crash.run.requestsFailed).toBeGreaterThan(0);
    expect(crash.run.apiRequestsFailed).toBeGreaterThan(0);
    expect(crash.run.staleReads).toBeGreaterThanOrEqual(2 * crash.run.cartsLost); // The audit and the second look.
  });

  test('those who are bound anew stay where they went: the load stays uneven after the replacement is there', () => {
    expect(crash.run.loadSkew).toBeGreaterThan(1);
  });

  test('a restarted process keeps its id: the cookie leads back to it, and it knows nothing', () => {
    expect(lostIn(restart)).toEqual(homesDestroyed(restart));
    expect(restart.run).toMatchObject({ cartsLost: 9, platformSeconds: 0, loadSkew: 1, met: true });
    expect(restart.run.measuredSeconds).toBeGreaterThan(0.05); // At least a process start.
  });

  test('shoppers order, and send forms that they had left open; none is refused', () => {
    expect(control.details).toMatchObject({ checkouts: 3, forms: 5, formsRefused: 0 });
  });
});

describe('what a platform does on purpose, state in process', () => {
  test('a rolling deployment ends every process, one after another, and takes every cart', async () => {
    const { run: rolled, destroyed, details } = await run({}, 'deploy');
    expect(destroyed).toHaveLength(2);
    expect(rolled).toMatchObject({ cartsLost: 18, met: true });
    expect(details.remark).toContain('rolling restart');
  });

  test('a slot swap takes every cart too, and no request of the API fails: the new processes were warm', async () => {
    const { run: swapped, details } = await run({ hasSlot: true }, 'deploy');
    expect(swapped).toMatchObject({ cartsLost: 18, apiRequestsFailed: 0, met: true });
    expect(details.remark).toContain('swapping slots');
  });

  test('scaling out loses nothing; scaling in loses the carts of the instance that goes, without an error', async () => {
    const [out, within] = await Promise.all([
      run({ autoscale: [2, 3] }, 'scale-out'),
      run({ autoscale: [2, 3] }, 'scale-in'),
    ]);
    expect(out.run).toMatchObject({ cartsLost: 0, requestsFailed: 0, met: true });
    expect(out.run.loadSkew).toBe(1.5); // Nobody who has a cookie moves to the third.
    expect(lostIn(within)).toEqual(homesDestroyed(within));
    expect(within.run).toMatchObject({ cartsLost: 6, met: true }); // A third: it began one above the floor.
    expect(within.details.remark).toContain('one instance above autoscale’s floor');
  });
});

describe('zones', () => {
  test('without zone balancing a lost zone is assumed to take every instance', async () => {
    const { run: lost, details } = await run({ zoneBalanced: false }, 'zone-loss');
    expect(lost).toMatchObject({ cartsLost: 18, met: true });
    expect(details.remark).toContain('assumed');
  });

  test('with zone balancing it takes those in it', async () => {
    const outcome = await run({ instances: 3 }, 'zone-loss');
    expect(lostIn(outcome)).toEqual(homesDestroyed(outcome));
    expect(outcome.run).toMatchObject({ cartsLost: 6, met: true });
  });
});

describe('affinity off or without effect, state in process', () => {
  test('affinity off: carts are lost without any fault, each one predicted', async () => {
    const { run: off } = await run({ appService: 'off' }, 'none');
    expect(off.cartsLost).toBeGreaterThan(0);
    expect(off.met).toBe(true);
  });

  test('affinity on behind a gateway that overrides the host: browsers refuse the cookie; preserved, nothing is lost', async () => {
    const behindGateway = { entry: 'application-gateway', applicationGateway: 'on' } as const;
    const [overridden, preserved] = await Promise.all([
      run({ ...behindGateway, hostPreserved: false }, 'none'),
      run({ ...behindGateway, hostPreserved: true }, 'none'),
    ]);
    expect(overridden.run.cartsLost).toBeGreaterThan(0);
    expect(overridden.run.met).toBe(true);
    expect(overridden.run.expected.source).toContain('overridden host name');
    expect(preserved.run).toMatchObject({ cartsLost: 0, met: true });
  });
});

test('the same seed gives the same carts in the same places and the same verdicts; another seed does not', async () => {
  const choices: Choices = { appService: 'off' };
  const [first, again, other] = await Promise.all([
    run(choices, 'instance-crash', 3),
    run(choices, 'instance-crash', 3),
    run(choices, 'instance-crash', 4),
  ]);
  expect(again.shoppers).toEqual(first.shoppers);
  expect(again.destroyed).toEqual(first.destroyed);
  expect(again.run.writesAcknowledged).toBe(first.run.writesAcknowledged);
  expect(other.shoppers).not.toEqual(first.shoppers);
});

test('the result is the contract: every field by name, and a pair that cannot apply carries only its reason', async () => {
  const report = await drill(
    [architecture({ name: 'here', instances: 1 }), architecture({ name: 'cached', sessions: 'redis' })],
    {
      ...{
        faults: ['none', 'redis-outage'],
        seed: 1,
        shoppers: 2,
        timeScale: 30,
        redisServer: null,
        appFile: appFile(),
      },
    },
  );
  const result = resultOf(report);
  expect(Object.keys(result)).toEqual(['timeScale', 'seed', 'runs']);
  expect(result).toMatchObject({ timeScale: 30, seed: 1 });
  const [completed, withoutStore, withoutServer] = result.runs;
  expect(Object.keys(completed ?? {})).toEqual(
    (
      'variant fault shoppers cartsLost cartsResurrected writesAcknowledged writesLost staleReads requests requestsFailed ' +
      'apiRequests apiRequestsFailed platformSeconds measuredSeconds loadSkew expected met'
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

test('a run that cannot be completed is a result of its own, and takes no other with it', async () => {
  const variants = [architecture({ name: 'a', instances: 1 }), architecture({ name: 'b', instances: 1 })];
  const { runs } = await drill(variants, {
    ...{ faults: ['none'], seed: 1, shoppers: 2, appFile: `${__dirname}/apps/broken.cjs` },
  });
  expect(runs).toEqual(
    ['a', 'b'].map((variant) => ({ variant, fault: 'none', notAssessed: expect.stringContaining('no luck today') })),
  );
});

test.each([
  [{ shoppers: 0 }, '`shoppers` must be a whole number from 1 to 1000, got: 0.'],
  [{ shoppers: 1001 }, '`shoppers` must be a whole number from 1 to 1000, got: 1001.'],
  [{ timeScale: 0.9 }, '`timeScale` must be a number from 1 to 600, got: 0.9.'],
  [{ timeScale: 601 }, '`timeScale` must be a number from 1 to 600, got: 601.'],
  [{ seed: Number.NaN }, '`seed` must be a finite number, got: NaN.'],
])('refuses %j', async (wrong, message) => {
  await expect(drill([], { faults: [], seed: 1, ...wrong })).rejects.toThrow(message);
});
