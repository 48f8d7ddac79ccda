import type { Fault } from './fault';
import { withoutRedis } from './parts';

/** How long, in Azure's seconds. The figure is ours: no page of Microsoft says how long an outage lasts. */
const outageSeconds = 60;

/**
 * The Redis of one region cannot be reached for a minute, and keeps its data: a network or DNS fault, or maintenance.
 * Front Door does not leave a region for that, and no client fails over to another cache by itself.
 *
 * On the wire: connections to Redis are cut, then refused.
 */
export const redisOutage: Fault<'redis-outage'> = {
  id: 'redis-outage',
  description: `Redis of one region is out of reach for ${outageSeconds} s and keeps its data`,
  takes: { processes: 'none', redis: 'access', region: false },
  source: 'https://learn.microsoft.com/azure/redis/how-to-active-geo-replication',
  sparesApi: true,
  inapplicable: withoutRedis,
  async start({ fleet, clock, region }) {
    const cache = fleet.caches?.in(region.name);
    cache?.outOfReach(true);
    return {
      destroyed: new Set(),
      undo: async () => {
        await clock.wait(outageSeconds);
        cache?.outOfReach(false);
        clock.note('Redis can be reached again', outageSeconds);
      },
    };
  },
};
