import { z } from 'zod';
import { hubsSchema, networksSchema } from './networkSchema';
import { privateZoneId, resourceGroupId, resourceId } from './resourceId';

/** The private DNS zone of each service that is reached privately, by the service's name in settings. */
export const privateZones = {
  webApps: 'privatelink.azurewebsites.net',
  managedRedis: 'privatelink.redis.azure.net',
  keyVault: 'privatelink.vaultcore.azure.net',
  blobs: 'privatelink.blob.core.windows.net',
} as const;

/** What a platform team has already, in place of what the blueprint would make. */
export const existingSchema = z.strictObject({
  /**
   * Private DNS zones. `'policy'`: none is made, and no private endpoint names one: Azure Policy adds the zone group, and a later
   * plan leaves it alone. An object: the ids of zones that are linked to what resolves names for the network. Left out: one for
   * each service and region is made.
   */
  privateDnsZones: z
    .union(
      [
        z.literal('policy'),
        z.strictObject({
          webApps: privateZoneId(privateZones.webApps),
          managedRedis: privateZoneId(privateZones.managedRedis),
          keyVault: privateZoneId(privateZones.keyVault),
          blobs: privateZoneId(privateZones.blobs),
        }),
      ],
      {
        error: `'policy' or the resource ids of four private DNS zones: ${Object.entries(privateZones)
          .map(([service, zone]) => `${service} (${zone})`)
          .join(', ')}`,
      },
    )
    .optional(),
  /** Log Analytics workspace that all logs go to. Its retention and its daily cap are then its owner's. Left out: one for each region. */
  logAnalyticsWorkspaceId: resourceId(
    'a workspace',
    'Microsoft.OperationalInsights',
    'workspaces',
    'central',
  ).optional(),
  /** Action group that alerts notify. Left out: one for each region, with `alertEmail`. */
  actionGroupId: resourceId('an action group', 'Microsoft.Insights', 'actionGroups', 'oncall').optional(),
  /**
   * Virtual network and subnets of a region, by its location. No network, filter or route is made there then, and the output
   * `required_security_rules` says what its filters must let pass. A region that is left out gets a network of its own.
   */
  networks: networksSchema.optional(),
  /** The hub that a region's own network is connected to, by the region's location. Left out: none. */
  hubs: hubsSchema.optional(),
  /**
   * Resource groups by the location of their region, and `global` for what Front Door needs. Roles are given on the whole group,
   * so nothing else belongs in it. One that is left out is made.
   */
  resourceGroups: z
    .record(
      z.string().regex(/^[a-z]+[0-9]?$/, { error: "the location of a region in `regions`, or 'global'" }),
      resourceGroupId,
    )
    .optional(),
});

export type Existing = z.infer<typeof existingSchema>;
