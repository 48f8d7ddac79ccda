/**
 * A virtual shopper: looks at the shop, fills a cart over several rounds, keeps looking at it while something breaks,
 * and says in the end what it holds. Reads are retried once, as a person reloads a page; an add never, because nobody
 * knows whether the first one arrived.
 */

import { type Ledger, openLedger, type Units } from '../ledger';
import type { Random } from '../random';
import type { Answer, Browser } from './browser';

/** Rounds of adding; every shopper makes one add in each of the first two and in those after as chance has it. */
export const fillRounds = 4;
const certainRounds = 2;

export interface Shopper {
  readonly id: number;
  /** The region whose edge is nearest. */
  readonly near: string;
  readonly ledger: Ledger;
  /** First contact: the front page. */
  arrive(): Promise<void>;
  /** One round of filling the cart, `round` from 0. */
  fill(round: number): Promise<void>;
  /** Looks at the cart once. Null: no answer, also not to the retry. */
  look(): Promise<Look | null>;
}

/** What a look at the cart showed, and who showed it. */
export interface Look {
  readonly units: Units;
  readonly instance: string;
}

export interface ShopperOptions {
  readonly id: number;
  readonly near: string;
  readonly browser: Browser;
  readonly random: Random;
  /** Ids of what the shop sells. */
  readonly catalogue: readonly string[];
}

export function createShopper({ id, near, browser, random, catalogue }: ShopperOptions): Shopper {
  const ledger = openLedger();

  async function get(path: string): Promise<Answer | null> {
    for (const attempt of ['first', 'retry']) {
      if (attempt === 'first') ledger.count('requests');
      const reply = await browser.send('GET', path);
      if ('status' in reply && isGood(reply.status)) {
        if (attempt === 'retry') ledger.count('retriedSuccesses');
        return reply;
      }
      if (attempt === 'first') ledger.count('requestsFailed');
    }
    return null;
  }

  async function look(): Promise<Look | null> {
    const promised = ledger.promised();
    const answer = await get('/api/cart');
    const units = answer && unitsOf(answer.body);
    if (!answer || !units) return null;
    ledger.see(units, promised);
    return { units, instance: answer.instance ?? 'unnamed' };
  }

  async function add(productId: string): Promise<void> {
    const promised = ledger.promised();
    ledger.count('requests');
    const reply = await browser.send('POST', '/api/cart/items', { productId, quantity: 1 });
    if ('noAnswer' in reply || !isGood(reply.status)) {
      ledger.count('requestsFailed');
      if ('noAnswer' in reply || reply.status >= 500) ledger.count('ambiguousAdds');
      return;
    }
    ledger.acknowledge({ productId, instance: reply.instance ?? 'unnamed', at: Date.now() });
    const units = unitsOf(reply.body);
    if (units) ledger.see(units, promised);
  }

  return {
    id,
    near,
    ledger,
    arrive: async () => void (await get('/')),
    fill: async (round) => {
      // Drawn in any case, so that the stream does not depend on what was answered.
      const [adds, looks, productId] = [random.next() < 0.5, random.next() < 0.3, random.pick(catalogue)];
      if (round < certainRounds || adds) await add(productId);
      if (looks) await look();
    },
    look,
  };
}

const isGood = (status: number): boolean => status >= 200 && status < 400;

/** The cart of an answer by the API, or null if it has none. */
export function unitsOf(body: unknown): Units | null {
  if (typeof body !== 'object' || body === null || !('items' in body) || !Array.isArray(body.items)) return null;
  const units = new Map<string, number>();
  for (const item of body.items as readonly unknown[]) {
    if (typeof item !== 'object' || item === null || !('productId' in item) || !('quantity' in item)) return null;
    units.set(String(item.productId), Number(item.quantity));
  }
  return units;
}
