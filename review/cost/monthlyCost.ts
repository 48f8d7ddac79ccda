/** What a deployment costs a month, and what of it has no price. */

import type { PriceRow } from './prices';
import type { CostByUse } from './use/costByUse';

export interface CostLine {
  readonly resource: string;
  readonly what: string;
  /** Region whose price it is; null: the price is the same everywhere. */
  readonly region: string | null;
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

/** What one region adds to the sums. */
export interface RegionCost {
  readonly region: string;
  /** null: nothing in it has a price. */
  readonly atFloor: number | null;
  readonly atMaximum: number | null;
  /** How many of its parts have no price. */
  readonly unpriced: number;
}

export interface MonthlyCost {
  /** Sum of what costs by existing and has a price; null: nothing has one. */
  readonly atFloor: number | null;
  readonly atMaximum: number | null;
  readonly perDay: { readonly atFloor: number | null; readonly atMaximum: number | null };
  /** How long a month of cost is. One of uptime has 30 days. */
  readonly hoursPerMonth: number;
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
  /** What each region adds to the sums; what is priced the same everywhere is in none of them. */
  readonly perRegion: readonly RegionCost[];
  readonly lines: readonly CostLine[];
  /** Addresses of entry layers and plans that are in the sums although no way from them to an app is known. */
  readonly unlinked: readonly string[];
  /** What use costs. It is not in `atFloor` and `atMaximum`. */
  readonly byUse: CostByUse;
  /** `atFloor` and what use costs; null: nothing has a price. */
  readonly withUse: number | null;
}
