import { z } from 'zod';

/** A name in an id, without what a placeholder has: `<name>`, `{name}`, `$NAME`, `…`. */
const anyName = '[^/\\s<>{}$?#…]+';

/** Where an id begins. Subscriptions are hexadecimal digits and hyphens. */
const inGroup = `^/subscriptions/[0-9a-f-]+/resourceGroups/${anyName}`;

/** A pattern for resource ids of a type, as in `Microsoft.Network/virtualNetworks`, with the names of its parts left open. */
const idPattern = (provider: string, types: string, name = anyName): RegExp =>
  new RegExp(
    `${inGroup}/providers/${provider.replaceAll('.', '\\.')}/${types.replaceAll('/', `/${anyName}/`)}/${name}$`,
    'i',
  );

/** What an id must be, and what is in the way where only its ends are wrong. */
const rule =
  (what: string) =>
  ({ input }: { readonly input?: unknown }): string =>
    typeof input === 'string' && /^\s|\s$|\/$/.test(input) ? `${what}, without a space or slash at its ends` : what;

/**
 * Writes an id in the case of azurerm, which compares the fixed words of an id by case and refuses others. The portal and the
 * Azure CLI print some in lower case: `/resourcegroups/`, `/providers/microsoft.operationalinsights/`, `/dnszones/`.
 */
function inAzurermsCase(id: string, provider: string, types: string): string {
  const { subscriptionId, resourceGroupName } = partsOf(id);
  const names = id.split('/').filter((_, index) => index >= 8 && index % 2 === 0);
  const typed = types.split('/').map((type, index) => `${type}/${names[index]}`);
  return [
    '',
    'subscriptions',
    subscriptionId,
    'resourceGroups',
    resourceGroupName,
    'providers',
    provider,
    ...typed,
  ].join('/');
}

/**
 * The resource id of something that is there already, in any case. What is parsed has the case that azurerm takes.
 *
 * @param what as messages name it: `a virtual network`
 * @param types as in `virtualNetworks/subnets`
 * @param example names of the parts, as in `spoke/subnets/app`
 */
export const resourceId = (what: string, provider: string, types: string, example: string) =>
  z
    .string()
    .regex(idPattern(provider, types), {
      error: rule(
        `the resource id of ${what}, /subscriptions/…/providers/${provider}/${types.split('/')[0]}/${example}`,
      ),
    })
    .transform((id) => inAzurermsCase(id, provider, types));

/** As `resourceId`, of a user-assigned identity. */
export const userAssignedIdentityId = (example: string) =>
  resourceId('a user-assigned identity', 'Microsoft.ManagedIdentity', 'userAssignedIdentities', example);

/** As `resourceId`, of a private DNS zone by its name. */
export const privateZoneId = (zone: string) =>
  z
    .string()
    .regex(idPattern('Microsoft.Network', 'privateDnsZones', zone.replaceAll('.', '\\.')), {
      error: rule(`the resource id of the private DNS zone ${zone}`),
    })
    .transform((id) => inAzurermsCase(id, 'Microsoft.Network', 'privateDnsZones'));

/** As `resourceId`, of a resource group. */
export const resourceGroupId = z
  .string()
  .regex(new RegExp(`${inGroup}$`, 'i'), {
    error: rule('the resource id of a resource group, /subscriptions/…/resourceGroups/rg-shop'),
  })
  .transform((id) => {
    const { subscriptionId, resourceGroupName } = partsOf(id);
    return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroupName}`;
  });

/** What an id says of where a resource is. */
export interface IdParts {
  readonly subscriptionId: string;
  readonly resourceGroupName: string;
  /** Of the resource itself, the last part. */
  readonly name: string;
}

export function partsOf(id: string): IdParts {
  const parts = id.split('/');
  const [, , subscriptionId = '', , resourceGroupName = ''] = parts;
  return { subscriptionId, resourceGroupName, name: parts.at(-1) ?? '' };
}
