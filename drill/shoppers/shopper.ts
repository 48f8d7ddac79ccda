/**
 * A virtual shopper: browses, fills a cart over several rounds, orders now and then, leaves a form open, keeps looking
 * while something breaks, and says in the end what the cart holds. Every other shopper reloads a page that failed,
 * once, as a person does; an add is never sent twice, because it is unknown whether the first one arrived.
 */

import { type AddedWhen, type Ledger, openLedger, type Units } from '../judging/ledger';
import type { Random } from '../running/random';
import type { Answer, Browser, Content, Reply } from './browser';
import { formThatAdds, type OpenForm } from './form';

/** Rounds of adding; every shopper makes one add in each of the first two, and in each later one by chance. */
export const fillRounds = 4;
const certainRounds = 2;

/** One of so many shoppers orders after the certain rounds, and begins a new cart. */
const ordersOneIn = 6;

export interface Shopper {
  readonly id: number;
  /** The region whose edge is nearest. */
  readonly near: string;
  readonly ledger: Ledger;
  /** First contact: the front page. */
  arrive(): Promise<void>;
  /** One round of filling the cart, `round` from 0. */
  fill(round: number): Promise<void>;
  /** Loads a page with a form that adds something, and leaves it open. */
  openForm(): Promise<void>;
  /** Sends the form that was left open; does nothing without one. */
  sendForm(): Promise<void>;
  /** Adds one unit of a product that is added only at this stage. */
  add(when: AddedWhen): Promise<void>;
  /** Forgets how many connections it had: the same number of times it connects from the same ports. */
  reconnect(time: number): void;
  /** Looks at a page that needs no cart. */
  browse(): Promise<void>;
  /** Looks at the cart once. Null: no answer, also not to the retry. */
  look(): Promise<Look | null>;
}

/** What a look at the cart showed, and who showed it. */
export interface Look {
  readonly units: Units;
  readonly process: string;
}

export interface ShopperOptions {
  readonly id: number;
  readonly near: string;
  readonly browser: Browser;
  readonly random: Random;
  /** Ids of what the shop sells: the first half is added before the fault, of the rest each moment has its own. */
  readonly catalogue: readonly string[];
}

export function createShopper(options: ShopperOptions): Shopper {
  const { id, near, browser, random, catalogue } = options;
  const ledger = openLedger();
  const half = Math.max(1, Math.floor(catalogue.length / 2));
  const goods = catalogue.slice(0, half);
  const kept = (index: number): string => catalogue[half + (index % Math.max(1, catalogue.length - half))] ?? '';
  const productOf = { before: kept(3), lag: kept(0), after: kept(1), form: kept(2) } as const;
  const reloads = id % 2 === 0;
  let form: OpenForm | null = null;

  function failed(reply: Reply): void {
    ledger.count('requestsFailed');
    if (isOutage(reply)) ledger.count('outages');
    if ('gaveUp' in reply) ledger.count('unanswered');
  }

  async function get(path: string): Promise<Answer | null> {
    ledger.count('requests');
    const first = await browser.send('GET', path);
    if (isGood(first)) return first;
    failed(first);
    if (!reloads) return null;
    const again = await browser.send('GET', path);
    if (!isGood(again)) return null;
    ledger.count('retriedSuccesses');
    return again;
  }

  async function look(): Promise<Look | null> {
    const promised = ledger.promised();
    const answer = await get('/api/cart');
    const units = answer && unitsIn(answer.body);
    if (!answer || !units) return null;
    ledger.see(units, promised);
    return { units, process: answer.process ?? 'unnamed' };
  }

  /** Sends an add of one unit and enters in the ledger what is known of it. */
  async function sendAdd(path: string, content: Content, productId: string, when: AddedWhen): Promise<Reply> {
    const promised = ledger.promised();
    ledger.count('requests');
    const reply = await browser.send('POST', path, content);
    if (!isGood(reply)) {
      if (isOutage(reply)) ledger.doubt(productId);
      failed(reply);
      return reply;
    }
    const process = reply.process ?? 'unnamed';
    ledger.acknowledge({ productId, when, process });
    const units = unitsIn(reply.body);
    if (units) ledger.see(units, promised);
    return reply;
  }

  const add = async (productId: string, when: AddedWhen): Promise<void> =>
    void (await sendAdd('/api/cart/items', { json: { productId, quantity: 1 } }, productId, when));

  async function checkOut(): Promise<void> {
    ledger.count('requests');
    const reply = await browser.send('POST', '/api/checkout', { json: {} });
    if (isGood(reply)) ledger.order();
    else failed(reply);
  }

  return {
    ...{ id, near, ledger, look, reconnect: browser.reconnect },
    arrive: async () => void (await get('/')),
    browse: async () => void (await get('/')),
    fill: async (round) => {
      // Drawn in any case, so that the stream does not depend on what was answered.
      const [adds, looks, productId] = [random.next() < 0.5, random.next() < 0.3, random.pick(goods)];
      const orders = id % ordersOneIn === ordersOneIn - 1;
      if (orders && round === certainRounds) await checkOut();
      if (round < certainRounds || adds || orders) await add(productId, 'before');
      if (looks) await look();
    },
    openForm: async () => {
      const answer = await get('/');
      form = answer && formThatAdds(answer.body, productOf.form);
    },
    sendForm: async () => {
      if (form === null) return;
      const { action, fields } = form;
      form = null;
      ledger.count('forms');
      const reply = await sendAdd(action, { form: { ...fields, quantity: '1' } }, productOf.form, 'after');
      if (statusOf(reply) === 403) ledger.count('formsRefused');
    },
    add: (when) => add(productOf[when], when),
  };
}

const isGood = (reply: Reply): reply is Answer => statusOf(reply) >= 200 && statusOf(reply) < 400;

const isOutage = (reply: Reply): boolean => statusOf(reply) === 0 || statusOf(reply) >= 500;

/** 0: no answer. */
const statusOf = (reply: Reply): number => ('status' in reply ? reply.status : 0);

/** The cart of an answer by the API, or null if it has none. */
export function unitsIn(body: unknown): Units | null {
  if (typeof body !== 'object' || body === null || !('items' in body) || !Array.isArray(body.items)) return null;
  const units = new Map<string, number>();
  for (const item of body.items as readonly unknown[]) {
    if (typeof item !== 'object' || item === null || !('productId' in item) || !('quantity' in item)) return null;
    units.set(String(item.productId), Number(item.quantity));
  }
  return units;
}
