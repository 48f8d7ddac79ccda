import { compliant, eachOr, finding, type Rule, whenKnown } from './rule';

export const redisHighAvailability: Rule = {
  id: 'redis-high-availability',
  title: 'Keep a replica of the Redis that holds sessions',
  severity: 'error',
  pillar: 'reliability',
  why: 'Without high availability there is no replication and no SLA: patching alone loses every session.',
  source: 'https://learn.microsoft.com/azure/reliability/reliability-managed-redis',
  check: ({ caches }) =>
    eachOr(caches, 'there is no Redis', ({ address, highAvailability, kind }) =>
      whenKnown(address, [highAvailability], (available) =>
        available
          ? compliant(address)
          : finding(
              address,
              'One node holds the sessions: its patching or failure loses all of them.',
              kind === 'cache'
                ? 'Choose Standard or Premium, or better Azure Managed Redis.'
                : 'Leave `high_availability_enabled` at true; it cannot be turned off again later, nor on without a new cache in azurerm.',
            ),
      ),
    ),
};
