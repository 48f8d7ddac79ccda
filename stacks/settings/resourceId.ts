import { z } from 'zod';

/** A pattern for resource ids of a type, as in `Microsoft.Network/virtualNetworks`, with the names of its parts left open. */
export const idPattern = (provider: string, types: string, name = '[^/]+'): RegExp =>
  new RegExp(
    `^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/${provider.replaceAll('.', '\\.')}/${types.replaceAll('/', '/[^/]+/')}/${name}$`,
    'i',
  );

/**
 * The resource id of something that is there already.
 *
 * @param what as messages name it: `a virtual network`
 * @param types as in `virtualNetworks/subnets`
 * @param example names of the parts, as in `spoke/subnets/app`
 */
export const resourceId = (what: string, provider: string, types: string, example: string) =>
  z.string().regex(idPattern(provider, types), {
    error: `the resource id of ${what}, /subscriptions/…/providers/${provider}/${types.split('/')[0]}/${example}`,
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
