/**
 * Regions in which Front Door can place its end of a Private Link connection, which need not be the origin's own.
 *
 * As of September 2025. @see https://learn.microsoft.com/azure/frontdoor/private-link
 */
const regions: ReadonlySet<string> = new Set([
  'brazilsouth',
  'canadacentral',
  'centralus',
  'eastus',
  'eastus2',
  'southcentralus',
  'westus2',
  'westus3',
  'francecentral',
  'germanywestcentral',
  'northeurope',
  'norwayeast',
  'uksouth',
  'westeurope',
  'swedencentral',
  'southafricanorth',
  'australiaeast',
  'centralindia',
  'japaneast',
  'koreacentral',
  'eastasia',
  'southeastasia',
]);

/** Region of Front Door's end of the connection: the one in the settings, or the region itself. Undefined: Front Door does not offer Private Link there. */
export const privateLinkLocation = (region: {
  location: string;
  privateLinkLocation?: string | undefined;
}): string | undefined => {
  const location = region.privateLinkLocation ?? region.location;
  return regions.has(location) ? location : undefined;
};
