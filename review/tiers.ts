/** What the tiers of App Service plans have. @see https://learn.microsoft.com/azure/app-service/overview-hosting-plans */

/** @see https://learn.microsoft.com/azure/reliability/reliability-app-service */
export const canBeZoneRedundant = (sku: string): boolean => /^(P\d+m?v[2-9]|I\d+m?v2|EP\d+|WS\d+)$/i.test(sku);

export const hasSlotsAndAutoscale = (sku: string): boolean => !/^(F1|D1|B\d|FREE|SHARED)$/i.test(sku);

/** Azure regions without availability zones. @see https://learn.microsoft.com/azure/reliability/regions-list */
const withoutZones = [
  ...['westus', 'northcentralus', 'westcentralus', 'canadaeast', 'ukwest', 'australiasoutheast', 'australiacentral'],
  ...['australiacentral2', 'southindia', 'westindia', 'koreasouth', 'germanynorth', 'norwaywest', 'switzerlandwest'],
  ...['francesouth', 'southafricawest', 'brazilsoutheast', 'uaecentral', 'jioindiacentral', 'jioindiawest'],
];

export const hasZones = (location: string): boolean => !withoutZones.includes(location);
