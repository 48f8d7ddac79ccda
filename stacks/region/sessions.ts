import { ManagedRedis } from '@cdktf/provider-azurerm/lib/managed-redis';
import { ManagedRedisGeoReplication } from '@cdktf/provider-azurerm/lib/managed-redis-geo-replication';
import type { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { ManagedRedisAccessPolicyAssignment } from '../bindings/managedRedisAccessPolicyAssignment';
import { alert } from '../monitoring/alerts';
import { diagnose } from '../monitoring/diagnostics';
import type { WatchedPlace } from '../monitoring/place';
import type { Network } from './network/network';
import { PrivateAccess } from './network/privateAccess';

export interface SessionsProps {
  readonly place: WatchedPlace;
  readonly network: Network;
  /** Whether the cache is created as a geo-replication group of one, which `GeoReplication` then links with others. */
  readonly geoReplicated: boolean;
}

/** Port of Azure Managed Redis, TLS only. @see https://learn.microsoft.com/azure/redis/architecture */
export const redisPort = 10000;

/**
 * The sessions of a region in Azure Managed Redis: highly available (zone redundant where the region has zones), accessed
 * with Microsoft Entra tokens only, over a private endpoint only.
 */
export class Sessions extends Construct {
  readonly redis: ManagedRedis;
  private readonly access: PrivateAccess;
  private readonly waitFor: ITerraformDependable[];
  private readonly healthChecksRedis: boolean;

  constructor(scope: Construct, id: string, { place, network, geoReplicated }: SessionsProps) {
    super(scope, id);
    this.healthChecksRedis = place.settings.healthChecksRedis ?? false;
    const { name, location, resourceGroupName, settings, workspaceId, tags } = place;
    this.redis = new ManagedRedis(this, 'resource', {
      name: name('managedRedis', location),
      location,
      resourceGroupName,
      skuName: settings.redisSku,
      highAvailabilityEnabled: true,
      // azurerm's default is Enabled, and a private endpoint alone no longer closes it.
      publicNetworkAccess: 'Disabled',
      defaultDatabase: {
        clientProtocol: 'Encrypted',
        accessKeysAuthenticationEnabled: false,
        // One endpoint: node-redis with the OSS policy gets stuck on MOVED (redis/node-redis#3256). Another policy later
        // recreates the database.
        clusteringPolicy: 'EnterpriseCluster',
        // Every session carries an expiry, so under pressure the longest unused one goes and no write fails.
        evictionPolicy: 'VolatileLRU',
        ...(geoReplicated && { geoReplicationGroupName: 'sessions' }),
      },
      tags,
    });
    this.access = new PrivateAccess(this, 'private_endpoint', {
      place,
      network,
      service: 'managedRedis',
      resourceId: this.redis.id,
    });
    this.waitFor = [this.access.endpoint];
    diagnose(this, 'metrics', 'Microsoft.Cache/redisEnterprise', this.redis.id, workspaceId);
    diagnose(
      this,
      'logs',
      'Microsoft.Cache/redisEnterprise/databases',
      `${this.redis.id}/databases/default`,
      workspaceId,
      this.recreatedBy,
    );
    alert(this, 'Microsoft.Cache/redisEnterprise', this.redis.id, place);
    if (geoReplicated) alert(this, 'geo-replicated Redis', this.redis.id, place);
  }

  /**
   * What makes azurerm delete the database and create it again while the cache stays. What was given to the old database is
   * gone with it then, and only a second plan would see that: until its apply the app has no access. So what is given to the
   * database is replaced in the same apply.
   *
   * @see https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/managed_redis
   */
  get recreatedBy(): readonly string[] {
    const database = `${this.redis.terraformResourceType}.${this.redis.friendlyUniqueId}.default_database[0]`;
    return [`${database}.clustering_policy`, `${database}.geo_replication_group_name`];
  }

  /** App settings of the app that keeps its sessions here. */
  appSettings(): Record<string, string> {
    return {
      REDIS_URL: `rediss://${this.redis.hostname}:${redisPort}`,
      // Written out, so that the choice can be read and compared.
      HEALTH_CHECKS_REDIS: this.healthChecksRedis ? 'on' : 'off',
    };
  }

  /** Makes what depends on these sessions also wait for `dependable`. */
  after(dependable: ITerraformDependable): void {
    this.waitFor.push(dependable);
  }

  /**
   * Grants an identity access, once the cache is reachable and linked: linking discards what a cache held.
   *
   * @param who whose identity it is, as a part of the address: `app`
   */
  admit(who: string, identity: UserAssignedIdentity): void {
    this.after(
      new ManagedRedisAccessPolicyAssignment(this, `${who}_access`, {
        managedRedisId: this.redis.id,
        objectId: identity.principalId,
        dependsOn: [...this.waitFor],
        lifecycle: { replaceTriggeredBy: [...this.recreatedBy] },
      }),
    );
  }

  /** What must be there before an app can use its sessions. */
  get ready(): readonly ITerraformDependable[] {
    return this.waitFor;
  }
}

export interface GeoReplicationProps {
  /** At least two, each created with the same group name. */
  readonly members: readonly Sessions[];
}

/**
 * Active geo-replication of all members as one group, declared once: the resource is reciprocal.
 *
 * @see https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/managed_redis_geo_replication
 */
export class GeoReplication extends Construct {
  constructor(scope: Construct, id: string, { members }: GeoReplicationProps) {
    super(scope, id);
    const [first, ...others] = members.map((member) => member.redis);
    if (!first || others.length === 0) throw new Error('geo-replication needs at least two members');
    const link = new ManagedRedisGeoReplication(this, 'resource', {
      managedRedisId: first.id,
      linkedManagedRedisIds: others.map((redis) => redis.id),
      // Linking is known to take longer than the provider's 30 minutes (hashicorp/terraform-provider-azurerm#31353).
      timeouts: { create: '90m', update: '90m', delete: '90m' },
      dependsOn: members.flatMap((member) => [...member.ready]),
      lifecycle: { replaceTriggeredBy: members.flatMap((member) => [...member.recreatedBy]) },
    });
    for (const member of members) member.after(link);
  }
}
