import { isUnknown } from '../../architecture/known';
import { isKeptIn } from '../sessions';
import { compliant, eachOr, finding, type Rule, whenKnown } from './rule';

export const sharedRegionalRedis: Rule = {
  id: 'shared-regional-redis',
  title: 'Do not keep the sessions of several regions in the Redis of one',
  severity: 'warning',
  pillar: 'reliability',
  why: 'The loss of the region with the Redis takes the sessions of all along, so the other region cannot take over.',
  source: 'https://learn.microsoft.com/azure/redis/how-to-active-geo-replication',
  check: ({ regions }) => {
    const caches = [
      ...new Set(regions.flatMap(({ app, redis }) => (redis && isKeptIn(app.sessions, 'redis') ? [redis] : []))),
    ];
    return eachOr(caches, 'no Redis of this document is known to hold sessions', (cache) => {
      const locations = regions.filter(({ redis }) => redis === cache).map(({ location }) => location);
      return whenKnown(cache.address, locations, () =>
        new Set(locations).size < 2
          ? compliant(cache.address)
          : finding(
              cache.address,
              `The apps in ${[...new Set(locations)].filter((one) => !isUnknown(one)).join(' and ')} keep sessions in this one Redis: the loss of its region takes all of them along.`,
              'Give each region a Redis and link the two (`azurerm_managed_redis_geo_replication`), or seal sessions in a cookie.',
            ),
      );
    });
  },
};
