import { compliant, eachOr, finding, type Rule, whenKnown } from './rule';

/** @see https://azure.github.io/PSRule.Rules.Azure/en/rules/Azure.Redis.LocalAuth/ */
const toUnlink =
  ' In a geo-replication group this takes an outage: unlink the members, turn the keys off at each, and link them again, which discards what the joining member holds.';

export const redisAccessKeys: Rule = {
  id: 'redis-access-keys',
  title: 'Give apps access to Redis by identity, and turn its keys off',
  severity: 'warning',
  pillar: 'security',
  why: 'A key is a password that ends up in settings and state files; an identity needs none.',
  source: 'https://learn.microsoft.com/azure/redis/entra-for-authentication',
  check: ({ caches }) =>
    eachOr(caches, 'there is no Redis', ({ address, accessKeys, kind, geoGroup, linked }) =>
      whenKnown(address, [accessKeys], (keys) =>
        keys
          ? finding(
              address,
              'Access keys are accepted.',
              kind === 'managed'
                ? `Set \`default_database.access_keys_authentication_enabled = false\` and assign an access policy to the identity of the app.${
                    linked === true || typeof geoGroup === 'string' ? toUnlink : ''
                  }`
                : 'Turn on Microsoft Entra authentication, set `access_keys_authentication_enabled = false`, or move to Azure Managed Redis.',
            )
          : compliant(address),
      ),
    ),
};
