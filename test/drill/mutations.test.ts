/** Checks of the checker: what the drill must catch, broken on purpose. */

import { join } from 'node:path';
import { type DetailedRun, drillOne } from '../../drill/drill';
import { verdictOf } from '../../drill/report/verdict';
import { describeWithRedis } from '../support/redis';
import { architecture } from './architectures';
import { bundledShop } from './shop';
import { variant } from './variants';

jest.setTimeout(60_000);

const appFile = bundledShop();

let forgetsAffinity = false;
jest.mock('../../drill/frontends/appService', () => {
  const real = jest.requireActual<typeof import('../../drill/frontends/appService')>(
    '../../drill/frontends/appService',
  );
  return {
    ...real,
    startAppService: (options: Parameters<typeof real.startAppService>[0]) =>
      real.startAppService({ ...options, affinity: options.affinity && !forgetsAffinity }),
  };
});

async function control(app: string, seed = 5): Promise<DetailedRun> {
  const outcome = await drillOne(architecture(), 'none', { seed, shoppers: 12, appFile: app });
  if (!('run' in outcome)) throw new Error(outcome.notApplicable);
  return outcome;
}

test('a front end that forgets affinity is caught: carts are lost that the facts promise to keep', async () => {
  forgetsAffinity = true;
  const { run } = await control(appFile()).finally(() => {
    forgetsAffinity = false;
  });
  expect(run.expected.cartsLost).toBe(0);
  expect(run.cartsLost).toBeGreaterThan(0);
  expect(run.met).toBe(false);
});

let dropsWrites = false;
jest.mock('../../drill/redis/replicator', () => {
  const real = jest.requireActual<typeof import('../../drill/redis/replicator')>('../../drill/redis/replicator');
  let seen = 0;
  return {
    ...real,
    createReplicator: (options: Parameters<typeof real.createReplicator>[0]) => {
      const replicator = real.createReplicator(options);
      const dropped = ([name]: readonly string[]) => dropsWrites && name === 'hincrby' && seen++ % 4 === 0;
      return { ...replicator, see: (command: readonly string[]) => void (dropped(command) || replicator.see(command)) };
    },
  };
});

describeWithRedis('geo-replication', () => {
  const drilled = async (): Promise<DetailedRun> => {
    const geo = { ...variant('multi-region-active-active'), name: 'geo' };
    const outcome = await drillOne(geo, 'region-loss', { seed: 5, shoppers: 12, appFile: appFile() });
    if (!('run' in outcome)) throw new Error(outcome.notApplicable);
    return outcome;
  };

  test('a replicator that drops writes is caught: adds are gone that the facts promise to keep', async () => {
    dropsWrites = true;
    const { run, details } = await drilled().finally(() => {
      dropsWrites = false;
    });
    expect(run.writesLost + run.cartsLost).toBeGreaterThan(details.writesForeseenLost);
    expect(run.met).toBe(false);
    expect(details.surprises[0]).toMatch(/^shopper \d+: (lost the cart|\d acknowledged adds? (is|are) gone)$/);
  });
});

test('an app that forgets to save is caught: the ledger misses adds that it acknowledged', async () => {
  const { run } = await control(join(__dirname, 'apps', 'forgetful.cjs'));
  expect(run.writesLost).toBeGreaterThan(0);
  expect(run.staleReads).toBeGreaterThan(0);
  expect(run.met).toBe(false);
});

test('an app that ends by itself is caught: its loss does not become the prediction', async () => {
  // With this seed one of the two instances has an id in the lower half.
  const { run, details } = await control(join(__dirname, 'apps', 'dying.cjs'), 2);
  expect(run.cartsLost).toBeGreaterThan(0);
  expect(run.expected.cartsLost).toBe(0);
  expect(run.met).toBe(false);
  expect(details.surprises[0]).toMatch(/^process sample\/swedencentral\/\S+ ended by itself$/);
  expect(verdictOf(run, details).reason).toContain(`Surprises: ${details.surprises[0]}; shopper `);
});
