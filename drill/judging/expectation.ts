/**
 * What each shopper must find at the audit. It follows from the facts and from where each add was acknowledged, never
 * from a variant's name.
 *
 * A cart lives in one place: a process, a region's Redis, the geo-replicated Redis, or the client. If the facts bring a
 * shopper back to that place, the cart is there as long as the place is. Otherwise chance decides the place, and the
 * prediction follows what happened: the cookie jar holds only the last session, so an add elsewhere starts a new cart,
 * and a cart is seen if the audit is answered from the place of the last one. The same
 * holds if the fault makes the entry lead shoppers away from a region that keeps their carts.
 */

import type { AcknowledgedAdd } from './ledger';
import type { Damage } from './places';
import { type Promises, returnsHome } from './promises';

/** An add, and the place where its cart lived then. */
export interface PlacedAdd extends AcknowledgedAdd {
  readonly place: string;
}

/** What the drill saw of one shopper. */
export interface Observation {
  readonly shopper: number;
  /** The region whose edge is nearest. */
  readonly near: string;
  readonly adds: readonly PlacedAdd[];
  /** Place of the carts that whoever answered the audit knows. */
  readonly auditPlace: string;
}

export interface Foreseen {
  readonly lost: boolean;
  /** Adds that the audit finds. */
  readonly found: readonly PlacedAdd[];
  /** Whether a lost cart is there again at the second look; null: not predicted. */
  readonly resurrected: boolean | null;
}

export function foresee(promises: Promises, damage: Damage, observation: Observation): Foreseen {
  const { near, adds, auditPlace } = observation;
  const holds = returnsHome(promises, near) && damage.ledAway !== true;
  const cart = cartInTheJar(adds, holds, damage.reachable);
  const seen = cart !== null && damage.reachable(cart.place) && (holds || cart.place === auditPlace);
  const found = (seen ? cart.adds : []).filter(({ when, process }) => !(when === 'lag' && damage.lagLost(process)));
  const had = adds.some(({ when }) => when !== 'after');
  const lost = had && !found.some(({ when }) => when !== 'after');
  const isBack = (): boolean =>
    cart !== null && damage.returns?.(cart.place) === true && cart.adds.some(({ when }) => when !== 'after');
  return { lost, found, resurrected: damage.returns && holds ? lost && isBack() : null };
}

interface Cart {
  place: string;
  adds: PlacedAdd[];
}

/** The cart that the shopper's last session cookie leads to. */
function cartInTheJar(adds: readonly PlacedAdd[], holds: boolean, reachable: (place: string) => boolean): Cart | null {
  let cart: Cart | null = null;
  for (const add of adds) {
    const sameCart: boolean =
      cart !== null && (add.place === cart.place || (holds && (add.when !== 'after' || reachable(cart.place))));
    if (cart === null || !sameCart) cart = { place: add.place, adds: [add] };
    else {
      cart.adds.push(add);
      // If the facts bring every shopper back to the cart's place, that is where the last add before the fault was
      // acknowledged.
      if (add.when !== 'after') cart.place = add.place;
    }
  }
  return cart;
}
