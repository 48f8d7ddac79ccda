import { isUnknown, type Known } from '../../../architecture/known';
import type { Priced } from './meter';

/** `P0v3` and `P1mv3` are written so by the API, `P1v3` as `P1 v3`; v4 has no space and no `App`. */
export function planMeter(
  sku: Known<string>,
  os: Known<string>,
  location: Known<string>,
  floor: Known<number>,
  maximum: Known<number>,
): Priced {
  const open = [sku, os, location].find(isUnknown);
  if (open) return open;
  const [, size = '', memory = '', version = ''] = /^P(\d)(m?)v([234])$/i.exec(String(sku)) ?? [];
  if (size === '') return { unknown: `no meter is known for the size ${String(sku)}` };
  const joined = version === '4' || size === '0' || memory !== '';
  const name = joined ? `P${size}${memory}v${version}` : `P${size} v${version}`;
  return {
    what: `${String(sku)} instances, ${String(os)}`,
    row: {
      serviceName: 'Azure App Service',
      productName: `Azure App Service Premium v${version} Plan${os === 'Linux' ? ' - Linux' : ''}`,
      skuName: name,
      meterName: version === '4' ? name : `${name} App`,
      armRegionName: String(location),
    },
    floor,
    maximum,
  };
}
