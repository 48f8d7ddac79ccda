/** The traffic during the fault: all shoppers at once, and the probes by which recovery is noticed. */

import { setTimeout as delay } from 'node:timers/promises';
import { usesRedis } from '../../sessions/stores';
import type { Fault, Stage } from '../faults/fault';
import type { FleetPlan, RegionPlan } from '../plan/fleetPlan';
import { sharesCarts } from '../plan/sharedCarts';
import { apiClientAddress, watcherAddress } from '../shoppers/addresses';
import type { Browser } from '../shoppers/browser';
import { keepShopping } from '../shoppers/crowd';
import { type Probes, startProbes } from '../shoppers/probes';
import type { Shopper } from '../shoppers/shopper';
import type { Scene } from './scene';
import { writeInsideTheLag } from './stage';

const probeClients = 3;
const probesWithCart = 2;

/** Real milliseconds of normal traffic before the fault, so that a timeline shows what normal is. */
const calmMs = 250;

export interface Traffic {
  readonly probes: Probes;
  /** Whether shoppers wrote just before the fault, while nothing left the Redis primary. */
  readonly wroteInsideLag: boolean;
  /** The fault has happened. */
  struck(): void;
  /** Everybody has recovered: resolves when all shoppers and probes have stopped. */
  end(): Promise<void>;
  /** What the probes of the stateless API asked, and how many of these requests failed. */
  readonly api: Probes['counts'];
}

/** Resolves after a moment of normal traffic. */
export async function beginTraffic(
  scene: Scene,
  { fault, stage, shoppers }: { readonly fault: Fault; readonly stage: Stage; readonly shoppers: readonly Shopper[] },
): Promise<Traffic> {
  const { plan, options, fleet } = scene;
  const { seed, signal } = options;
  const withCart = await openProbesWithCart(scene, stage.region);
  await fleet.caches?.caughtUp();
  const wroteInsideLag = fault.writesInsideLag?.(plan) ?? false;
  if (wroteInsideLag) await writeInsideTheLag(stage, shoppers);

  options.onProgress(fault.description);
  const neighbourhoods = plan.regions.map(({ name }) => name);
  const probes = startProbes({
    ...{ clients: probeClients, shoppers: withCart, signal },
    open: (client) => scene.browser(neighbourhoods[client % neighbourhoods.length] ?? '', apiClientAddress(client)),
  });
  const striking = new AbortController();
  const recovered = new AbortController();
  const shopping = keepShopping(shoppers, {
    ...{ seed, until: AbortSignal.any([signal, recovered.signal]) },
    mayAdd: mayAdd(plan, fault, striking.signal),
  });
  // Rejections are handled at the end. Until then they must not count as unhandled.
  shopping.catch(() => undefined);
  await delay(calmMs, undefined, { signal });
  return {
    ...{ probes, wroteInsideLag, api: probes.counts },
    struck: () => striking.abort(),
    end: async () => {
      recovered.abort();
      await shopping;
      await probes.stop();
    },
  };
}

/**
 * Shoppers add only where it does not matter which instance takes the add, since timing decides that. Where the fault takes
 * data from Redis they wait until it has struck: an add is then either all before it or all after it.
 */
function mayAdd({ store, regions }: FleetPlan, { takes }: Fault, struck: AbortSignal): () => boolean {
  const isShared = sharesCarts(
    store,
    regions.map(({ secret }) => secret),
  );
  const losesData = usesRedis(store) && (takes.region || takes.redis === 'primary');
  return () => isShared && (!losesData || struck.aborted);
}

/** Clients that have a cart and only look at it: what they see shows when carts are back. */
async function openProbesWithCart(scene: Scene, region: RegionPlan): Promise<readonly Browser[]> {
  const browsers = Array.from({ length: probesWithCart }, (_, index) =>
    scene.browser(region.name, watcherAddress(index)),
  );
  const products = await browsers[0]?.send('GET', '/api/products');
  const [first]: readonly unknown[] =
    products && 'body' in products && Array.isArray(products.body) ? products.body : [];
  const productId = typeof first === 'object' && first !== null && 'id' in first ? first.id : null;
  for (const browser of browsers) await browser.send('POST', '/api/cart/items', { json: { productId, quantity: 1 } });
  return browsers;
}
