import type { ApplicationGateway } from '../../../architecture/entryLayers';
import { isUnknown, type Known, mapKnown } from '../../../architecture/known';
import { type MeterKey, once, type Priced } from './meter';

/** Reserved by each instance that is held ready, and billed whether used or not. */
const unitsPerInstance = 10;

export const reservedUnits = ({ minimumInstances }: ApplicationGateway): Known<number> =>
  mapKnown(minimumInstances, (count) => count * unitsPerInstance);

/** Fixed, and capacity units. @see https://learn.microsoft.com/azure/application-gateway/understanding-pricing */
export function gatewayMeters(gateway: ApplicationGateway): Priced[] {
  const row = gatewayRow(gateway);
  if (isUnknown(row)) return [row];
  const { skuName, maximumInstances } = gateway;
  return [
    once(`${String(skuName)} gateway, its public address included`, row('Standard Fixed Cost')),
    {
      what: 'capacity units',
      row: row('Standard Capacity Units'),
      floor: reservedUnits(gateway),
      maximum: mapKnown(maximumInstances, (count) => count * unitsPerInstance),
    },
  ];
}

/** The row of a gateway's meter. In a network under a DDoS protection plan a WAF_v2 is billed like a Standard_v2. */
export function gatewayRow({
  skuName,
  location,
  underDdosPlan,
}: ApplicationGateway): Known<(meterName: string) => MeterKey> {
  const open = [skuName, location].find(isUnknown);
  if (open) return open;
  if (skuName !== 'WAF_v2' && skuName !== 'Standard_v2')
    return { unknown: `no meter is known for the size ${String(skuName)}` };
  if (skuName === 'WAF_v2' && isUnknown(underDdosPlan)) return underDdosPlan;
  const productName =
    skuName === 'Standard_v2'
      ? 'Application Gateway Standard v2'
      : `Application Gateway WAF v2${underDdosPlan === true ? ' - Discounted' : ''}`;
  return (meterName) => ({
    serviceName: 'Application Gateway',
    productName,
    skuName: 'Standard',
    meterName,
    armRegionName: String(location),
  });
}
