/** azurerm's default latency window lets Front Door spread one shopper over both regions. */

import { drillOne } from '../../../drill/drill';
import type { FaultName } from '../../../drill/faults';
import { architecture } from '../../support/drill/architectures';
import { shop } from '../../support/drill/shop';
import { describeWithRedis } from '../../support/redis';

jest.setTimeout(300_000);

const spread = architecture({
  ...{ entry: 'front-door', regions: ['north', 'south'], latencyWindowMs: 50 },
  ...{ appService: 'off', sessions: 'redis-geo', instances: 1 },
});

describeWithRedis('geo-replicated Redis, shoppers spread over regions', () => {
  test.each<FaultName>(['redis-failover', 'region-loss'])(
    '%s: only what the struck region acknowledged inside the lag is gone',
    async (fault) => {
      const outcome = await drillOne(spread, fault, { seed: 1, shoppers: 18, timeScale: 300, ...(await shop()) });
      if (!('run' in outcome)) throw new Error(outcome.notApplicable);
      expect(outcome.details.surprises).toEqual([]);
      expect(outcome.run).toMatchObject({ met: true, cartsLost: 0, writesLost: outcome.details.writesForeseenLost });
    },
  );
});

describe('regions with different session secrets', () => {
  const sealed = (latencyWindowMs: number) =>
    architecture({
      ...{ entry: 'front-door', regions: ['north', 'south'], secrets: ['one', 'other'], latencyWindowMs },
      ...{ appService: 'off', sessions: 'cookie', instances: 1, priorities: latencyWindowMs === 0 ? [1, 2] : [1, 1] },
    });

  test.each([
    ['region-loss', 0, 18],
    ['none', 0, 0],
  ] as const)('%s, regions used one at a time: %#', async (fault, latencyWindowMs, cartsLost) => {
    const outcome = await drillOne(sealed(latencyWindowMs), fault, {
      ...{ seed: 1, shoppers: 18, timeScale: 300, ...(await shop()) },
    });
    if (!('run' in outcome)) throw new Error(outcome.notApplicable);
    expect(outcome.run).toMatchObject({ cartsLost, met: true });
  });

  test('a shopper whom Front Door moves loses a cart without any fault', async () => {
    const outcome = await drillOne(sealed(1000), 'none', { seed: 1, shoppers: 18, timeScale: 300, ...(await shop()) });
    if (!('run' in outcome)) throw new Error(outcome.notApplicable);
    expect(outcome.run.cartsLost).toBeGreaterThan(0);
    expect(outcome.run.met).toBe(true);
    expect(outcome.run.expected.source).toContain('different session secrets');
  });
});
