import type { Settings } from '../../../stacks/settings';

/** Resource id of a network that a platform team has made. */
export const spoke = '/subscriptions/1/resourceGroups/rg-network/providers/Microsoft.Network/virtualNetworks/spoke';

export const subnetOf = (name: string, range: string) => ({ id: `${spoke}/subnets/${name}`, range });

export const delegation = 'Microsoft.Web/serverFarms' as const;

export const subnets = {
  appService: { ...subnetOf('app', '10.0.4.0/27'), delegation },
  gateway: subnetOf('gateway', '10.0.4.32/27'),
  privateEndpoints: subnetOf('endpoints', '10.0.4.64/28'),
};

export const network = { virtualNetworkId: spoke, subnets };

/** The first region is in that network. */
export const spokeRegions: Settings['regions'] = [
  { location: 'swedencentral', addressSpace: '10.0.4.0/24' },
  { location: 'northeurope', addressSpace: '10.1.0.0/16' },
];

export const inSpoke = { regions: spokeRegions, existing: { networks: { swedencentral: network } } };
