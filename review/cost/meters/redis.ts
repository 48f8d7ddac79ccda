import type { RedisCache } from '../../../architecture/deployment';
import { isUnknown, type Known } from '../../../architecture/known';
import type { Priced } from './meter';

const families: Readonly<Record<string, string>> = {
  Balanced: 'Balanced',
  MemoryOptimized: 'Memory Optimized',
  ComputeOptimized: 'Compute Optimized',
  FlashOptimized: 'Flash Optimized',
};

/** The API prices a node; high availability has two. */
export function redisMeter({ kind, skuName: sku, location, highAvailability }: RedisCache): Priced {
  if (kind !== 'managed') return { unknown: 'an older kind of Redis, which retires' };
  if (isUnknown(sku)) return sku;
  if (isUnknown(location)) return location;
  const [, family = '', size = ''] = /^(\w+)_(\w+)$/.exec(sku) ?? [];
  if (!Object.hasOwn(families, family)) return { unknown: `no meter is known for the size ${sku}` };
  const nodes: Known<number> = isUnknown(highAvailability) ? highAvailability : highAvailability ? 2 : 1;
  return {
    what: `${sku} nodes`,
    row: {
      serviceName: 'Redis Cache',
      productName: `Azure Managed Redis - ${families[family]}`,
      skuName: size,
      meterName: `${size} Cache Instance`,
      armRegionName: location,
    },
    floor: nodes,
    maximum: nodes,
  };
}
