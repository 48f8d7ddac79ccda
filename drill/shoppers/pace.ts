/** How fast a crowd acts, so that this machine is not what a drill measures. */

import { availableParallelism } from 'node:os';

/** So many shoppers a core act as fast as they like: each of their requests passes up to four processes of this machine. */
const atEaseOnCore = 60;

/** More than so many a core are refused: filling and auditing alone would take minutes, and timers would outrun them. */
const mostOnCore = 1_000;

/** The most of any machine. */
export const mostShoppers = 2_000;

/** Runs with so many shoppers have the machine for themselves. */
export const aloneFrom = 200;

/** Real milliseconds between two requests of a shopper during the fault, where the machine is at ease. */
const thinkMs = { least: 300, most: 900 } as const;

export interface Pace {
  readonly thinkMs: { readonly least: number; readonly most: number };
  /** What this machine cannot do, in words; null: nothing. */
  readonly slowed: string | null;
}

/** @param cores Default: those of this machine */
export function paceOf(shoppers: number, cores = availableParallelism()): Pace {
  const factor = Math.max(1, shoppers / (atEaseOnCore * cores));
  if (factor === 1) return { thinkMs, slowed: null };
  const [least, most] = [Math.round(thinkMs.least * factor), Math.round(thinkMs.most * factor)];
  return {
    thinkMs: { least, most },
    slowed: `${shoppers} shoppers on ${coresOf(cores)}: each waits ${seconds(least)} to ${seconds(most)} s between two requests instead of ${seconds(thinkMs.least)} to ${seconds(thinkMs.most)} s, and some may not meet a failure that is over sooner`,
  };
}

/** Why this machine cannot drive so many; null: it can. */
export const tooMany = (shoppers: number, cores = availableParallelism()): string | null =>
  shoppers <= mostOnCore * cores
    ? null
    : `${coresOf(cores)} can drive ${mostOnCore * cores} shoppers at most, got: ${shoppers}`;

const coresOf = (cores: number): string => (cores === 1 ? '1 core' : `${cores} cores`);

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(1);
