import type { Deployment } from '../../architecture/deployment';
import { compliant, eachOr, finding, notApplicable, type Rule } from './rule';

export const redisRefused: Rule = {
  id: 'redis-refused',
  title: 'Do not create a kind of Redis that Azure no longer creates',
  severity: 'error',
  pillar: 'reliability',
  why: 'Azure refuses new caches of the Enterprise tiers since 1 April 2026: the apply fails.',
  source: 'https://learn.microsoft.com/azure/azure-cache-for-redis/retirement-faq',
  check: (deployment) =>
    eachOr(deployment.caches, 'there is no Redis', ({ address, kind }) => {
      if (kind !== 'enterprise') return compliant(address);
      return mayExist(address, deployment)
        ? notApplicable(`${address} exists already, which redis-retiring is about`)
        : finding(
            address,
            'It is of the Enterprise tiers, of which Azure creates no new cache since 1 April 2026: an apply that has to create it fails.',
            'Use `azurerm_managed_redis`. If the cache exists already, say so in a suppression until it is migrated.',
          );
    }),
};

/** A plan says what it creates; a state, which shows neither that nor what the author wrote, holds what exists. */
function mayExist(address: string, { planned, regions }: Deployment): boolean {
  if (planned === null) return regions.every(({ app }) => app.affinityStated === null);
  return !planned.get(address)?.actions.includes('create');
}
