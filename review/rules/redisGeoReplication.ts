import { compliant, eachOr, finding, notApplicable, type Rule, whenKnown } from './rule';

export const redisGeoReplication: Rule = {
  id: 'redis-geo-replication',
  title: 'Give a geo-replicated Redis a size and settings that allow it',
  severity: 'error',
  pillar: 'reliability',
  why: 'Balanced_B0, B1 and Flash cannot be linked, nor can a cache that persists or has no replica, nor members of different sizes.',
  source: 'https://learn.microsoft.com/azure/redis/how-to-active-geo-replication',
  check: ({ caches }) =>
    eachOr(caches, 'there is no Redis', ({ address, kind, skuName, highAvailability, persistent, geoGroup, linked }) =>
      whenKnown(address, [geoGroup, linked], (group, isLinked) => {
        if (kind !== 'managed' || (group === null && !isLinked))
          return notApplicable(`${address} is in no geo-replication group`);
        return whenKnown(address, [skuName, highAvailability, persistent], (sku, available, persists) => {
          if (/^(Balanced_B[01]|FlashOptimized_.*)$/.test(sku))
            return finding(address, `${sku} cannot be geo-replicated.`, 'Choose Balanced_B3 or larger.');
          if (group === null)
            return finding(
              address,
              'It is linked without `geo_replication_group_name`: a member must be created with one, so linking fails.',
              'Set the same `default_database.geo_replication_group_name` at every member; a cache that exists is replaced.',
            );
          if (!available)
            return finding(
              address,
              'A member without high availability cannot be linked.',
              'Set `high_availability_enabled = true`.',
            );
          if (persists)
            return finding(
              address,
              'Persistence and geo-replication exclude each other.',
              'Remove the backup frequencies; the other region is the copy.',
            );
          const others = caches.filter(
            (cache) => cache.kind === 'managed' && (group === null ? cache.linked === true : cache.geoGroup === group),
          );
          return whenKnown(
            address,
            others.map((cache) => cache.skuName),
            () => {
              const differing = others.find((cache) => cache.skuName !== sku);
              return differing
                ? finding(
                    address,
                    `${differing.address} of the same group has another size: ${String(differing.skuName)} beside ${sku}.`,
                    'Give all members the same `sku_name`.',
                  )
                : compliant(address);
            },
          );
        });
      }),
    ),
};
