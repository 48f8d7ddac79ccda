/** What shoppers were promised and last found: the drill's ledger, read while shoppers go on. */

import type { Audit } from '../../drill/judging/evidence';
import { figuresOf } from '../../drill/judging/figures';
import { unitsOf } from '../../drill/judging/ledger';
import type { Look, Shopper } from '../../drill/shoppers/shopper';
import type { Counters, DrawnShopper } from '../messages';

export interface Carts {
  /** The same shopper; each of its looks is judged as the drill judges one. */
  watch(shopper: Shopper): Shopper;
  readonly shoppers: readonly Shopper[];
  counters(answersPerSecond: number): Counters;
  cartOf(shopper: Shopper): DrawnShopper['cart'];
  /** Process that acknowledged the last add of a cart that is there; null: there is none. */
  homeOf(shopper: Shopper): string | null;
}

/** @param onMissed called with a shopper whose look showed nothing of its cart */
export function watchCarts(onMissed: (id: number) => void): Carts {
  const shoppers: Shopper[] = [];
  const audits = new Map<number, Audit>();
  const seen = (shopper: Shopper, { units, process }: Look): void => {
    const verdict = shopper.ledger.judge(units, null);
    audits.set(shopper.id, { shopper, found: units, process, verdict });
    if (verdict.lost) onMissed(shopper.id);
  };
  /** Who has not looked yet has seen nothing that is missing. */
  const unseen = (shopper: Shopper): Audit => {
    const found = unitsOf(shopper.ledger.adds);
    return { shopper, found, process: 'unnamed', verdict: shopper.ledger.judge(found, null) };
  };
  const auditOf = (shopper: Shopper): Audit => audits.get(shopper.id) ?? unseen(shopper);
  const cartOf: Carts['cartOf'] = (shopper) => {
    if (shopper.ledger.adds.length === 0) return 'none';
    return auditOf(shopper).verdict.lost ? 'lost' : 'there';
  };
  return {
    shoppers,
    watch: (shopper) => {
      const watched = {
        ...shopper,
        look: async () => {
          const look = await shopper.look();
          if (look) seen(shopper, look);
          return look;
        },
      };
      shoppers.push(watched);
      return watched;
    },
    counters: (answersPerSecond) => {
      const { cartsLost, writesLost, requests, requestsFailed } = figuresOf(shoppers.map(auditOf));
      const cartsAlive = shoppers.filter((shopper) => cartOf(shopper) === 'there').length;
      return {
        ...{ shoppers: shoppers.length, cartsAlive, cartsLost, addsLost: writesLost },
        ...{ requests, requestsFailed, answersPerSecond },
      };
    },
    cartOf,
    homeOf: (shopper) =>
      cartOf(shopper) === 'there' ? (shopper.ledger.adds[shopper.ledger.adds.length - 1]?.process ?? null) : null,
  };
}
