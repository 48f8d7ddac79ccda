import type { Deployment } from '../../../architecture/deployment';
import { isUnknown } from '../../../architecture/known';
import { regionOf } from '../meters/meter';
import type { PriceFile } from '../prices';
import { rowsOf, tieredPrice } from '../tiers';
import { endpointUse, resourceUse } from './behind';
import { type UseMeter, useContext } from './context';
import type { CostByUse, UnpricedUse, UseLine } from './costByUse';
import { appUse, frontDoorUse, gatewayUse } from './entry';
import type { Usage } from './usage';

/** Everything of a deployment that is billed by use and of which it is known by what. */
export function useMetersOf(deployment: Deployment, usage: Usage): UseMeter[] {
  const context = useContext(deployment, usage);
  return [
    ...deployment.frontDoors.filter(({ open }) => !open).flatMap((one) => frontDoorUse(one, context)),
    ...deployment.gateways.flatMap((one) => gatewayUse(one, context)),
    ...appUse(context),
    ...deployment.network.privateEndpoints.flatMap((one) => endpointUse(one, context)),
    ...deployment.resources.flatMap((one) => resourceUse(one, context)),
  ];
}

/** What use costs a month, on top of what costs by existing. */
export function costByUse(deployment: Deployment, usage: Usage, prices: PriceFile): CostByUse {
  // Of nothing no price is needed.
  const meters = useMetersOf(deployment, usage).filter(({ quantity }) => quantity !== 0);
  const priced = meters.map((meter) => lineOf(meter, prices));
  const lines = priced.filter((one): one is UseLine => 'perMonth' in one);
  return {
    traffic: usage.traffic,
    stated: usage.stated,
    perMonth: lines.length > 0 ? cents(lines.reduce((sum, { perMonth }) => sum + perMonth, 0)) : null,
    lines,
    unpriced: priced.filter((one): one is UnpricedUse => !('perMonth' in one)),
  };
}

function lineOf(
  { resource, what, key, row, quantity, unit, basis }: UseMeter,
  { Items }: PriceFile,
): UseLine | UnpricedUse {
  const without = (reason: string): UnpricedUse => ({
    ...{ resource, what, usage: key, kind: 'unknown', reason, region: null },
  });
  if (isUnknown(quantity)) return without(quantity.unknown);
  if (isUnknown(row)) return without(row.unknown);
  const rows = rowsOf(Items, row);
  const [first] = rows;
  const perMonth = tieredPrice(rows, quantity);
  if (!first || perMonth === null)
    return {
      ...without(`no price of ${row.meterName} in ${row.armRegionName}`),
      kind: 'no price',
      region: regionOf(row),
    };
  const { seen, confidence, from, note } = first;
  return {
    ...{ resource, what, usage: key, unit, basis, seen, confidence },
    quantity: Math.round(quantity * 1000) / 1000,
    perMonth: cents(perMonth),
    from: from ?? null,
    note: note ?? null,
  };
}

const cents = (amount: number) => Math.round(amount * 100) / 100;
