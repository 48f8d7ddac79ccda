/** What a region's return takes away again. */

import type { FirstLook } from './audit';

/** Adds made while the region was away, found at the first look, and gone now. */
export async function countLostAtReturn(looks: readonly FirstLook[]): Promise<number> {
  let gone = 0;
  for (const { shopper, found } of looks) {
    const after = shopper.ledger.adds.filter(({ when, productId }) => when === 'after' && found.has(productId));
    if (after.length === 0) continue;
    const look = await shopper.look();
    gone += look ? after.filter(({ productId }) => !look.units.has(productId)).length : 0;
  }
  return gone;
}
