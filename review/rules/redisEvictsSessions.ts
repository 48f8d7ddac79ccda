import type { RedisCache } from '../../architecture/deployment';
import { isUnknown, type Known } from '../../architecture/known';
import { isKeptIn } from '../sessions';
import { compliant, finding, notApplicable, type Rule, whenKnown } from './rule';

/** A literal that may be anything else is not printed. */
const known = /^(all-?keys|volatile)-?(lru|lfu|random|ttl)$/i;

export const redisEvictsSessions: Rule = {
  id: 'redis-evicts-sessions',
  title: 'Let a Redis that holds sessions refuse writes rather than drop sessions',
  severity: 'warning',
  pillar: 'reliability',
  why: 'When memory is full every policy but NoEviction, the default included, drops sessions and logs clients out without an error.',
  source: 'https://learn.microsoft.com/azure/redis/best-practices-memory-management',
  check: ({ regions }) => {
    const caches = new Map<RedisCache, Known<boolean>>();
    for (const { app, redis } of regions) {
      const holds = isUnknown(app.sessions) ? app.sessions : isKeptIn(app.sessions, 'redis');
      if (redis && holds !== false && caches.get(redis) !== true) caches.set(redis, holds);
    }
    if (caches.size === 0) return [notApplicable('no Redis that an app names is known to hold sessions')];
    return [...caches].map(([{ address, evictionPolicy }, holds]) =>
      whenKnown(address, [evictionPolicy], (policy) => {
        if (/^no-?eviction$/i.test(policy)) return compliant(address);
        return whenKnown(address, [holds], () =>
          finding(
            address,
            `${known.test(policy) ? `The eviction policy is ${policy}` : 'The eviction policy is not NoEviction'}: when memory is full Redis drops sessions.`,
            'Set `eviction_policy = "NoEviction"` and alert on used memory, or accept the loss in a suppression.',
          ),
        );
      }),
    );
  },
};
