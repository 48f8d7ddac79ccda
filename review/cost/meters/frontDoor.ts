import { isUnknown, type Known, mapKnown } from '../../../architecture/known';
import { type MeterKey, once, type Priced } from './meter';

export function frontDoorMeter(sku: Known<string>): Priced {
  const tier = frontDoorTier(sku);
  return isUnknown(tier) ? tier : once(`Front Door ${tier}, base fee`, frontDoorRow(tier, 'Base Fees'));
}

/** `Standard` or `Premium`. */
export const frontDoorTier = (sku: Known<string>): Known<string> =>
  mapKnown(
    sku,
    (name) =>
      /^(Standard|Premium)_AzureFrontDoor$/.exec(name)?.[1] ?? { unknown: `no meter is known for the size ${name}` },
  );

/** Zone 1 is North America and Europe; the base fee is the same in all. */
export const frontDoorRow = (tier: string, meter: string): MeterKey => ({
  serviceName: 'Azure Front Door Service',
  productName: 'Azure Front Door',
  skuName: tier,
  meterName: `${tier} ${meter}`,
  armRegionName: 'Zone 1',
});
