/** Checks of the checker: what the drill must catch, broken on purpose. */

import { type DetailedRun, type DrillOptions, drillOne } from '../../../drill/drill';
import type { Effect } from '../../../drill/redis/replicator';
import { verdictOf } from '../../../drill/report/verdict';
import { architecture, type Choices } from '../../support/drill/architectures';
import { shop, testApp } from '../../support/drill/shop';
import { together } from '../../support/drill/together';
import { describeWithRedis } from '../../support/redis';

jest.setTimeout(300_000);

/** The front end forgets affinity in drills with this seed. */
const forgetful = 5;
jest.mock('../../../drill/frontends/appService', () => {
  const real = jest.requireActual<typeof import('../../../drill/frontends/appService')>(
    '../../../drill/frontends/appService',
  );
  return {
    ...real,
    startAppService: (options: Parameters<typeof real.startAppService>[0]) =>
      real.startAppService({ ...options, affinity: options.affinity && options.seed !== forgetful }),
  };
});

/** The replicator drops every fourth add. */
jest.mock('../../../drill/redis/replicator', () => {
  const real = jest.requireActual<typeof import('../../../drill/redis/replicator')>('../../../drill/redis/replicator');
  let seen = 0;
  return {
    ...real,
    createReplicator: (options: Parameters<typeof real.createReplicator>[0]) => {
      const replicator = real.createReplicator(options);
      const kept = ({ command: [name] }: Effect) => name !== 'hincrby' || seen++ % 4 !== 0;
      return { ...replicator, see: (effects: readonly Effect[]) => replicator.see(effects.filter(kept)) };
    },
  };
});

async function drilled(
  options: Omit<DrillOptions, 'faults' | 'shoppers'>,
  choices: Choices = {},
  fault: DrillOptions['faults'][number] = 'none',
): Promise<DetailedRun> {
  const outcome = await drillOne(architecture(choices), fault, { ...options, shoppers: 12 });
  if (!('run' in outcome)) throw new Error(outcome.notApplicable);
  return outcome;
}

const broken = {
  affinity: async () => drilled({ seed: forgetful, ...(await shop()) }),
  'keeping adds': () => drilled({ seed: 6, appFile: testApp('forgetful.cjs') }),
  // With this seed one of the two instances has an id in the lower half.
  staying: () => drilled({ seed: 2, appFile: testApp('dying.cjs') }),
  replication: async () => {
    const geo: Choices = { entry: 'front-door', regions: ['north', 'south'], appService: 'off', sessions: 'redis-geo' };
    return drilled({ seed: 6, timeScale: 300, ...(await shop()) }, { ...geo, instances: 1 }, 'region-loss');
  },
};
const without = together(broken);

test('a front end that forgets affinity is caught: carts are lost that the facts promise to keep', async () => {
  const { run } = await without('affinity');
  expect(run.expected.cartsLost).toBe(0);
  expect(run.cartsLost).toBeGreaterThan(0);
  expect(run.met).toBe(false);
});

describeWithRedis('geo-replication', () => {
  test('a replicator that drops writes is caught: adds are gone that the facts promise to keep', async () => {
    const { run, details } = await without('replication');
    expect(run.writesLost + run.cartsLost).toBeGreaterThan(details.writesForeseenLost);
    expect(run.met).toBe(false);
    expect(details.surprises[0]).toMatch(/^shopper \d+: (lost the cart|\d acknowledged adds? (is|are) gone)$/);
  });
});

test('an app that forgets to save is caught: the ledger misses adds that it acknowledged', async () => {
  const { run } = await without('keeping adds');
  expect(run.writesLost).toBeGreaterThan(0);
  expect(run.staleReads).toBeGreaterThan(0);
  expect(run.met).toBe(false);
});

test('an app that ends by itself is caught: its loss does not become the prediction', async () => {
  const { run, details } = await without('staying');
  expect(run.cartsLost).toBeGreaterThan(0);
  expect(run.expected.cartsLost).toBe(0);
  expect(run.met).toBe(false);
  expect(details.surprises[0]).toMatch(/^process sample\/swedencentral\/\S+ ended by itself$/);
  expect(verdictOf(run, details).reason).toContain(`Surprises: ${details.surprises[0]}; shopper `);
});
