/** Failures that take nothing away: who meets them, who is spared, and that no cart is lost. */

import { rehearsals } from '../../support/drill/rehearse';
import { describeWithRedis } from '../../support/redis';

jest.setTimeout(300_000);

const fromVault = { SESSION_SECRET: '@Microsoft.KeyVault(SecretUri=https://vault.example/secrets/s)' };

describe('sessions in process or in a sealed cookie', () => {
  const played = rehearsals({
    slow: { fault: 'instance-slow' },
    errors: { fault: 'instance-errors' },
    secret: { choices: { sessions: 'cookie', appSettings: fromVault }, fault: 'secret-away', timeScale: 100 },
    stale: { choices: { sessions: 'cookie', appService: 'off', instances: 1 }, fault: 'dns-stale' },
    hot: { choices: { instances: 3 }, fault: 'hot-instance' },
    'hot without affinity': { choices: { instances: 3, sessions: 'cookie', appService: 'off' }, fault: 'hot-instance' },
  });

  test('an instance that is slow hits those who are bound to it, nobody else, and is never taken out', async () => {
    const { run } = await played('slow');
    // Half of 12 are bound to one of two instances, and each asked it.
    expect(run).toMatchObject({ cartsLost: 0, requestsFailed: 0, apiRequestsFailed: 0, platformSeconds: 0, met: true });
    expect(run.hit).toMatchObject({ shoppers: 6, expected: { least: 6, most: 6 } });
    expect(run.latency?.during.shoppers?.p99).toBeGreaterThanOrEqual(5000);
    expect(run.latency?.before.shoppers?.p99).toBeLessThan(5000);
  });

  test('an instance that answers a fifth with 500 hits some of those who are bound to it, and loses nothing', async () => {
    const { run } = await played('errors');
    expect(run).toMatchObject({ cartsLost: 0, writesLost: 0, met: true, hit: { expected: { least: 1, most: 6 } } });
    expect(run.hit?.shoppers).toBeGreaterThan(0);
    expect(run.requestsFailed).toBeGreaterThan(0);
  });

  test('a restart while Key Vault is away: 503 from that instance until health check takes it out, and no cart is lost', async () => {
    const { run } = await played('secret');
    expect(run).toMatchObject({ cartsLost: 0, met: true });
    expect(run.requestsFailed).toBeGreaterThan(0);
    // Two failed pings, the first within a minute of the moment when the new process took its place.
    expect(run.platformSeconds).toBeGreaterThanOrEqual(60);
  });

  test('who keeps the old address is not served until the record is over; everybody else is', async () => {
    const { run } = await played('stale');
    expect(run).toMatchObject({ cartsLost: 0, outageSeconds: null, met: true });
    expect(run.hit).toMatchObject({ shoppers: 4, expected: { least: 4, most: 4 } }); // A third of 12.
  });

  test('with affinity the old crowd stays at the one instance; without it, it is spread', async () => {
    const [bound, spread] = await Promise.all([played('hot'), played('hot without affinity')]);
    expect(bound.run).toMatchObject({ cartsLost: 0, loadSkew: 3, met: true });
    expect(spread.run).toMatchObject({ cartsLost: 0, met: true });
    expect(spread.run.loadSkew).toBeLessThan(1.5);
  });
});

describeWithRedis('sessions in Redis', () => {
  const played = rehearsals({
    'packet loss': { choices: { sessions: 'redis', instances: 1 }, fault: 'packet-loss' },
    'a part of a zone': { choices: { sessions: 'redis', zoneBalanced: true }, fault: 'zone-partial' },
    herd: { choices: { sessions: 'redis', zoneBalanced: true }, fault: 'herd' },
  });

  test('a way to Redis that loses packets and goes silent costs requests and no cart, and the stateless API nothing', async () => {
    const { run } = await played('packet loss');
    expect(run).toMatchObject({ cartsLost: 0, writesLost: 0, staleReads: 0, apiRequestsFailed: 0, met: true });
    expect(run.hit?.shoppers).toBeGreaterThan(0);
  });

  test('instances that do not reach Redis fail those who are bound to them, nobody else, and no cart is lost', async () => {
    const { run } = await played('a part of a zone');
    expect(run).toMatchObject({ cartsLost: 0, apiRequestsFailed: 0, met: true, hit: { expected: { most: 6 } } });
    expect(run.hit?.shoppers).toBeGreaterThan(0);
    expect(run.hit?.shoppers).toBeLessThanOrEqual(6);
  });

  test('after a failover all shoppers come back at once, and everybody is answered', async () => {
    const { run } = await played('herd');
    expect(run).toMatchObject({ cartsLost: 0, met: true, hit: { shoppers: 0, expected: { least: 0, most: 0 } } });
  });
});
