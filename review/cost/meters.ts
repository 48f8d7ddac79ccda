import type { Deployment } from '../../architecture/deployment';
import { isUnknown, type Known } from '../../architecture/known';
import { layersInFront } from '../../architecture/layersInFront';

/** What of a resource is billed by the hour or the month, and which row of the API prices it. */
export interface Meter {
  readonly resource: string;
  readonly what: string;
  readonly row: MeterKey;
  /** Units billed at the same time. */
  readonly floor: Known<number>;
  readonly maximum: Known<number>;
}

/** The fields by which the Retail Prices API tells rows apart. */
export interface MeterKey {
  readonly serviceName: string;
  readonly productName: string;
  readonly skuName: string;
  readonly meterName: string;
  readonly armRegionName: string;
}

export interface Metered {
  readonly meters: readonly Meter[];
  /** Why a resource has no meter that could be named, by its address. */
  readonly unnamed: ReadonlyMap<string, string>;
}

/** Meters of every resource of a deployment that costs by existing. */
export function metersOf(deployment: Deployment): Metered {
  const meters: Meter[] = [];
  const unnamed = new Map<string, string>();
  const add = (resource: string, key: Known<Omit<Meter, 'resource'>>) => {
    if (isUnknown(key)) unnamed.set(resource, key.unknown);
    else meters.push({ resource, ...key });
  };
  const { plans, caches, network, regions } = deployment;
  const { gateways, frontDoors } = layersInFront(deployment);
  const used = new Set(regions.map(({ app }) => app.plan));
  for (const { app } of regions)
    if (app.plan.notRead) unnamed.set(app.address, `its plan: ${app.plan.notRead.unknown}`);
  for (const plan of plans) {
    const { address, skuName, os, location, instances, autoscale } = plan;
    if (!used.has(plan)) unnamed.set(address, 'no app of this Terraform runs on it');
    else
      add(address, planMeter(skuName, os, location, autoscale?.minimum ?? instances, autoscale?.maximum ?? instances));
  }
  for (const { address, skuName, location, minimumInstances, maximumInstances } of gateways)
    for (const meter of gatewayMeters(skuName, location, minimumInstances, maximumInstances)) add(address, meter);
  for (const { address, skuName } of frontDoors) add(address, frontDoorMeter(skuName));
  for (const { address, kind, skuName, location, highAvailability } of caches)
    add(
      address,
      kind === 'managed'
        ? redisMeter(skuName, location, highAvailability)
        : { unknown: 'an older kind of Redis, which retires' },
    );
  for (const { address } of network.privateEndpoints)
    add(
      address,
      once('private endpoint', {
        serviceName: 'Virtual Network',
        productName: 'Virtual Network Private Link',
        skuName: 'Standard',
        meterName: 'Standard Private Endpoint',
        armRegionName: 'Global',
      }),
    );
  for (const { address, type } of deployment.resources)
    if (type === 'azurerm_private_dns_zone')
      add(
        address,
        once('private DNS zone', {
          serviceName: 'Azure DNS',
          productName: 'Azure DNS',
          skuName: 'Private',
          meterName: 'Private Zone',
          armRegionName: 'Zone 1',
        }),
      );
  return { meters, unnamed };
}

type Priced = Known<Omit<Meter, 'resource'>>;

const once = (what: string, row: MeterKey): Priced => ({ what, row, floor: 1, maximum: 1 });

/** `P0v3` and `P1mv3` are written so by the API, `P1v3` as `P1 v3`; v4 has no space and no `App`. */
function planMeter(
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

/** Fixed, and ten capacity units for each instance held ready. @see https://learn.microsoft.com/azure/application-gateway/understanding-pricing */
function gatewayMeters(
  sku: Known<string>,
  location: Known<string>,
  floor: Known<number>,
  maximum: Known<number>,
): Priced[] {
  if (isUnknown(sku)) return [sku];
  if (isUnknown(location)) return [location];
  if (sku !== 'WAF_v2') return [{ unknown: `no meter is known for the size ${sku}` }];
  const row = (meterName: string): MeterKey => ({
    serviceName: 'Application Gateway',
    productName: 'Application Gateway WAF v2',
    skuName: 'Standard',
    meterName,
    armRegionName: location,
  });
  const units = (instances: Known<number>): Known<number> => (isUnknown(instances) ? instances : instances * 10);
  return [
    once('WAF_v2 gateway, its public address included', row('Standard Fixed Cost')),
    { what: 'capacity units', row: row('Standard Capacity Units'), floor: units(floor), maximum: units(maximum) },
  ];
}

function frontDoorMeter(sku: Known<string>): Priced {
  if (isUnknown(sku)) return sku;
  const name = /^(Standard|Premium)_AzureFrontDoor$/.exec(sku)?.[1];
  return name
    ? once(`Front Door ${name}, base fee`, {
        serviceName: 'Azure Front Door Service',
        productName: 'Azure Front Door',
        skuName: name,
        meterName: `${name} Base Fees`,
        armRegionName: 'Zone 1',
      })
    : { unknown: `no meter is known for the size ${sku}` };
}

const families: Readonly<Record<string, string>> = {
  Balanced: 'Balanced',
  MemoryOptimized: 'Memory Optimized',
  ComputeOptimized: 'Compute Optimized',
  FlashOptimized: 'Flash Optimized',
};

/** The API prices a node; high availability has two. */
function redisMeter(sku: Known<string>, location: Known<string>, highAvailability: Known<boolean>): Priced {
  if (isUnknown(sku)) return sku;
  if (isUnknown(location)) return location;
  const [, family = '', size = ''] = /^(\w+)_(\w+)$/.exec(sku) ?? [];
  if (!Object.hasOwn(families, family)) return { unknown: `no meter is known for the size ${sku}` };
  const nodes: Known<number> = isUnknown(highAvailability) ? highAvailability : highAvailability ? 2 : 1;
  return {
    what: `${sku} nodes`,
    row: {
      serviceName: 'Redis Cache',
      productName: `Azure Managed Redis - ${families[family]}`,
      skuName: size,
      meterName: `${size} Cache Instance`,
      armRegionName: location,
    },
    floor: nodes,
    maximum: nodes,
  };
}
