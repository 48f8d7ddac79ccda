/** A failure that takes nothing away, as a fault has it and as a report counts it. */

/** How it shows to a shopper: as an error or no answer, or as an answer that takes at least so many milliseconds. */
export type Symptom = 'failed' | { readonly slowerThanMs: number };

/** What is wrong without taking anything away. */
export interface Ailment {
  readonly symptom: Symptom;
  /** Whether every request is hit of those who are bound to it. */
  readonly hitsAll: boolean;
  /** Keys of the processes that have it. */
  readonly processes: ReadonlySet<string>;
  /** Ids of the shoppers who have it, wherever they are bound. Default: - it is in processes. */
  readonly shoppers?: ReadonlySet<number>;
  /** The region of which every process has it. Default: - some have it. */
  readonly region?: string;
  /** When it lasted, in `performance.now()`. Default: - from the fault until it was repaired. */
  readonly window?: () => { readonly from: number; readonly until: number };
}

/** An ailment as it was, with `performance.now()` of its begin and end. */
export type Exposure = Omit<Ailment, 'window'> & { readonly from: number; readonly until: number };

/** Shoppers who met it, as counted and as predicted. */
export interface Hit {
  readonly shoppers: number;
  readonly requests: number;
  /** At least and at most so many shoppers must have met it. */
  readonly expected: { readonly least: number; readonly most: number };
}
