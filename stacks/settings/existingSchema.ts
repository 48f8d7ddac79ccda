import { z } from 'zod';

/** The private DNS zone of each service that is reached privately, by the service's name in settings. */
export const privateZones = {
  webApps: 'privatelink.azurewebsites.net',
  managedRedis: 'privatelink.redis.azure.net',
  keyVault: 'privatelink.vaultcore.azure.net',
  blobs: 'privatelink.blob.core.windows.net',
} as const;

const id = (provider: string, type: string, name = '[^/]+') =>
  new RegExp(
    `^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/${provider.replaceAll('.', '\\.')}/${type}/${name}$`,
    'i',
  );

const zoneId = (zone: string) =>
  z.string().regex(id('Microsoft.Network', 'privateDnsZones', zone.replaceAll('.', '\\.')), {
    error: `the resource id of the private DNS zone ${zone}`,
  });

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
          webApps: zoneId(privateZones.webApps),
          managedRedis: zoneId(privateZones.managedRedis),
          keyVault: zoneId(privateZones.keyVault),
          blobs: zoneId(privateZones.blobs),
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
  logAnalyticsWorkspaceId: z
    .string()
    .regex(id('Microsoft.OperationalInsights', 'workspaces'), {
      error:
        'the resource id of a workspace, /subscriptions/…/providers/Microsoft.OperationalInsights/workspaces/central',
    })
    .optional(),
  /** Action group that alerts notify. Left out: one for each region, with `alertEmail`. */
  actionGroupId: z
    .string()
    .regex(id('Microsoft.Insights', 'actionGroups'), {
      error: 'the resource id of an action group, /subscriptions/…/providers/Microsoft.Insights/actionGroups/oncall',
    })
    .optional(),
});

export type Existing = z.infer<typeof existingSchema>;
