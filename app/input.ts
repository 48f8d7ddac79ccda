import { findProduct, type Product } from './catalogue';
import { Problem } from './problem';

/** The most of one product that a single add may carry. */
export const maxQuantityPerAdd = 99;

/** Larger than any honest request here; what comes after it is not read. */
export const maxBodyBytes = 2048;

const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length <= 40 ? text : `${text.slice(0, 40)}…`;
};

const refuse = (field: string, rule: string, value: unknown, fix: string) =>
  new Problem(422, `\`${field}\` must be ${rule}, got: ${shown(value)}. ${fix}`);

export interface Addition {
  readonly product: Product;
  readonly quantity: number;
}

/**
 * Reads what a client asks to add.
 *
 * @param body parsed JSON, or undefined when the request carried none
 * @throws Problem 415 without a JSON object, 422 for a field out of range
 */
export function readAddition(body: unknown): Addition {
  if (body === undefined) throw new Problem(415, 'Send a JSON object with Content-Type: application/json.');
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new Problem(422, `The body must be a JSON object with productId and quantity, got: ${shown(body)}.`);
  const { productId, quantity } = body as { productId?: unknown; quantity?: unknown };
  const product = typeof productId === 'string' ? findProduct(productId) : undefined;
  if (product === undefined)
    throw refuse('productId', 'the id of a product', productId, 'GET /api/products lists them.');
  if (typeof quantity !== 'number' || !Number.isInteger(quantity) || quantity < 1 || quantity > maxQuantityPerAdd)
    throw refuse(
      'quantity',
      `a whole number from 1 to ${maxQuantityPerAdd}`,
      quantity,
      'Add more in further requests.',
    );
  return { product, quantity };
}

/** The same from a form, where every value is text: only plain digits count as a number ("1e1" and " 5" do not). */
export function readForm(body: unknown): Addition {
  if (body === undefined) throw new Problem(415, 'Send a form with Content-Type: application/x-www-form-urlencoded.');
  const { productId, quantity } = body as { productId?: unknown; quantity?: unknown };
  const isDigits = typeof quantity === 'string' && /^\d{1,9}$/.test(quantity);
  return readAddition({ productId, quantity: isDigits ? Number(quantity) : quantity });
}
