import { maxLineQuantity } from './cart';
import { findProduct, type Product } from './catalogue';
import { Problem } from './problem';

/** The most of one product that a single add may carry. */
export const maxQuantityPerAdd = 99;

/** Larger than any valid request here. The rest of a larger body is not read. */
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
  const { productId, quantity } = jsonObject(body, 'productId and quantity');
  return { product: readProduct(productId), quantity: between(1, maxQuantityPerAdd, quantity, addMore) };
}

/**
 * Reads the quantity that a line of the cart is to have; 0 removes it.
 *
 * @param body parsed JSON, or undefined when the request carried none
 * @throws Problem 415 without a JSON object, 422 for a quantity out of range
 */
export function readQuantity(body: unknown): number {
  return between(0, maxLineQuantity, jsonObject(body, 'quantity').quantity, orRemove);
}

/** `readAddition` for a form, where every value is text: only plain digits count as a number ("1e1" and " 5" do not). */
export function readFormAddition(body: unknown): Addition {
  const { productId, quantity } = form(body);
  return { product: readProduct(productId), quantity: between(1, maxQuantityPerAdd, digits(quantity), addMore) };
}

/** `readQuantity` for a form. */
export const readFormQuantity = (body: unknown): number =>
  between(0, maxLineQuantity, digits(form(body).quantity), orRemove);

/** @throws Problem 422 when the shop sells no such product */
export function readProduct(productId: unknown): Product {
  const product = typeof productId === 'string' ? findProduct(productId) : undefined;
  if (product === undefined)
    throw refuse('productId', 'the id of a product', productId, 'GET /api/products lists them.');
  return product;
}

const longestName = 40;

/** @throws Problem 422 for what is not a name that a page can show */
export function readName(name: unknown): string {
  const text = typeof name === 'string' ? name.trim() : '';
  if (text === '' || text.length > longestName || /\p{C}/u.test(text))
    throw refuse('name', `1 to ${longestName} printable characters`, name, 'Any name will do.');
  return text;
}

type Fields = Readonly<Record<string, unknown>>;

function jsonObject(body: unknown, fields: string): Fields {
  if (body === undefined) throw new Problem(415, 'Send a JSON object with Content-Type: application/json.');
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new Problem(422, `The body must be a JSON object with ${fields}, got: ${shown(body)}.`);
  return body as Fields;
}

/** What a parsed form holds. @throws Problem 415 when the request carried none */
export function form(body: unknown): Fields {
  if (body === undefined) throw new Problem(415, 'Send a form with Content-Type: application/x-www-form-urlencoded.');
  return body as Fields;
}

const digits = (text: unknown) => (typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : text);

const addMore = 'Add more in further requests.';
const orRemove = 'Send 0 to remove the product.';

function between(least: number, most: number, value: unknown, fix: string): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most)
    throw refuse('quantity', `a whole number from ${least} to ${most}`, value, fix);
  return value;
}
