import type { PriceRow } from '../prices';
import type { UseMeter } from './context';
import type { UsageKey } from './keys';
import type { Traffic } from './traffic';

export interface UseLine {
  /** Terraform address. */
  readonly resource: string;
  readonly what: string;
  /** By which a usage file says how much it is. */
  readonly usage: UsageKey;
  /** A month, in `unit`. */
  readonly quantity: number;
  readonly unit: UseMeter['unit'];
  readonly basis: UseMeter['basis'];
  readonly perMonth: number;
  /** Day on which the price was read. */
  readonly seen: string;
  readonly confidence: PriceRow['confidence'];
  /** Where it was read; null: in the API. */
  readonly from: string | null;
  readonly note: string | null;
}

/** Something billed by use that is in no sum. */
export interface UnpricedUse {
  readonly resource: string;
  readonly what: string;
  readonly usage: UsageKey;
  /** `no price`: the price file has no row of it. `unknown`: it is unknown how much it is, or by which row it is billed. */
  readonly kind: 'no price' | 'unknown';
  readonly reason: string;
  /** Region whose price is missing; null: the price is the same everywhere, or it is not a price that is missing. */
  readonly region: string | null;
}

/** What use costs a month. */
export interface CostByUse {
  /** The traffic that quantities follow from. */
  readonly traffic: Traffic;
  /** Which parts of it somebody said; the others are assumed. */
  readonly stated: readonly (keyof Traffic)[];
  /** Sum of the lines; null: there is none. */
  readonly perMonth: number | null;
  readonly lines: readonly UseLine[];
  readonly unpriced: readonly UnpricedUse[];
}
