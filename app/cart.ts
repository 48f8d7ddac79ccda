import { products } from './catalogue';

/** Quantity by product id; every quantity is 1 or more. */
export type CartLines = ReadonlyMap<string, number>;

/** The most of one product that a cart holds. */
export const maxLineQuantity = 999;

/** The lines with one of them set; 0 removes it. */
export function withLine(lines: CartLines, productId: string, quantity: number): CartLines {
  const changed = new Map(lines);
  if (quantity > 0) changed.set(productId, quantity);
  else changed.delete(productId);
  return changed;
}

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
