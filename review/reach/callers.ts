import type { AccessRestriction, Deployment } from '../../architecture/deployment';
import type { ApplicationGateway, FrontDoor } from '../../architecture/entryLayers';
import { isUnknown, type Known, type Unknown } from '../../architecture/known';
import { isEverybody, type Match } from './admission';

/** Addresses from which Front Door connects to origins. @see https://learn.microsoft.com/azure/frontdoor/origin-security */
const frontDoorRanges = /^(147\.243\.0\.0\/16|2a01:111:2050::\/44)$/i;
const privateRange = /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|fd|fc)/i;
const anyIpv6 = /(^|[,\s])::\/0/;

/** Whether a restriction is about what a Front Door sends on for clients. */
export const fromFrontDoor =
  ({ address, open }: FrontDoor): Match =>
  (one) => {
    const source = frontDoorSource(one);
    if (source === false) return false;
    if (one.probesOnly === true) return false;
    const id = hasId(one, address, open);
    if (id === false) return false;
    const doubt = [source, one.probesOnly, id].find(isUnknown);
    return doubt ?? (one.otherHeaders ? headersOf(one) : true);
  };

function frontDoorSource(one: AccessRestriction): Known<boolean> {
  const { serviceTag, addresses, subnet } = one;
  if (isEverybody(one)) return true;
  if (isUnknown(serviceTag)) return serviceTag;
  if (serviceTag !== null) return /^AzureFrontDoor\.Backend$/i.test(serviceTag) || cloudOf(one, serviceTag);
  if (isUnknown(addresses)) return one.addressesOf.length > 0 ? false : addresses;
  if (addresses !== null) return addresses.split(',').some((range) => frontDoorRanges.test(range.trim()));
  return subnet === null;
}

/** An id that is written out may be the profile's own. */
function hasId({ frontDoorId, frontDoors }: AccessRestriction, profile: string, open: Unknown | null): Known<boolean> {
  if (frontDoorId === false) return true;
  if (isUnknown(frontDoors)) return frontDoors;
  if (frontDoors.includes(profile)) return true;
  const written = frontDoors.find((one) => !one.includes('azurerm_'));
  if (written === undefined && !open) return false;
  return (
    open ?? {
      unknown: `whether an access restriction's x_azure_fdid is the id of ${profile} is known only after apply`,
    }
  );
}

/** Whether a restriction is about the requests of a gateway that reach an app's public address. */
export const fromGateway =
  ({ subnets, publicIps, address }: ApplicationGateway, { network }: Deployment): Match =>
  (one) => {
    if (one.frontDoorId === true || one.probesOnly === true) return false;
    const source = (): Known<boolean> => {
      const { serviceTag, addresses, subnet } = one;
      if (isEverybody(one)) return true;
      if (isUnknown(serviceTag)) return serviceTag;
      if (serviceTag !== null) return cloudOf(one, serviceTag);
      if (isUnknown(subnet)) return subnet;
      if (subnet !== null) return isFrom(one, subnet, subnets, network);
      if (one.addressesOf.length > 0) return one.addressesOf.some((ip) => publicIps.includes(ip));
      if (isUnknown(addresses)) return addresses;
      if (addresses === null) return true;
      const ranges = addresses.split(',').map((range) => range.trim());
      if (ranges.every((range) => privateRange.test(range) || anyIpv6.test(range) || frontDoorRanges.test(range)))
        return false;
      return { unknown: `whether ${addresses} holds the public address of ${address} is not in the document` };
    };
    const matches = source();
    const doubt = [one.frontDoorId, one.probesOnly].find(isUnknown);
    return matches === false ? false : (doubt ?? (matches === true && one.otherHeaders ? headersOf(one) : matches));
  };

/** Whether a restriction is about the probes of Traffic Manager. @see https://learn.microsoft.com/azure/virtual-network/service-tags-overview */
export const fromTrafficManager: Match = (one) => {
  const { serviceTag, addresses, subnet, name } = one;
  if (one.frontDoorId === true || one.probesOnly === true) return false;
  if (isEverybody(one)) return true;
  if (isUnknown(serviceTag)) return serviceTag;
  if (serviceTag !== null) return /^AzureTrafficManager$/i.test(serviceTag) || cloudOf(one, serviceTag);
  if (subnet !== null) return false;
  if (isUnknown(addresses)) return addresses;
  if (addresses === null) return true;
  const isPrivate = addresses.split(',').every((range) => privateRange.test(range.trim()));
  return isPrivate
    ? false
    : {
        unknown: `whether the restriction ${name || 'without a name'} holds the addresses of Traffic Manager's probes is not in the document`,
      };
};

/** Whether a restriction may be about clients, and not about a service of Azure's or a subnet. */
export function mayBeClients(one: AccessRestriction): boolean {
  const { serviceTag, addresses, subnet, action } = one;
  if (action === 'Deny') return false;
  if (isUnknown(serviceTag) || isUnknown(addresses) || isEverybody(one)) return true;
  if (serviceTag !== null) return /^AzureCloud/i.test(serviceTag);
  return addresses !== null || subnet === null;
}

/** A rule for a subnet is about it only where a service endpoint carries the traffic. */
function isFrom(
  { name }: AccessRestriction,
  subnet: string,
  subnets: readonly string[],
  network: Deployment['network'],
): Known<boolean> {
  const same = subnets.some((own) => own.toLowerCase() === subnet.toLowerCase());
  const comparable = (id: string) => id.startsWith('/');
  if (!same)
    return subnets.length > 0 && subnets.every((own) => comparable(own) === comparable(subnet))
      ? false
      : {
          unknown: `whether the restriction ${name || 'without a name'} is for the subnet of the gateway is not in the document`,
        };
  if (comparable(subnet)) return true;
  const { webEndpointSubnets } = network;
  if (isUnknown(webEndpointSubnets)) return webEndpointSubnets;
  return network.subnets.includes(subnet) ? webEndpointSubnets.includes(subnet) : true;
}

/** Every layer has an address of Azure's own, but the tag may be that of another region. */
function cloudOf({ name }: AccessRestriction, tag: string): Known<boolean> {
  if (/^AzureCloud$/i.test(tag)) return true;
  return /^AzureCloud\./i.test(tag)
    ? {
        unknown: `whether the restriction ${name || 'without a name'} for ${tag} is about the layer in front is not in the document`,
      }
    : false;
}

const headersOf = ({ name }: AccessRestriction): Unknown => ({
  unknown: `the restriction ${name || 'without a name'} asks for x_forwarded_host or x_forwarded_for, which depends on the request`,
});
