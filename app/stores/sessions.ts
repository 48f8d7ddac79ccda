import type { CartLines } from '../cart';
import type { Order } from '../order';

/** How long a session lives after its last use, less up to `touchSeconds`. */
export const sessionSeconds = 24 * 60 * 60;

/** The end of a session moves on at most this often: at every request it would cost as many commands as the reads do. */
export const touchSeconds = 60 * 60;

/** What a session holds. */
export interface Content {
  readonly lines: CartLines;
  readonly order?: Order;
}

/**
 * Why a change was not made:
 * - `missing`: there is no session with this id: it ran out, or lived in another place
 * - `ended`: its cart was ordered
 * - `lineFull`, `cartFull`: a limit would be passed
 * - `notInCart`: the line to change is not there
 */
export type Refusal =
  | { readonly refused: 'missing' | 'ended' | 'cartFull' }
  | { readonly refused: 'lineFull'; readonly held: number }
  | { readonly refused: 'notInCart'; readonly lines: CartLines };

/** A refusal, or the cart at the instant of the change. */
export type Outcome = Refusal | { readonly refused?: never; readonly lines: CartLines };

/**
 * Sessions kept at the server, each with its cart. Every method is one step that nothing can come between: a refused add
 * changes nothing, and nobody ever reads a cart over its limits.
 */
export interface Sessions {
  /** undefined: there is none, or it has ended. */
  read(id: string): Promise<Content | undefined>;
  /** `opens`: makes the session when it is missing. */
  add(id: string, productId: string, quantity: number, opens: boolean): Promise<Outcome>;
  /** 0 removes the line. */
  change(id: string, productId: string, quantity: number): Promise<Outcome>;
  /** Makes or replaces a session. */
  put(id: string, content: Content): Promise<void>;
  /**
   * Ends the session if at least one of these products is in its cart, and answers what was in it at that instant. It
   * stays known as ended for as long as it would have lived, so that a late add is refused and not lost.
   *
   * @returns undefined: it had ended, or has none of them; nothing was changed
   */
  end(id: string, products: readonly string[]): Promise<CartLines | undefined>;
  /** Forgets a session whose id was never sent to a browser. */
  drop(id: string): Promise<void>;
}
