/**
 * Regions with Azure Chaos Studio. An experiment may act on targets of other regions, and there are more regions for targets than
 * for experiments.
 *
 * As listed in November 2026, not read live: check the page before relying on an absence.
 * @see https://learn.microsoft.com/azure/chaos-studio/chaos-studio-region-availability
 */
const experimentRegions: ReadonlySet<string> = new Set([
  'australiaeast',
  'brazilsouth',
  'centralus',
  'eastus',
  'eastus2',
  'japaneast',
  'northcentralus',
  'southeastasia',
  'swedencentral',
  'uksouth',
  'westcentralus',
  'westeurope',
  'westus',
]);

/** Regions that have targets, but no experiments. */
const targetRegions: ReadonlySet<string> = new Set([
  'canadacentral',
  'eastasia',
  'francecentral',
  'germanywestcentral',
  'italynorth',
  'northeurope',
  'southcentralus',
  'uaenorth',
  'westus2',
  'westus3',
]);

/** The first of the regions in which an experiment can be declared; undefined: none. */
export const experimentsIn = (locations: readonly string[]): string | undefined => locations.find(hasExperiments);

/** Whether an experiment can be declared there. */
export const hasExperiments = (location: string): boolean => experimentRegions.has(location);

/** Whether an experiment can act on resources there. */
export const hasTargets = (location: string): boolean => experimentRegions.has(location) || targetRegions.has(location);

/** Every region in which an experiment can be declared, in order. */
export const regionsOfExperiments: readonly string[] = [...experimentRegions];
