import type { Deployment } from '../../architecture/deployment';
import { isUnknown } from '../../architecture/known';
import { alsoBilled } from './alsoBilled';
import { metersOf } from './meters';
import { type Meter, regionOf } from './meters/meter';
import type { CostLine, MonthlyCost, RegionCost, Unpriced } from './monthlyCost';
import type { PriceFile, PriceRow } from './prices';
import { hoursPerMonth, rowsOf } from './tiers';
import { unlinkedOf } from './unlinked';
import { costByUse } from './use/cost';
import { assumedUsage, type Usage } from './use/usage';
import { unpricedText } from './wording';

/**
 * List price per month of everything that costs by existing, at the fewest and at the most instances declared, and of what
 * is billed by use.
 *
 * @param usage what is known of the use; by default what is assumed of it
 */
export function monthlyCost(deployment: Deployment, prices: PriceFile, usage: Usage = assumedUsage): MonthlyCost {
  const { meters, unnamed } = metersOf(deployment);
  const priced = meters.map((meter) => lineOf(meter, prices));
  const lines = priced.filter((one): one is CostLine => 'units' in one);
  const billed = new Set(lines.map(({ resource }) => resource));
  const whole = (resource: string, kind: Unpriced['kind'], reason: string): Unpriced => ({
    ...{ resource, kind, part: null, reason, region: null },
  });
  const unpriced = [
    ...[...unnamed].map(([resource, why]) => whole(resource, 'no meter', why)),
    ...priced.filter((one): one is Unpriced => !('units' in one)),
    ...alsoBilled(deployment).flatMap(({ resource, kind, reason }) =>
      kind === 'no meter' && (unnamed.has(resource) || billed.has(resource)) ? [] : whole(resource, kind, reason),
    ),
  ].sort((a, b) => (unpricedText(a) < unpricedText(b) ? -1 : 1));
  const [atFloor, atMaximum] = [sumOf(lines, 'atFloor'), sumOf(lines, 'atMaximum')];
  const perRegion = regionCosts(lines, unpriced);
  const byUse = costByUse(deployment, usage, prices);
  const daily = (amount: number | null) => (amount === null ? null : cents((amount * 24) / hoursPerMonth));
  const allLines = [...lines, ...byUse.lines];
  return {
    atFloor,
    atMaximum,
    perDay: { atFloor: daily(atFloor), atMaximum: daily(atMaximum) },
    hoursPerMonth,
    currency: prices.currency,
    asOf: prices.asOf,
    oldest: allLines.map(({ seen }) => seen).sort()[0] ?? null,
    secondHand: share(allLines.map(({ confidence }) => confidence !== 'api')),
    unpriced,
    regionsWithoutPrice: perRegion
      .filter(
        ({ region, unpriced: missing }) =>
          missing > 0 && perRegion.some((other) => other.region !== region && other.atFloor !== null),
      )
      .map(({ region }) => region),
    perRegion,
    lines,
    unlinked: unlinkedOf(deployment),
    byUse,
    withUse: atFloor === null ? byUse.perMonth : cents(atFloor + (byUse.perMonth ?? 0)),
  };
}

function lineOf({ resource, what, row: key, floor, maximum }: Meter, { Items }: PriceFile): CostLine | Unpriced {
  const region = regionOf(key);
  const without = (kind: Unpriced['kind'], reason: string): Unpriced => ({
    ...{ resource, kind, part: what, reason, region: kind === 'no price' ? region : null },
  });
  if (isUnknown(floor)) return without('no meter', floor.unknown);
  if (isUnknown(maximum)) return without('no meter', maximum.unknown);
  // Volume tiers and free rows are not what a resource costs by existing.
  const row = rowsOf(Items, key).find(({ tierMinimumUnits, retailPrice }) => tierMinimumUnits === 0 && retailPrice > 0);
  if (!row) return without('no price', `no price of ${key.meterName} in ${key.armRegionName}`);
  const perMonth = monthsOf(row);
  if (perMonth === null) return without('no price', `the price is per ${row.unitOfMeasure}`);
  return {
    ...{ resource, what, region },
    unitPrice: row.retailPrice,
    unit: row.unitOfMeasure,
    units: { floor, maximum },
    atFloor: cents(row.retailPrice * perMonth * floor),
    atMaximum: cents(row.retailPrice * perMonth * maximum),
    seen: row.seen,
    confidence: row.confidence,
    from: row.from ?? null,
    note: row.note ?? null,
  };
}

/** What is in the sums of each region, and how much is not. */
function regionCosts(lines: readonly CostLine[], unpriced: readonly Unpriced[]): RegionCost[] {
  const regions = new Set([...lines, ...unpriced].flatMap(({ region }) => region ?? []));
  return [...regions].sort().map((region) => {
    const here = lines.filter((line) => line.region === region);
    return {
      region,
      atFloor: sumOf(here, 'atFloor'),
      atMaximum: sumOf(here, 'atMaximum'),
      unpriced: unpriced.filter((one) => one.region === region).length,
    };
  });
}

/** null: there is nothing to sum. */
const sumOf = (lines: readonly CostLine[], which: 'atFloor' | 'atMaximum'): number | null =>
  lines.length > 0 ? cents(lines.reduce((total, line) => total + line[which], 0)) : null;

function monthsOf({ unitOfMeasure }: PriceRow): number | null {
  if (/^1(\/| )hour$/i.test(unitOfMeasure)) return hoursPerMonth;
  return /^1(\/| )month$/i.test(unitOfMeasure) ? 1 : null;
}

const cents = (amount: number) => Math.round(amount * 100) / 100;

const share = (yes: readonly boolean[]) => (yes.includes(true) ? (yes.includes(false) ? 'some' : 'all') : 'none');
