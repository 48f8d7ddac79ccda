import type { Known } from '../../../architecture/known';

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

/** A meter of a resource that is named elsewhere, or why no meter of it can be named. */
export type Priced = Known<Omit<Meter, 'resource'>>;

/** One unit, whatever the load. */
export const once = (what: string, row: MeterKey): Priced => ({ what, row, floor: 1, maximum: 1 });

/** What the API gives as the region of a price that is the same in all of them. */
const everywhere = /^(Global|Zone \d)$/;

/** Region that a price is of; null: it is the same everywhere. */
export const regionOf = ({ armRegionName }: MeterKey): string | null =>
  everywhere.test(armRegionName) ? null : armRegionName;
