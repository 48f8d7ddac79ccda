import { products } from './catalogue';

/** A product's stock changes this often, one product after the other. */
export const tickMilliseconds = 2000;

/** How far back changes are repeated for who comes back: a quarter of an hour. */
const keptTicks = 450;

/** One change of stock. `tick` is its place in the order of all changes, the same on every instance. */
export interface StockChange {
  readonly tick: number;
  readonly productId: string;
  readonly quantity: number;
}

export const tickAt = (milliseconds: number): number => Math.floor(milliseconds / tickMilliseconds);

/**
 * The change of a tick. The figures are made up: they follow from the time alone, so that every instance in every region
 * gives the same ones. A real shop would read them from what its instances share.
 */
export function changeAt(tick: number): StockChange {
  const product = products[tick % products.length] as (typeof products)[number];
  // Spreads neighbouring ticks (Knuth's multiplicative hash).
  return { tick, productId: product.id, quantity: (Math.imul(tick, 2_654_435_761) >>> 0) % 40 };
}

/** The stock of every product at a tick. */
export const stockAt = (tick: number): Readonly<Record<string, number>> =>
  Object.fromEntries(
    products
      .map((_, ago) => changeAt(tick - ago))
      .map(({ productId, quantity }) => [productId, quantity] as const)
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );

/** The changes after `seen` up to `now`; undefined: `seen` is too long ago, or in the future, so all has to be given. */
export function changesSince(seen: number, now: number): readonly StockChange[] | undefined {
  if (seen > now || now - seen > keptTicks) return undefined;
  return Array.from({ length: now - seen }, (_, index) => changeAt(seen + 1 + index));
}
