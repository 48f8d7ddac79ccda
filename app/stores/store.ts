import type { Request, RequestHandler, Response } from 'express';
import { type CartLines, maxLineQuantity } from '../cart';
import type { Order } from '../order';
import { Problem } from '../problem';

/**
 * The shopper who sent a request: the session, with the cart in it. When a promise resolves, the store has the change
 * and the session that leads to it: only then may it be acknowledged. Each rejects with StoreUnavailable while the store
 * is away.
 */
export interface Shopper {
  /** Empty for somebody without a session, and then no session is made. */
  cart(): Promise<CartLines>;
  /**
   * Adds to the cart and answers it as it is after the add.
   *
   * @throws Problem 409 when the line would pass `maxLineQuantity`, the cart no longer fits its place, or another
   *   request has ordered it meanwhile; nothing was changed then
   */
  add(productId: string, quantity: number): Promise<CartLines>;
  /**
   * Sets the quantity of a line, whatever it was; 0 removes it.
   *
   * @throws Problem as `add` does
   */
  change(productId: string, quantity: number): Promise<CartLines>;
  /**
   * Orders what is in the cart, empties it and moves to a session with a new id, so that an id which somebody else got
   * hold of before leads nowhere after.
   *
   * @throws Problem 409 when the cart is empty, as it is for the second of two checkouts
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
  /** Goes before the handlers that need a shopper, and only before those: it may ask the store, and so may fail with it. */
  readonly session: RequestHandler;
  /** Whether the store answered last time, from memory: asking costs nothing. */
  isReachable(): boolean;
  shopper(request: Request, response: Response): Shopper;
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

export const lineFull = (productId: string, held: number, quantity: number) =>
  new Problem(
    409,
    `A cart holds at most ${maxLineQuantity} of one product; adding ${quantity} of ${productId} to ${held} would pass that.`,
  );

export const cartEmpty = () => new Problem(409, 'The cart is empty, so there is nothing to order.');
