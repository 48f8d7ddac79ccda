import { findProduct, products } from './catalogue';
import { Problem } from './problem';

/** Quantity by product id; every quantity is 1 to `maxLineQuantity`. */
export type CartLines = ReadonlyMap<string, number>;

/** The most of one product that a cart holds. */
export const maxLineQuantity = 999;

/**
 * The most different products that a cart holds. Redis keeps a hash of up to 128 short fields in its compact form (the
 * default of `hash-max-listpack-entries`), and nobody reads a longer cart.
 */
export const maxLines = 100;

export const noLines: CartLines = new Map();

/** A cart as the API answers it. Prices are euro cents. */
export interface CartView {
  readonly items: readonly {
    readonly productId: string;
    readonly name: string;
    readonly unitPrice: number;
    readonly quantity: number;
  }[];
  readonly totalQuantity: number;
  readonly total: number;
}

/** The lines with one of them set; 0 removes it. */
export function withLine(lines: CartLines, productId: string, quantity: number): CartLines {
  const changed = new Map(lines);
  if (quantity > 0) changed.set(productId, quantity);
  else changed.delete(productId);
  return changed;
}

/** Which limit an add would pass, for the stores that decide in this process. Redis decides alike in `redisScripts.ts`. */
export function limitPassed(
  lines: CartLines,
  productId: string,
  quantity: number,
): 'lineFull' | 'cartFull' | undefined {
  const held = lines.get(productId) ?? 0;
  if (held + quantity > maxLineQuantity) return 'lineFull';
  return held === 0 && lines.size >= maxLines ? 'cartFull' : undefined;
}

export const lineFull = (productId: string, held: number, quantity: number) =>
  new Problem(
    409,
    `A cart holds at most ${maxLineQuantity} of one product; adding ${quantity} of ${productId} to ${held} would pass that.`,
  );

export const cartFull = () =>
  new Problem(409, `A cart holds at most ${maxLines} different products. Remove one, or order what is in it.`);

/** Ids of what in the cart can be bought. */
export const soldOf = (lines: CartLines): readonly string[] =>
  [...lines.keys()].filter((id) => findProduct(id) !== undefined);

/**
 * The store keeps product ids and quantities only; names and prices are looked up here, so that a price change reaches
 * carts already filled. In the catalogue's order, which is the same for every store. A product no longer sold is left out.
 */
export function viewCart(lines: CartLines): CartView {
  const items = products.flatMap(({ id, name, unitPrice }) => {
    const quantity = lines.get(id);
    return quantity === undefined ? [] : [{ productId: id, name, unitPrice, quantity }];
  });
  return {
    items,
    totalQuantity: items.reduce((sum, item) => sum + item.quantity, 0),
    total: items.reduce((sum, item) => sum + item.quantity * item.unitPrice, 0),
  };
}
