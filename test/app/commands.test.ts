import { createClient } from 'redis';
import { describeWithRedis, startRedis } from '../support/redis';
import { openShop } from './shop';
import { newShopper } from './shopper';

describeWithRedis('Redis commands', () => {
  test('at most one on average per page that reads the session, none for the others', async () => {
    const redis = await startRedis();
    const shop = await openShop({ SESSION_STORE: 'redis', REDIS_URL: redis.url });
    const admin = await createClient({ url: redis.url }).connect();
    /** How many commands the shop sends while `work` goes on, by name. */
    const commandsOf = async (work: () => Promise<unknown>): Promise<Record<string, number>> => {
      await admin.configResetStat();
      await work();
      const info = await admin.info('commandstats');
      const calls = [...info.matchAll(/^cmdstat_([^:]+):calls=(\d+)/gm)].map(([, name = '', count]) => [
        name,
        Number(count),
      ]);
      return Object.fromEntries(calls.filter(([name]) => !/^(config|info)/.test(String(name))));
    };
    const shopper = newShopper();
    await shopper.post(shop, { productId: 'anchor', quantity: 1 });

    const needNone = ['/', '/products/anchor', '/api/products', '/healthz'];
    const visit = (who: typeof shopper, paths: readonly string[]) => async () => {
      for (const path of paths) expect((await who.get(shop, path)).status).toBeLessThan(400);
    };
    expect(await commandsOf(visit(shopper, needNone))).toEqual({});

    // A visit: looking around, the cart now and then, the checkout page; some never put anything in.
    const reads = ['/cart', '/api/cart', '/cart', '/checkout', '/receipt', '/cart', '/api/cart', '/checkout'];
    const mix = ['/', '/cart', '/products/tripod', ...reads, '/products/anchor'];
    expect(await commandsOf(visit(shopper, mix))).toEqual({ hgetall: 1 + reads.length });
    expect(await commandsOf(visit(newShopper(), ['/', '/cart', '/checkout', '/api/cart']))).toEqual({});

    // A write is one script; what it runs inside Redis counts as commands too, and is no round trip.
    const inside = { hgetall: 1, hincrby: 1 };
    const add = () => shopper.post(shop, { productId: 'anchor', quantity: 1 });
    expect(await commandsOf(add)).toEqual({ evalsha: 1, ...inside });
    const change = () => shopper.json(shop, 'PATCH', '/api/cart/items/anchor', { quantity: 2 });
    await change(); // Redis has the script from then on.
    expect(await commandsOf(change)).toEqual({ evalsha: 1, ...inside });
    // Refused, it changes nothing.
    for (let time = 0; time < 10; time++) await shopper.post(shop, { productId: 'anchor', quantity: 99 });
    const refused = () => shopper.post(shop, { productId: 'anchor', quantity: 99 });
    expect(await commandsOf(refused)).toEqual({ evalsha: 1, hgetall: 1 });

    admin.destroy();
    await shop.close();
    await redis.stop();
  });
});
