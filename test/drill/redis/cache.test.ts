import { createClient } from 'redis';
import { type Cache, startCache } from '../../../drill/redis/cache';
import { describeWithRedis, redisServerPath } from '../../support/redis';

describeWithRedis('a cache with its replica', () => {
  let cache: Cache;
  afterEach(() => cache.stop());
  const start = async (replica: boolean): Promise<void> => {
    const executable = redisServerPath() ?? '';
    cache = await startCache({ executable, replica, signal: new AbortController().signal });
  };
  /** A fresh connection each, as whatever was open before is cut by a failover. */
  const ask = async (...command: string[]): Promise<unknown> => {
    const client = createClient({ url: cache.url, socket: { reconnectStrategy: false } });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return await client.sendCommand(command);
    } finally {
      client.destroy();
    }
  };

  test('a failover keeps what was replicated and really loses what was not, under the same address', async () => {
    await start(true);
    await ask('SET', 'early', '1');
    await cache.holdReplication();
    await ask('SET', 'late', '1'); // Acknowledged all the same.
    await cache.losePrimary();
    await expect(ask('GET', 'early')).rejects.toThrow();
    await cache.promote();
    expect([await ask('GET', 'early'), await ask('GET', 'late')]).toEqual(['1', null]);
    expect(cache.epoch()).toBe(0);
  });

  test('after the repair there is a replica again, so a second failover keeps what came since', async () => {
    await start(true);
    await cache.losePrimary();
    await cache.promote();
    await cache.repair();
    await ask('SET', 'since', '1');
    await cache.holdReplication();
    await cache.losePrimary();
    await cache.promote();
    expect(await ask('GET', 'since')).toBe('1');
  });

  test('without a replica a failover leads to an empty server', async () => {
    await start(false);
    await ask('SET', 'a', '1');
    await cache.losePrimary();
    await cache.promote();
    expect(await ask('GET', 'a')).toBeNull();
    expect(cache.epoch()).toBe(1);
  });

  test('out of reach it answers nobody and keeps its data', async () => {
    await start(true);
    await ask('SET', 'a', '1');
    cache.outOfReach(true);
    await expect(ask('GET', 'a')).rejects.toThrow();
    cache.outOfReach(false);
    expect(await ask('GET', 'a')).toBe('1');
  });
});
