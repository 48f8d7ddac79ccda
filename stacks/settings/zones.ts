import { similar } from './similar';

/**
 * Azure regions with availability zones, for the one question whether a zone-redundant variant can be put there.
 *
 * Kept here alone. A region that gained zones since can be said to have them by `hasAvailabilityZones: true` in
 * settings.ts; whether a plan's scale unit has them is known only to Azure (`maximumNumberOfZones` of the plan).
 *
 * As listed in November 2026, not read live: check the page before relying on an absence.
 * @see https://learn.microsoft.com/azure/reliability/regions-list
 */
const regionsWithZones: ReadonlySet<string> = new Set([
  'australiaeast',
  'austriaeast',
  'belgiumcentral',
  'brazilsouth',
  'canadacentral',
  'centralindia',
  'centralus',
  'chilecentral',
  'eastasia',
  'eastus',
  'eastus2',
  'francecentral',
  'germanywestcentral',
  'indonesiacentral',
  'israelcentral',
  'italynorth',
  'japaneast',
  'japanwest',
  'koreacentral',
  'malaysiawest',
  'mexicocentral',
  'newzealandnorth',
  'northeurope',
  'norwayeast',
  'polandcentral',
  'qatarcentral',
  'southafricanorth',
  'southcentralus',
  'southeastasia',
  'spaincentral',
  'swedencentral',
  'switzerlandnorth',
  'uaenorth',
  'uksouth',
  'westeurope',
  'westus2',
  'westus3',
]);

/** Regions of the public cloud without availability zones, so that a name in neither list is known for a typo or for new. */
const regionsWithoutZones: ReadonlySet<string> = new Set([
  'australiacentral',
  'australiacentral2',
  'australiasoutheast',
  'brazilsoutheast',
  'canadaeast',
  'francesouth',
  'germanynorth',
  'jioindiacentral',
  'jioindiawest',
  'koreasouth',
  'northcentralus',
  'norwaywest',
  'southafricawest',
  'southindia',
  'switzerlandwest',
  'uaecentral',
  'ukwest',
  'westcentralus',
  'westindia',
  'westus',
]);

export const isKnownRegion = (location: string): boolean =>
  regionsWithZones.has(location) || regionsWithoutZones.has(location);

/** The region that is meant where at most two letters are wrong, missing or too many; undefined: none is that close. */
export const similarRegion = (location: string): string | undefined =>
  similar(location, [...regionsWithZones, ...regionsWithoutZones]);

export const hasAvailabilityZones = (region: {
  location: string;
  hasAvailabilityZones?: boolean | undefined;
}): boolean => region.hasAvailabilityZones ?? regionsWithZones.has(region.location);
