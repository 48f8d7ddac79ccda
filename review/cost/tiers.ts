import type { MeterKey } from './meters/meter';
import type { PriceRow } from './prices';

const indexes = new WeakMap<readonly PriceRow[], ReadonlyMap<string, readonly PriceRow[]>>();

/** Rows of a price file by the name of their meter, made once per file: a review asks hundreds of times. */
function byMeter(items: readonly PriceRow[]): ReadonlyMap<string, readonly PriceRow[]> {
  const known = indexes.get(items);
  if (known) return known;
  const made = new Map<string, PriceRow[]>();
  for (const row of items) made.set(row.meterName, [...(made.get(row.meterName) ?? []), row]);
  indexes.set(items, made);
  return made;
}

/** All that the API has of a meter, the lowest volume first; a row of a reservation is not one of them. */
export const rowsOf = (items: readonly PriceRow[], key: MeterKey): PriceRow[] =>
  (byMeter(items).get(key.meterName) ?? [])
    .filter(
      (row) => row.type === 'Consumption' && (Object.keys(key) as (keyof MeterKey)[]).every((f) => row[f] === key[f]),
    )
    .sort((a, b) => a.tierMinimumUnits - b.tierMinimumUnits);

/**
 * What a quantity costs a month, each part of it at the price of its tier. The first gigabytes of a meter may be free.
 *
 * @param quantity as the resource counts it, such as requests; hourly meters count units that run all month
 * @returns null: no price covers it, or its unit is not known
 */
export function tieredPrice(rows: readonly PriceRow[], quantity: number): number | null {
  const [first] = rows;
  if (first?.tierMinimumUnits !== 0 || rows.every(({ retailPrice }) => retailPrice === 0)) return null;
  const size = unitSize(first.unitOfMeasure);
  if (size === null || rows.some(({ unitOfMeasure }) => unitOfMeasure !== first.unitOfMeasure)) return null;
  const units = quantity / size;
  return rows.reduce((sum, { tierMinimumUnits, retailPrice }, index) => {
    const end = rows[index + 1]?.tierMinimumUnits ?? Number.POSITIVE_INFINITY;
    return sum + Math.max(0, Math.min(units, end) - tierMinimumUnits) * retailPrice;
  }, 0);
}

/** Azure's own month. */
export const hoursPerMonth = 730;

const magnitudes: Readonly<Record<string, number>> = { K: 1000, M: 1_000_000 };

/** How many of what is counted one unit of a price is: 10000 of `10K`, 1 of `1 GB`; an hour is a month's part. */
function unitSize(unit: string): number | null {
  if (/^1(\/| )hour$/i.test(unit)) return 1 / hoursPerMonth;
  const [, count, magnitude = ''] = /^(\d+) ?([KM]?)(?: ?GB|\/Month)?$/i.exec(unit) ?? [];
  return count === undefined ? null : Number(count) * (magnitudes[magnitude.toUpperCase()] ?? 1);
}
