import { compliant, eachOr, finding, notApplicable, type Rule, whenKnown } from './rule';

export const redisClusteringPolicy: Rule = {
  id: 'redis-clustering-policy',
  title: 'State the clustering policy of a Redis, as the client library needs it',
  severity: 'warning',
  pillar: 'reliability',
  why: 'With OSSCluster, the default, a client that does not know clusters gets MOVED in place of answers; a change needs a new database.',
  source: 'https://learn.microsoft.com/azure/redis/architecture',
  check: ({ caches }) =>
    eachOr(caches, 'there is no Redis', ({ address, clusteringPolicy, statesClusteringPolicy }) => {
      if (clusteringPolicy === null) return notApplicable(`${address} is of a kind without a clustering policy`);
      return whenKnown(address, [clusteringPolicy], (policy) =>
        statesClusteringPolicy !== false || policy !== 'OSSCluster'
          ? compliant(address)
          : finding(
              address,
              '`clustering_policy` is left out, which makes it OSSCluster: a client that does not know clusters gets MOVED.',
              'Write `clustering_policy = "OSSCluster"` for a client that knows clusters, `"EnterpriseCluster"` for one that does not.',
            ),
      );
    }),
};
