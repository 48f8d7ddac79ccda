/** What the shop sells. `unitPrice` is in euro cents, a whole number, so that sums stay exact. */
export interface Product {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly unitPrice: number;
}

/** In code, so that the catalogue is stateless: every instance has the same one and no outage takes it away. */
export const products: readonly Product[] = [
  { id: 'anchor', name: 'Anchor', description: 'Four kilos, folding. Holds what should not drift.', unitPrice: 3450 },
  { id: 'door-wedge', name: 'Door wedge', description: 'Beech and rubber. Keeps one thing open.', unitPrice: 690 },
  {
    id: 'gyroscope',
    name: 'Gyroscope',
    description: 'Brass, string included. Steady while it spins.',
    unitPrice: 2900,
  },
  { id: 'paperweight', name: 'Paperweight', description: 'Solid glass. For pages in a draught.', unitPrice: 1850 },
  { id: 'plumb-bob', name: 'Plumb bob', description: 'Steel, 400 g. Knows where down is.', unitPrice: 1275 },
  { id: 'sandbag', name: 'Sandbag', description: 'Canvas, empty. Bring your own beach.', unitPrice: 480 },
  {
    id: 'spirit-level',
    name: 'Spirit level',
    description: 'Two vials, 60 cm. The bubble does not lie.',
    unitPrice: 2190,
  },
  { id: 'tripod', name: 'Tripod', description: 'Ash, three legs. The fewest that never wobble.', unitPrice: 8900 },
];

const byId = new Map(products.map((product) => [product.id, product]));

export const findProduct = (id: string): Product | undefined => byId.get(id);
