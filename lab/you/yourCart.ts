/** Your own cart, judged as the ledger judges those of the shoppers. */

import { judge, type Units } from '../../drill/judging/ledger';

export interface YourCart {
  /**
   * You changed it, and a look showed this: from now on it is what the shop promised you.
   * @param takesAway whether you took something out of it. Otherwise what was in it before must still be there
   */
  change(found: Units, takesAway: boolean): void;
  /** What a look showed without a change. Whatever of the promise is missing is lost. */
  see(found: Units): void;
  readonly units: () => number;
  /** In words; null: nothing was lost since your last change. */
  readonly lost: () => string | null;
}

export function yourCart(): YourCart {
  let promised: Units = new Map();
  let lost: string | null = null;
  function missing(found: Units): string | null {
    const verdict = judge({ before: promised, all: promised }, found, null);
    if (verdict.lost) return `Your cart is gone, with ${things(count(promised))} that the shop had acknowledged.`;
    return verdict.writesLost > 0 ? `Gone from your cart: ${things(verdict.writesLost)}.` : null;
  }
  return {
    change: (found, takesAway) => {
      lost = takesAway ? null : missing(found);
      promised = found;
    },
    see: (found) => {
      lost = missing(found) ?? lost;
      promised = found;
    },
    units: () => count(promised),
    lost: () => lost,
  };
}

const count = (units: Units): number => [...units.values()].reduce((sum, each) => sum + each, 0);

const things = (units: number): string => `${units} ${units === 1 ? 'thing' : 'things'}`;
