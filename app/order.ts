import { createHash } from 'node:crypto';
import { type CartLines, type CartView, viewCart } from './cart';
import { Problem } from './problem';

/** What was ordered, at the prices of that moment. Prices are euro cents. */
export interface Order {
  readonly orderId: string;
  readonly items: CartView['items'];
  readonly total: number;
}

const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * The id of the order that a cart becomes. One cart has one id, so a checkout that is sent twice, to whatever instance or
 * region, is the same order again, and a unique key in a database can refuse the second.
 *
 * Nobody can guess another one, and it can be read out: 50 bits of a hash, without letters that look like digits. The id of
 * the cart is random and cannot be found from it.
 *
 * @param cartId what names this cart and no other: the session's id, or the random id in a sealed cookie
 */
export function orderIdOf(cartId: string): string {
  const bytes = createHash('sha256').update(`order:${cartId}`).digest();
  const text = Array.from(bytes.subarray(0, 10), (byte) => letters[byte % 32]).join('');
  return `${text.slice(0, 5)}-${text.slice(5)}`;
}

/** @throws Problem 409 when the cart is empty, or holds nothing that is still sold */
export function orderOf(lines: CartLines, orderId: string): Order {
  const { items, total } = viewCart(lines);
  if (items.length === 0) throw nothingToOrder(lines);
  return { orderId, items, total };
}

const nothingToOrder = (lines: CartLines) =>
  new Problem(
    409,
    lines.size === 0
      ? 'The cart is empty, so there is nothing to order.'
      : 'Nothing in this cart is sold any more, so there is nothing to order. Nothing was changed.',
  );
