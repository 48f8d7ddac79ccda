import type { PublicIp } from '../../../architecture/deployment';
import { isUnknown } from '../../../architecture/known';
import { type MeterKey, once, type Priced } from './meter';

/** Resources whose meter needs no more than their type. Each costs by existing. */
export const fixedMeters: Readonly<Record<string, Priced>> = {
  azurerm_private_endpoint: once('private endpoint', privateLinkRow('Private Endpoint')),
  azurerm_private_dns_zone: once('private DNS zone', dnsRow('Private', 'Zone')),
  azurerm_dns_zone: once('DNS zone', dnsRow('Public', 'Zone')),
  azurerm_network_ddos_protection_plan: once('DDoS protection plan', {
    serviceName: 'Azure DDOS Protection',
    productName: 'Azure DDOS Protection',
    skuName: 'Network Protection',
    meterName: 'Network Protection Plan',
    armRegionName: 'Global',
  }),
};

/** The address of a gateway is in the price of the gateway. */
export function publicIpMeter({ skuName, location }: PublicIp): Priced {
  if (isUnknown(skuName)) return skuName;
  if (isUnknown(location)) return location;
  if (skuName !== 'Standard') return { unknown: `no meter is known for a public address of size ${skuName}` };
  return once('public address', {
    serviceName: 'Virtual Network',
    productName: 'IP Addresses',
    skuName: 'Standard',
    meterName: 'Standard IPv4 Static Public IP',
    armRegionName: location,
  });
}

export function privateLinkRow(meter: string): MeterKey {
  return {
    serviceName: 'Virtual Network',
    productName: 'Virtual Network Private Link',
    skuName: 'Standard',
    meterName: `Standard ${meter}`,
    armRegionName: 'Global',
  };
}

export function dnsRow(kind: 'Public' | 'Private', meter: string): MeterKey {
  return {
    serviceName: 'Azure DNS',
    productName: 'Azure DNS',
    skuName: kind,
    meterName: `${kind} ${meter}`,
    armRegionName: 'Zone 1',
  };
}
