import type { Fault } from './fault';
import { promote, withoutRedis } from './parts';

/**
 * The Redis primary of one region dies; after 10 to 15 s its replica takes over. What was acknowledged and not yet
 * replicated is lost with it. (A planned failover takes under a second, and Microsoft calls a loss of data unlikely.)
 *
 * On the wire: connections to Redis are cut, then refused until the promotion.
 */
export const redisFailover: Fault<'redis-failover'> = {
  id: 'redis-failover',
  description: 'the Redis primary dies and its replica takes over, without the writes that had not reached it',
  takes: { processes: 'none', redis: 'primary', region: false },
  timers: ['promotion'],
  source: 'https://learn.microsoft.com/azure/redis/failover',
  sparesApi: true,
  inapplicable: withoutRedis,
  writesInsideLag: () => true,
  async start(stage) {
    await stage.fleet.caches?.in(stage.region.name).losePrimary();
    return { destroyed: new Set(), undo: () => promote(stage) };
  },
};
