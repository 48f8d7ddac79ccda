import { z } from 'zod';
import { addressRange, smallestSubnet } from '../addressSpace';
import { resourceId } from './resourceId';

/** A region as `regions` names it. */
const location = z.string().regex(/^[a-z]+[0-9]?$/, { error: 'the location of a region in `regions`' });

const networkId = resourceId('a virtual network', 'Microsoft.Network', 'virtualNetworks', 'spoke');
const subnetId = resourceId('a subnet', 'Microsoft.Network', 'virtualNetworks/subnets', 'spoke/subnets/app');

const range = z.string().refine((text) => typeof addressRange(text, smallestSubnet) !== 'string', {
  error: `an RFC 1918 range between /8 and /${smallestSubnet} that starts on its own boundary, for instance 10.0.1.0/26`,
});

const address = z.string().refine((text) => typeof addressRange(`${text}/32`, 32) !== 'string', {
  error: 'a private IPv4 address, for instance 10.100.0.4',
});

const subnet = z.strictObject({ id: subnetId, range });

/** The service to which App Service's subnet must be delegated. */
export const appServiceDelegation = 'Microsoft.Web/serverFarms';

/** A network that is there in a region. Its filters, routes and peerings are its owner's. */
const network = z.strictObject({
  virtualNetworkId: networkId,
  subnets: z.strictObject({
    /** Where App Service puts its workers. It holds nothing else. */
    appService: z.strictObject({
      id: subnetId,
      range,
      /** To what the subnet is delegated, which must be App Service. */
      delegation: z.literal(appServiceDelegation, {
        error: `'${appServiceDelegation}', to which the subnet is delegated`,
      }),
    }),
    /** Where private endpoints are made. */
    privateEndpoints: subnet,
    /** Of Application Gateway alone; a variant with another entry does not use it. */
    gateway: subnet.optional(),
  }),
});

/** A hub that the blueprint's own network of a region is connected to: a virtual network, or a hub of Virtual WAN. */
const hub = z.strictObject({
  /** A hub that is a virtual network: the two are peered. */
  virtualNetworkId: networkId.optional(),
  /** A hub of Virtual WAN: the network is connected to it, by a provider for the hub's subscription. */
  virtualHubId: resourceId('a hub of Virtual WAN', 'Microsoft.Network', 'virtualHubs', 'hub').optional(),
  /** With `virtualHubId`: whether the network takes the hub's default route, which leads outbound traffic to its firewall. Left out: it does not. */
  internetSecurity: z.boolean().optional(),
  /** `'both'` or left out: both directions of the peering are declared, the hub's by a provider for its subscription. `'spoke'`: ours alone. */
  peering: z.enum(['both', 'spoke'], { error: "'both' or 'spoke'" }).optional(),
  /** Whether the network uses the hub's VPN or ExpressRoute gateway. Left out: it does not. */
  useRemoteGateways: z.boolean().optional(),
  /** Private address of the hub's firewall, through which all outbound traffic of apps and agents then goes. Left out: no route table. */
  firewallAddress: address.optional(),
  /** Servers that resolve names for the network, as a hub's resolver. Left out: Azure's. */
  dnsServers: z
    .array(address)
    .min(1, { error: 'at least one address' })
    .max(5, { error: 'at most 5 addresses' })
    .refine((addresses) => new Set(addresses).size === addresses.length, {
      error: 'a list that names each address once',
    })
    .optional(),
});

/** By location. */
export const networksSchema = z.record(location, network);

/** By location. */
export const hubsSchema = z.record(location, hub);

export type ExistingNetwork = z.infer<typeof network>;
export type Hub = z.infer<typeof hub>;
