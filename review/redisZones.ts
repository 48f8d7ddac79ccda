import type { RedisCache } from '../architecture/deployment';
import { isUnknown, type Known } from '../architecture/known';

/**
 * Managed Redis spreads its nodes by itself. The older kind does so only where the platform allocates zones, for which
 * azurerm has no argument. @see https://learn.microsoft.com/azure/azure-cache-for-redis/cache-high-availability
 */
export function redisInZones({ address, kind, zones }: RedisCache): Known<boolean> {
  if (kind === 'managed') return true;
  if (isUnknown(zones)) return zones;
  if (zones.length > 0) return zones.length > 1;
  return kind === 'enterprise'
    ? false
    : {
        unknown: `${address}.zones is left out: whether Azure spreads it over zones by itself is not in the Terraform`,
      };
}
