import { compliant, eachOr, finding, type Rule } from './rule';

export const redisRetiring: Rule = {
  id: 'redis-retiring',
  title: 'Use Azure Managed Redis instead of a kind that is being retired',
  severity: 'warning',
  pillar: 'reliability',
  why: 'Azure Cache for Redis is switched off after 30 September 2028, its Enterprise tiers after 31 March 2027.',
  source: 'https://learn.microsoft.com/azure/azure-cache-for-redis/retirement-faq',
  check: ({ caches }) =>
    eachOr(caches, 'there is no Redis', ({ address, kind }) =>
      kind === 'managed'
        ? compliant(address)
        : finding(
            address,
            kind === 'cache'
              ? 'Azure Cache for Redis retires on 30 September 2028; instances are disabled the day after. Only tenants that already had one can create another.'
              : 'Azure Cache for Redis Enterprise retires on 31 March 2027; instances are disabled the day after. New ones are refused since 1 April 2026.',
            'Move to `azurerm_managed_redis`: other host suffix, port 10000, Entra instead of keys. Sessions may start empty.',
          ),
    ),
};
