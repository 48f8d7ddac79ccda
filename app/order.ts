import { randomBytes } from 'node:crypto';
import { type CartLines, type CartView, viewCart } from './cart';

/** What was ordered, at the prices of that moment. Prices are euro cents. */
export interface Order {
  readonly orderId: string;
  readonly items: CartView['items'];
  readonly total: number;
}

/** Nobody can guess the next one, and it can be read out: 50 random bits without letters that look like digits. */
function newOrderId(): string {
  const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  const text = Array.from(randomBytes(10), (byte) => letters[byte % 32]).join('');
  return `${text.slice(0, 5)}-${text.slice(5)}`;
}

/** `orderId`: default a new one. */
export function orderOf(lines: CartLines, orderId: string = newOrderId()): Order {
  const { items, total } = viewCart(lines);
  return { orderId, items, total };
}
