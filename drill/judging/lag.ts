/** Adds that die in the replication lag: those that the drill puts there, and how many they would be by traffic. */

import { addsAMinute } from '../plan/assumptions';
import type { Ledger } from './ledger';
import { rounded } from './rounded';

export interface LagLosses {
  /** Acknowledged adds that the drill held back from the replica, or from the other region, on purpose. */
  readonly staged: number;
  /** Shoppers whose carts were in the Redis that died. */
  readonly shoppers: number;
  /** Adds lost for each second of lag, if each of these shoppers adds as often as `assumedAddsAMinute` says. */
  readonly lostASecond: number;
  readonly assumedAddsAMinute: number;
}

/** @param region that of the Redis that died */
export function lagLosses(
  ledgers: readonly Ledger[],
  region: string,
  regionOf: (process: string) => string,
): LagLosses {
  const shoppers = ledgers.filter(({ adds }) => {
    const home = adds.findLast(({ when }) => when === 'before');
    return home !== undefined && regionOf(home.process) === region;
  }).length;
  return {
    staged: ledgers.reduce((sum, { adds }) => sum + adds.filter(({ when }) => when === 'lag').length, 0),
    shoppers,
    lostASecond: rounded((shoppers * addsAMinute) / 60),
    assumedAddsAMinute: addsAMinute,
  };
}
