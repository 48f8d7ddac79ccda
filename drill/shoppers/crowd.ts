/** The shoppers of a run, and what they do together. */

import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { randomFrom } from '../running/random';
import { catalogueReaderAddress, shopperAddress } from './addresses';
import type { Browser } from './browser';
import { paceOf } from './pace';
import { createShopper, fillRounds, type Shopper } from './shopper';

/** One of so many shoppers leaves a form open, adds inside the replication lag, adds after recovery. */
const formOneIn = 4;
const lagOneIn = 6;
const buysOneIn = 3;

export interface CrowdOptions {
  readonly seed: number;
  readonly count: number;
  /** Names of the neighbourhoods that shoppers come from, in turn. */
  readonly neighbourhoods: readonly string[];
  readonly browser: (near: string, address: string) => Browser;
}

/** Shoppers arrive in turn from each neighbourhood, beginning where the seed says. */
export async function openCrowd(options: CrowdOptions): Promise<readonly Shopper[]> {
  const { seed, count, neighbourhoods, browser } = options;
  const first = randomFrom(seed, 'neighbourhood').between(0, neighbourhoods.length - 1);
  const nearOf = (id: number): string => neighbourhoods[(id + first) % neighbourhoods.length] ?? '';
  const catalogue = await readCatalogue(browser(nearOf(0), catalogueReaderAddress));
  return Array.from({ length: count }, (_, id) => {
    const near = nearOf(id);
    const random = randomFrom(seed, 'shopper', id);
    return createShopper({ id, near, browser: browser(near, shopperAddress(id)), random, catalogue });
  });
}

async function readCatalogue(browser: Browser): Promise<readonly string[]> {
  const reply = await browser.send('GET', '/api/products');
  const products: readonly unknown[] = 'body' in reply && Array.isArray(reply.body) ? reply.body : [];
  const ids = products.flatMap((product) =>
    typeof product === 'object' && product !== null && 'id' in product ? [String(product.id)] : [],
  );
  if (ids.length === 0) throw new Error(`/api/products must answer a list of products, got: ${JSON.stringify(reply)}`);
  return ids;
}

/** One request at a time, so that the same seed puts the same cart in the same place. */
export async function fillCarts(shoppers: readonly Shopper[]): Promise<void> {
  for (const shopper of shoppers) await shopper.arrive();
  for (let round = 0; round < fillRounds; round++) for (const shopper of shoppers) await shopper.fill(round);
  for (const shopper of oneIn(formOneIn, shoppers)) await shopper.openForm();
}

/** All at once, each as above: where nothing has to repeat, as at a deployed address. */
export async function fillCartsAtOnce(shoppers: readonly Shopper[]): Promise<void> {
  const filled = shoppers.map(async (shopper) => {
    await shopper.arrive();
    for (let round = 0; round < fillRounds; round++) await shopper.fill(round);
  });
  await Promise.all(filled);
  await Promise.all(oneIn(formOneIn, shoppers).map((shopper) => shopper.openForm()));
}

/** Of so many requests of a shopper one adds, where shoppers add on. */
const addsOneIn = 8;

/**
 * Looks at the cart again and again, all shoppers at once, as long as `goOn` says so.
 * @param adds whether they add now and then, too
 */
export async function lookOnAtOnce(shoppers: readonly Shopper[], goOn: () => boolean, adds = false): Promise<void> {
  await Promise.all(
    shoppers.map(async (shopper) => {
      for (let count = shopper.id; goOn(); count++) {
        if (adds && count % addsOneIn === 0) await shopper.add('before');
        else await shopper.look();
      }
    }),
  );
}

/** As `goOnShopping`, all at once. */
export async function goOnShoppingAtOnce(shoppers: readonly Shopper[]): Promise<void> {
  await Promise.all(shoppers.map((shopper) => shopper.sendForm()));
  await Promise.all(oneIn(buysOneIn, shoppers).map((shopper) => shopper.add('after')));
}

/** One at a time; the last acknowledged adds before the fault. */
export async function addInsideTheLag(shoppers: readonly Shopper[]): Promise<void> {
  for (const shopper of oneIn(lagOneIn, shoppers)) await shopper.add('lag');
}

/** One at a time, after recovery: forms left open are sent, and some shoppers go on buying. */
export async function goOnShopping(shoppers: readonly Shopper[]): Promise<void> {
  for (const shopper of shoppers) await shopper.sendForm();
  for (const shopper of oneIn(buysOneIn, shoppers)) await shopper.add('after');
}

/**
 * All at once until `until` is aborted: look at the cart, browse, and add where `mayAdd` says so. Elsewhere shoppers do
 * not add now: if only timing decided which instance takes an add, the drill would not repeat.
 */
export async function keepShopping(
  shoppers: readonly Shopper[],
  options: {
    readonly seed: number;
    readonly mayAdd: () => boolean;
    readonly until: AbortSignal;
    /** Real milliseconds between two requests of a shopper. Default: as in a drill, by the size of the crowd. */
    readonly thinkMs?: { readonly least: number; readonly most: number };
  },
): Promise<void> {
  const { seed, mayAdd, until, thinkMs = paceOf(shoppers.length).thinkMs } = options;
  setMaxListeners(0, until);
  await Promise.all(
    shoppers.map(async (shopper) => {
      const random = randomFrom(seed, 'thinking', shopper.id);
      let pause = random.between(0, thinkMs.most);
      while (await thought(pause, until)) {
        const act = random.next();
        if (act < 0.2) await shopper.browse();
        else if (act < 0.4 && mayAdd()) await shopper.add('after');
        else await shopper.look();
        pause = random.between(thinkMs.least, thinkMs.most);
      }
    }),
  );
}

/** @returns false if it was time to stop */
async function thought(pauseMs: number, until: AbortSignal): Promise<boolean> {
  try {
    await delay(pauseMs, undefined, { signal: until });
    return true;
  } catch {
    return false;
  }
}

const oneIn = (many: number, shoppers: readonly Shopper[]): readonly Shopper[] =>
  shoppers.filter((_, index) => index % many === 0);
