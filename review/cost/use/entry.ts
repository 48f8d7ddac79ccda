import type { ApplicationGateway, FrontDoor } from '../../../architecture/entryLayers';
import { isUnknown, type Known, mapKnown } from '../../../architecture/known';
import { gatewayRow, reservedUnits } from '../meters/applicationGateway';
import { frontDoorRow, frontDoorTier } from '../meters/frontDoor';
import type { MeterKey } from '../meters/meter';
import { notLinked, type UseContext, type UseMeter } from './context';
import { secondsPerMonth } from './traffic';

/** Requests, and data in both directions. What origins in Azure send to Front Door is free. */
export function frontDoorUse(
  { address, skuName }: FrontDoor,
  { usage: { traffic }, frontDoors, gigabytesOf, meter }: UseContext,
): UseMeter[] {
  const tier = frontDoorTier(skuName);
  const row = (name: string) => mapKnown(tier, (one) => frontDoorRow(one, name));
  const share = 1 / Math.max(frontDoors.size, 1);
  const carried = (amount: number): Known<number> => (frontDoors.has(address) ? amount : notLinked(address));
  const data = { resource: address, unit: 'GB' } as const;
  return [
    meter({
      resource: address,
      what: 'requests',
      key: 'monthly_requests',
      unit: 'requests',
      row: row('Requests'),
      quantity: carried(traffic.monthlyRequests * share),
    }),
    meter({
      ...data,
      what: 'data to clients',
      key: 'monthly_outbound_data_transfer_gb',
      row: row('Data Transfer Out'),
      quantity: carried(gigabytesOf(share, traffic.responseKb)),
    }),
    meter({
      ...data,
      what: 'data to origins',
      key: 'monthly_inbound_data_transfer_gb',
      row: row('Data Transfer In'),
      quantity: carried(gigabytesOf(share, traffic.requestKb)),
    }),
  ];
}

/** @see https://learn.microsoft.com/azure/application-gateway/understanding-pricing */
const megabitsPerUnit = 2.22;
/** Requests a second that a capacity unit of a WAF_v2 takes, about: of the same page. */
const requestsPerUnit = 10;

/** Capacity units beyond those that are reserved, at an even load; and what it sends to clients, unless Front Door does. */
export function gatewayUse(gateway: ApplicationGateway, context: UseContext): UseMeter[] {
  const { gateways, frontDoors, shareOf, meter } = context;
  const { address, apps, location } = gateway;
  const share: Known<number> = gateways.has(address) ? shareOf(apps) : notLinked(address);
  const units = meter({
    resource: address,
    what: 'capacity units beyond those reserved',
    key: 'capacity_units',
    unit: 'capacity units',
    row: mapKnown(gatewayRow(gateway), (row) => row('Standard Capacity Units')),
    quantity: mapKnown(share, (part) => unitsNeeded(gateway, part, context)),
  });
  return [
    { ...units, quantity: beyondReserved(units.quantity, gateway) },
    ...(frontDoors.size > 0 ? [] : [toClients(address, location, share, context)]),
  ];
}

function unitsNeeded({ skuName }: ApplicationGateway, share: number, { usage, gigabytesOf }: UseContext): number {
  const { monthlyRequests, requestKb, responseKb } = usage.traffic;
  const megabits = (gigabytesOf(share, requestKb + responseKb) * 8000) / secondsPerMonth;
  const perSecond = (monthlyRequests * share) / secondsPerMonth;
  return Math.max(megabits / megabitsPerUnit, skuName === 'WAF_v2' ? perSecond / requestsPerUnit : 0);
}

const beyondReserved = (needed: Known<number>, gateway: ApplicationGateway): Known<number> =>
  isUnknown(needed) ? needed : mapKnown(reservedUnits(gateway), (reserved) => Math.max(0, needed - reserved));

/** What apps send to clients themselves, where nothing is known to be in front of them. */
export function appUse(context: UseContext): UseMeter[] {
  const { deployment, gateways, frontDoors, shareOf } = context;
  if (frontDoors.size > 0 || gateways.size > 0) return [];
  return deployment.regions.map(({ app: { address }, location }) =>
    toClients(
      address,
      location,
      mapKnown(deployment.entry, () => shareOf([address])),
      context,
    ),
  );
}

const toClients = (
  resource: string,
  location: Known<string>,
  share: Known<number>,
  { usage, gigabytesOf, meter }: UseContext,
): UseMeter =>
  meter({
    resource,
    what: 'data to clients',
    key: 'monthly_outbound_data_transfer_gb',
    unit: 'GB',
    row: mapKnown(location, bandwidthRow),
    quantity: mapKnown(share, (part) => gigabytesOf(part, usage.traffic.responseKb)),
  });

/** From a region to clients, over Microsoft's network, which is the default. */
const bandwidthRow = (location: string): MeterKey => ({
  serviceName: 'Bandwidth',
  productName: 'Rtn Preference: MGN',
  skuName: 'Standard',
  meterName: 'Standard Data Transfer Out',
  armRegionName: location,
});
