/** What a deployment costs a month, and what of it has no price. */

import type { PriceRow } from './prices';

export interface CostLine {
  readonly resource: string;
  readonly what: string;
  readonly unitPrice: number;
  readonly unit: string;
  readonly units: { readonly floor: number; readonly maximum: number };
  readonly atFloor: number;
  readonly atMaximum: number;
  /** Day on which the price was read. */
  readonly seen: string;
  readonly confidence: PriceRow['confidence'];
  /** Where it was read; null: in the API. */
  readonly from: string | null;
  readonly note: string | null;
}

/** Something that costs and has no price here. */
export interface Unpriced {
  /** Terraform address. */
  readonly resource: string;
  /**
   * `by use`: what it costs depends on use. `no price`: the price file has no row of it. `no meter`: which row that
   * would be is not known here, or not shown by the Terraform.
   */
  readonly kind: 'by use' | 'no price' | 'no meter';
  /** The part of the resource, as in `capacity units`; null: the resource as a whole. */
  readonly part: string | null;
  /** Of what is billed by use, what is counted, as in `logs by the gigabyte`. */
  readonly reason: string;
  /** Region whose price is missing; null: the price is the same everywhere, or it is not known which is missing. */
  readonly region: string | null;
}

export interface MonthlyCost {
  /** Sum of what has a price; null: nothing has one. */
  readonly atFloor: number | null;
  readonly atMaximum: number | null;
  readonly perDay: { readonly atFloor: number | null; readonly atMaximum: number | null };
  readonly currency: string;
  /** Day of the newest price of the file. */
  readonly asOf: string;
  /** Day of the oldest price in the sums; null: there is none. */
  readonly oldest: string | null;
  /** How much of the sums rests on prices that were not read in the API. */
  readonly secondHand: 'none' | 'some' | 'all';
  /** Everything that costs and has no price here, so that it is in no sum. */
  readonly unpriced: readonly Unpriced[];
  /** Regions of which something has no price, while another region's prices are in the sums. */
  readonly regionsWithoutPrice: readonly string[];
  readonly lines: readonly CostLine[];
}
