/** The shoppers of one round: they fill their carts, and walk about until something is to happen. */

import { fill } from '../../drill/running/run';
import type { Scene } from '../../drill/running/scene';
import { keepShopping } from '../../drill/shoppers/crowd';
import { type Carts, watchCarts } from './carts';

export interface Shopping {
  readonly carts: Carts;
  /** Whether a fault has struck these shoppers, so that the next one needs others. */
  used: boolean;
  /** They look about, one by one at their own pace. Does nothing if they do already. */
  walk(): void;
  /** Resolves when every shopper stands still. */
  stand(): Promise<void>;
}

/** Real milliseconds between two requests of a shopper while nothing happens: 24 shoppers send 20 requests a second. */
const strollMs = { least: 800, most: 1_600 };

/** Nobody yet. */
export const nobody: Shopping = { carts: watchCarts(() => {}), used: true, walk: () => {}, stand: async () => {} };

/**
 * New shoppers with new browsers, from their first request on.
 * @param begun called before the first of them arrives
 * @throws if nobody was promised anything
 */
export async function goShopping(
  scene: Scene,
  onMissed: (id: number) => void,
  begun: (shopping: Shopping) => void,
): Promise<void> {
  const carts = watchCarts(onMissed);
  const { seed, signal } = scene.options;
  let walking: { readonly stop: AbortController; readonly over: Promise<void> } | null = null;
  begun({
    carts,
    used: false,
    walk: () => {
      if (walking) return;
      const stop = new AbortController();
      const until = AbortSignal.any([signal, stop.signal]);
      // They do not add now: which instance takes an add would depend on timing, and no verdict would repeat.
      const over = keepShopping(carts.shoppers, { seed, mayAdd: () => false, until, thinkMs: strollMs }).catch(
        () => undefined,
      );
      walking = { stop, over };
    },
    stand: async () => {
      walking?.stop.abort();
      await walking?.over;
      walking = null;
    },
  });
  await fill(scene, carts.watch);
}
