import type { Request, RequestHandler, Response } from 'express';
import { Problem } from '../problem';

/** Quantity by product id; every quantity is 1 or more. */
export type CartLines = ReadonlyMap<string, number>;

/** The most of one product that a cart holds. */
export const maxLineQuantity = 999;

/** The cart of the shopper who sent a request. */
export interface ShopperCart {
  /** Empty for somebody without a session, and then no session is made. */
  read(): Promise<CartLines>;
  /**
   * Adds to the cart and answers it as it is after the add. When the promise resolves, the store has the add and the
   * session that leads to it: only then may it be acknowledged.
   *
   * @throws Problem 409 when the line would pass `maxLineQuantity`; StoreUnavailable
   */
  add(productId: string, quantity: number): Promise<CartLines>;
}

/** Where sessions and carts live. One file each in this folder; `open.ts` chooses. */
export interface Store {
  readonly name: string;
  /** Where a session lives, for shoppers to read: the end of the sentence "Sessions live …". */
  readonly keeps: string;
  /** Goes before the handlers that need a cart, and only before those: it may ask the store, and so may fail with it. */
  readonly session: RequestHandler;
  /** Whether the store answered last time, from memory: asking costs nothing. */
  isReachable(): boolean;
  cart(request: Request, response: Response): ShopperCart;
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
