import { type DetailedRun, drill, drillOne } from '../../drill/drill';
import type { FaultName } from '../../drill/faults';
import { describeWithRedis } from '../support/redis';
import { architecture, type Choices } from './architectures';
import { bundledShop } from './shop';

jest.setTimeout(60_000);

const appFile = bundledShop();

async function rehearse(choices: Choices, fault: FaultName, seed = 7, shoppers = 20): Promise<DetailedRun> {
  const outcome = await drillOne(architecture(choices), fault, { seed, shoppers, appFile: appFile() });
  if (!('run' in outcome)) throw new Error(`expected a run, got: ${outcome.notApplicable}`);
  return outcome;
}

const lostIn = ({ shoppers }: DetailedRun): number[] => shoppers.filter(({ lost }) => lost).map(({ id }) => id);

describe('affinity on, state in process', () => {
  let crash: DetailedRun;
  let control: DetailedRun;
  let alone: DetailedRun;
  beforeAll(async () => {
    [crash, control, alone] = await Promise.all([
      rehearse({}, 'instance-crash'),
      rehearse({}, 'none'),
      rehearse({ instances: 1 }, 'instance-crash', 7, 6),
    ]);
  });

  test('a crashed instance loses exactly the carts that lived on it, shopper by shopper', () => {
    const [victim] = crash.destroyed;
    const livedThere = crash.shoppers.filter(({ homeInstance }) => homeInstance === victim).map(({ id }) => id);
    expect(lostIn(crash)).toEqual(livedThere);
    expect(livedThere).toHaveLength(10); // Half of 20: first contacts are spread evenly over two instances.
    expect(crash.run).toMatchObject({ cartsLost: 10, cartsResurrected: 0, writesLost: 0, met: true });
    expect(crash.run.expected.cartsLost).toBe(10);
  });

  test('without a fault no cart is lost, no add vanishes, nothing is stale and nothing fails', () => {
    expect(control.run).toMatchObject({
      cartsLost: 0,
      writesLost: 0,
      staleReads: 0,
      requestsFailed: 0,
      apiRequestsFailed: 0,
      loadSkew: 1,
      met: true,
    });
  });

  test('recovery takes at least a process start, and the control none', () => {
    expect(crash.run.measuredSeconds).toBeGreaterThan(0.05);
    expect(crash.run.measuredSeconds).toBeLessThan(20);
    expect(control.run.measuredSeconds).toBeLessThan(0.05);
    expect(crash.run.platformSeconds).toBe(0);
  });

  test('whoever lost a cart met stale answers from then on, and the others did not', () => {
    // The audit, the second look, and at least the last look while the fault lasted.
    expect(crash.run.staleReads).toBeGreaterThanOrEqual(3 * crash.run.cartsLost);
    expect(crash.run.staleReads).toBeLessThanOrEqual(6 * crash.run.cartsLost);
  });

  test('those who are bound anew stay where they went: the load stays uneven after the replacement is there', () => {
    expect(crash.run.loadSkew).toBeGreaterThan(1);
  });

  test('a single instance takes all carts with it, and the shop answers again once it is replaced', () => {
    expect(alone.shoppers.every(({ lost }) => lost)).toBe(true);
    expect(alone.run.met).toBe(true);
    expect(alone.run.requestsFailed + alone.run.apiRequestsFailed).toBeGreaterThan(0);
  });
});

describe('affinity off or without effect, state in process', () => {
  let off: DetailedRun;
  let overridden: DetailedRun;
  let preserved: DetailedRun;
  beforeAll(async () => {
    const behindGateway = { entry: 'application-gateway', applicationGateway: 'on' } as const;
    [off, overridden, preserved] = await Promise.all([
      rehearse({ appService: 'off' }, 'none'),
      rehearse({ ...behindGateway, hostPreserved: false }, 'none'),
      rehearse({ ...behindGateway, hostPreserved: true }, 'none'),
    ]);
  });

  test('affinity off: carts are lost without any fault, each one predicted', () => {
    expect(off.run.cartsLost).toBeGreaterThan(0);
    expect(off.run.met).toBe(true);
    for (const { lost, homeInstance, auditInstance } of off.shoppers) expect(lost).toBe(homeInstance !== auditInstance);
  });

  test('affinity on behind a gateway that overrides the host: browsers refuse the cookie, carts are lost without any fault', () => {
    expect(overridden.run.cartsLost).toBeGreaterThan(0);
    expect(overridden.run.met).toBe(true);
    expect(overridden.run.expected.source).toContain('overridden host name');
  });

  test('the same with the host preserved loses nothing', () => {
    expect(preserved.run).toMatchObject({ cartsLost: 0, met: true });
  });
});

test('the same seed gives the same carts on the same instances and the same verdicts; another seed does not', async () => {
  const choices: Choices = { appService: 'off' };
  const [first, again, other] = await Promise.all([
    rehearse(choices, 'instance-crash', 3),
    rehearse(choices, 'instance-crash', 3),
    rehearse(choices, 'instance-crash', 4),
  ]);
  expect(again.shoppers).toEqual(first.shoppers);
  expect(again.destroyed).toEqual(first.destroyed);
  expect(again.run.writesAcknowledged).toBe(first.run.writesAcknowledged);
  expect(other.shoppers).not.toEqual(first.shoppers);
});

describeWithRedis('state in Redis', () => {
  test('a crashed instance loses no cart and no add, with affinity on or off', async () => {
    const runs = await Promise.all([
      rehearse({ sessions: 'redis', appService: 'off', instances: 3 }, 'instance-crash'),
      rehearse({ sessions: 'redis', appService: 'on' }, 'instance-crash'),
    ]);
    for (const { run, destroyed } of runs) {
      expect(destroyed).toHaveLength(1);
      expect(run).toMatchObject({ cartsLost: 0, writesLost: 0, staleReads: 0, met: true });
      expect(run.writesAcknowledged).toBeGreaterThanOrEqual(40); // Two adds by each of 20 shoppers at least.
    }
  });

  test('regions with a Redis each: a shopper that Front Door moves loses the cart, one that it keeps does not', async () => {
    const regions = ['swedencentral', 'westeurope'];
    const twoRegions: Choices = { entry: 'front-door', appService: 'off', sessions: 'redis', regions, instances: 1 };
    const [moved, kept] = await Promise.all([
      rehearse({ ...twoRegions, latencyWindowMs: 1000 }, 'none'),
      rehearse({ ...twoRegions, latencyWindowMs: 0 }, 'none'),
    ]);
    expect(moved.run.cartsLost).toBeGreaterThan(0);
    expect(moved.run.met).toBe(true);
    expect(kept.run).toMatchObject({ cartsLost: 0, met: true });
  });
});

test('the result is the contract: every field by name, and a pair that cannot apply carries only its reason', async () => {
  const architectures = [
    architecture({ name: 'here', instances: 1 }),
    architecture({ name: 'sealed', sessions: 'cookie' }),
    architecture({ name: 'cached', sessions: 'redis' }),
  ];
  const options = {
    faults: ['none'],
    seed: 1,
    shoppers: 2,
    timeScale: 30,
    redisServer: null,
    appFile: appFile(),
  } as const;
  const result = await drill(architectures, options);
  expect(Object.keys(result)).toEqual(['timeScale', 'seed', 'runs']);
  expect(result).toMatchObject({ timeScale: 30, seed: 1 });
  const [run, sealed, withoutRedis] = result.runs;
  expect(Object.keys(run ?? {})).toEqual(
    (
      'variant fault shoppers cartsLost cartsResurrected writesAcknowledged writesLost staleReads requests requestsFailed ' +
      'apiRequests apiRequestsFailed platformSeconds measuredSeconds loadSkew expected met'
    ).split(' '),
  );
  expect(sealed).toEqual({
    variant: 'sealed',
    fault: 'none',
    notApplicable: 'the shop has no sealed-cookie store yet',
  });
  // Without redis-server: how to get it, while the others run.
  expect(Object.keys(withoutRedis ?? {})).toEqual(['variant', 'fault', 'notApplicable']);
  expect(withoutRedis?.notApplicable).toContain('apt install redis-server');
});

test.each([
  [{ shoppers: 0 }, '`shoppers` must be a whole number from 1 to 1000, got: 0.'],
  [{ shoppers: 1001 }, '`shoppers` must be a whole number from 1 to 1000, got: 1001.'],
  [{ timeScale: 0.9 }, '`timeScale` must be a number of 1 or more, got: 0.9.'],
  [{ seed: Number.NaN }, '`seed` must be a finite number, got: NaN.'],
])('refuses %j', async (wrong, message) => {
  await expect(drill([], { faults: [], seed: 1, ...wrong })).rejects.toThrow(message);
});
