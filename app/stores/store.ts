import type { Request, Response } from 'express';
import type { CartLines } from '../cart';
import type { Order } from '../order';
import { Problem } from '../problem';
import type { SignIns } from './signIns';

/** What became of a change to one line. */
export interface Changed {
  readonly lines: CartLines;
  /** Whether the product was in the cart; otherwise nothing was changed. */
  readonly wasInCart: boolean;
}

/**
 * The shopper who sent a request: the session, with the cart in it. When a promise resolves, the store has the change
 * and the answer carries the session that leads to it: only then may it be acknowledged. Each rejects with
 * StoreUnavailable while the store is away.
 */
export interface Shopper {
  /** Empty for a visitor without a session, and then no session is made. */
  cart(): Promise<CartLines>;
  /**
   * Adds to the cart and answers it as it is after the add.
   *
   * @throws Problem 409 when the line or the cart would pass its limit, the cart no longer fits its place, or another
   *   request has ordered it meanwhile; nothing was changed then
   */
  add(productId: string, quantity: number): Promise<CartLines>;
  /**
   * Sets the quantity of a line that is in the cart, whatever it was; 0 removes it. A line that is not there stays away.
   *
   * @throws Problem as `add` does
   */
  change(productId: string, quantity: number): Promise<Changed>;
  /**
   * Orders what is in the cart, empties it and moves to a session with a new id, so that an id which somebody else
   * obtained before is useless afterwards. The order's id follows from the cart: see `orderIdOf`.
   *
   * @throws Problem 409 when nothing in the cart can be ordered, as for the second of two checkouts where the store
   * knows of the first
   */
  checkOut(): Promise<Order>;
  /** The last order of this session; undefined: none yet. */
  lastOrder(): Promise<Order | undefined>;
}

/** Where sessions and carts live. One file each in this folder; `open.ts` chooses. */
export interface Store {
  readonly name: string;
  /** Where a session lives, for shoppers to read: the end of the sentence "Sessions live …". */
  readonly keeps: string;
  /** Whether the store answered the last command. Sends nothing to it. */
  isReachable(): boolean;
  /** What keeps carts from working now, as sentences that everybody may read. Sends nothing to the store. Default: nothing ever does. */
  troubles?(): readonly string[];
  /** Reads nothing yet, so a request that needs no session sends nothing to the store. */
  shopper(request: Request, response: Response): Shopper;
  /** Sign-ins that are half-way, kept where the sessions are. */
  readonly signIns: SignIns;
  /** Lets go of connections. Call it when the last response is out. */
  close(): Promise<void>;
}

/** Read by clients and proxies: long enough for a Redis failover to have moved on. */
const retryAfterSeconds = 5;

/** The store cannot be reached now; whether a write arrived is not known. */
export class StoreUnavailable extends Problem {
  constructor(cause: unknown) {
    super(503, 'Carts cannot be reached at the moment. Try again shortly, and check your cart before adding twice.', {
      retryAfterSeconds,
      cause,
    });
  }
}

/** The session of this request is over: a cart is ordered once, and an add behind it would be seen by nobody. */
export const sessionEnded = () => new Problem(409, 'This cart was ordered meanwhile, so nothing was changed.');
