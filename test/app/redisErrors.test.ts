import { connect, createServer, type Server } from 'node:net';
import { createClient } from 'redis';
import { describeWithRedis, freePort, type RedisServer, startRedis } from '../support/redis';
import { until } from '../support/until';
import { openShop, quantities, type Shop } from './shop';
import { newShopper } from './shopper';

const add = (shop: Shop, shopper: ReturnType<typeof newShopper>) =>
  shopper.post(shop, { productId: 'anchor', quantity: 1 });
const health = async (shop: Shop) => {
  const response = await fetch(`${shop.url}/healthz`);
  return { code: response.status, ...((await response.json()) as { status: string; reasons: string[] }) };
};
const admin = async (redis: RedisServer, ...words: string[]) => {
  const client = await createClient({ url: redis.url }).connect();
  const reply = await client.sendCommand(words);
  client.destroy();
  return reply;
};

const clustered = (busPort: number) =>
  startRedis({ args: ['--cluster-enabled', 'yes', '--cluster-port', String(busPort)] });

/** A name that leads to one place or another. `port` null: connections are taken, and nothing is ever said. */
async function name(first: number | null) {
  let target = first;
  let connections = 0;
  const server: Server = createServer((client) => {
    connections++;
    client.on('error', () => {});
    if (target === null) return;
    const onward = connect(target, '127.0.0.1');
    onward.on('error', () => client.destroy());
    onward.on('close', () => client.destroy());
    client.on('close', () => onward.destroy());
    client.pipe(onward).pipe(client);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  return {
    url: `redis://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    leadTo: (port: number) => {
      target = port;
    },
    connections: () => connections,
    close: () => server.close(),
  };
}

describeWithRedis('an error that Redis answers with', () => {
  test('READONLY after a failover in which connections stay open: the shop moves to the primary and says so', async () => {
    const [old, next] = await Promise.all([startRedis(), startRedis()]);
    await admin(next, 'REPLICAOF', '127.0.0.1', String(old.port));
    await until('the replica is in step', async () =>
      String(await admin(next, 'INFO', 'replication')).includes('master_link_status:up'),
    );
    const alias = await name(old.port);
    const shop = await openShop({ SESSION_STORE: 'redis', REDIS_URL: alias.url });
    const shopper = newShopper();
    expect((await add(shop, shopper)).status).toBe(200);
    await until('the replica has the cart', async () => Number(await admin(next, 'DBSIZE')) === 1);

    await admin(next, 'REPLICAOF', 'NO', 'ONE');
    alias.leadTo(next.port);
    await admin(old, 'REPLICAOF', '127.0.0.1', String(next.port));
    expect((await add(shop, shopper)).status).toBe(503);
    expect(await health(shop)).toMatchObject({
      code: 200,
      status: 'degraded',
      reasons: [expect.stringContaining('READONLY: this connection leads to a replica')],
    });
    await until('an add is answered 200', async () => (await add(shop, shopper)).status === 200);
    expect(quantities(await shopper.cart(shop)).anchor).toBe(2);
    expect(shop.reports).toEqual([
      expect.stringMatching(/^Redis at 127\.0\.0\.1:\d+ answered READONLY: .*connects again/),
    ]);
    await until('health is ready again', async () => (await health(shop)).status === 'ready');
    await shop.close();
    alias.close();
  });

  test('OOM: writes answer 503 and reads go on; named once, with the fix', async () => {
    const redis = await startRedis({ args: ['--maxmemory-policy', 'noeviction'] });
    const shop = await openShop({ SESSION_STORE: 'redis', REDIS_URL: redis.url });
    const shopper = newShopper();
    await add(shop, shopper);
    await admin(redis, 'CONFIG', 'SET', 'maxmemory', '1');
    for (let time = 0; time < 3; time++) expect((await add(shop, shopper)).status).toBe(503);
    expect(quantities(await shopper.cart(shop))).toEqual({ anchor: 1 });
    expect(await health(shop)).toMatchObject({
      code: 200,
      status: 'degraded',
      reasons: [expect.stringMatching(/^Redis answers OOM: its memory is full .*VolatileLRU/)],
    });
    expect(shop.reports).toEqual([expect.stringMatching(/answered OOM: its memory is full .*larger size/)]);
    await shop.close();
  });

  test('NOPERM: named with the fix', async () => {
    const redis = await startRedis();
    await admin(redis, 'ACL', 'SETUSER', 'reader', 'on', '>hush', '~*', '+@all', '-evalsha', '-hgetall');
    const shop = await openShop({
      SESSION_STORE: 'redis',
      REDIS_URL: redis.url.replace('redis://', 'redis://reader:hush@'),
    });
    expect((await add(shop, newShopper())).status).toBe(503);
    expect(shop.reports).toEqual([
      expect.stringMatching(/answered NOPERM: the user may not run this command\. Assign/),
    ]);
    expect((await health(shop)).reasons).toEqual([expect.stringMatching(/^Redis answers NOPERM: /)]);
    await shop.close();
  });

  test('MOVED by a cluster that asks for a client of its own: named with the policy to choose', async () => {
    const bus = await freePort();
    const [one, other] = [await clustered(await freePort()), await clustered(bus)];
    await admin(one, 'CLUSTER', 'ADDSLOTSRANGE', '0', '8191');
    await admin(other, 'CLUSTER', 'ADDSLOTSRANGE', '8192', '16383');
    await admin(one, 'CLUSTER', 'MEET', '127.0.0.1', String(other.port), String(bus));
    await until('the cluster is up', async () =>
      String(await admin(one, 'CLUSTER', 'INFO')).includes('cluster_state:ok'),
    );
    const shop = await openShop({ SESSION_STORE: 'redis', REDIS_URL: one.url });
    const statuses = new Set<number>();
    await until('some carts are here and some elsewhere', async () => {
      statuses.add((await add(shop, newShopper())).status);
      return statuses.size > 1;
    });
    expect([...statuses].sort()).toEqual([200, 503]);
    expect(shop.reports).toEqual([expect.stringMatching(/answered MOVED: .*OSSCluster.*EnterpriseCluster/)]);
    expect((await health(shop)).reasons).toEqual([expect.stringMatching(/^Redis answers MOVED: /)]);
    await shop.close();
  });

  test('a password that Redis does not know: away, with what to check and without the password', async () => {
    const redis = await startRedis();
    await admin(redis, 'CONFIG', 'SET', 'requirepass', 'right');
    const shop = await openShop({
      SESSION_STORE: 'redis',
      REDIS_URL: redis.url.replace('redis://', 'redis://:hush@'),
    });
    expect((await add(shop, newShopper())).status).toBe(503);
    expect(shop.reports).toEqual([
      expect.stringMatching(/is away \(WRONGPASS: it does not know the user or the password\. Check REDIS_URL/),
    ]);
    expect(shop.reports.join()).not.toContain('hush');
    await shop.close();
  });
});

describeWithRedis('a Redis that accepts connections and says nothing', () => {
  test('does not keep the shop from opening; each attempt ends by itself, and carts are back when it speaks', async () => {
    const redis = await startRedis();
    const silent = await name(null);
    const shop = await openShop({ SESSION_STORE: 'redis', REDIS_URL: silent.url });
    expect((await add(shop, newShopper())).status).toBe(503);
    expect((await health(shop)).reasons).toEqual(['Redis is away: carts answer 503.']);
    // The connection of the first attempt will never speak. Others follow it, so one meets Redis soon after it is there.
    await until('a third attempt', () => silent.connections() >= 3);
    silent.leadTo(redis.port);
    await until('an add is answered 200', async () => (await add(shop, newShopper())).status === 200);
    expect(shop.reports).toEqual([
      expect.stringMatching(/is away \(no answer to the sign-in\)/),
      expect.stringMatching(/is back\.$/),
    ]);
    await shop.close();
    silent.close();
  });
});

describeWithRedis('HEALTH_CHECKS_REDIS', () => {
  test.each([
    ['on', 503],
    ['off', 200],
  ])('%s: /healthz answers %s while Redis is away, and 200 with it', async (setting, code) => {
    const redis = await startRedis();
    const shop = await openShop({ SESSION_STORE: 'redis', REDIS_URL: redis.url, HEALTH_CHECKS_REDIS: setting });
    expect(await health(shop)).toMatchObject({ code: 200, status: 'ready', reasons: [] });
    await redis.stop();
    await until('it has noticed', async () => (await health(shop)).status === 'degraded');
    expect(await health(shop)).toMatchObject({ code, reasons: ['Redis is away: carts answer 503.'] });
    await startRedis({ port: redis.port });
    await until('it is back', async () => (await health(shop)).status === 'ready');
    expect((await health(shop)).code).toBe(200);
    await shop.close();
  });
});
