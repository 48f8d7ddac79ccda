/**
 * Buyers whose checkout is on its way when something breaks. Each does what a person does: asks again once when no answer came,
 * and if that is refused, adds something to find out whether the cart was ordered or is gone.
 */

import type { FatesOfOrders } from '../judging/counted';
import { buyerAddress } from './addresses';
import type { Browser, Reply } from './browser';

/** Few, because each is a handful of requests; enough that some are done, and some on their way. */
const buyers = 6;

/** Real milliseconds after which the fault strikes although too few were answered: a limit, not a wait. */
const mostMs = 500;

export interface Buyers {
  /** Sends every checkout. Resolves when half of them have been answered, so that the others are on their way. */
  orderNow(): Promise<void>;
  /** After recovery. @returns what became of each order */
  findOut(): Promise<FatesOfOrders>;
}

/** What became of one order, as its buyer can know. */
type Fate = 'placed' | 'twice' | 'notPlaced' | 'unknown';

/** @param productId what each of them has in the cart */
export async function openBuyers(
  neighbourhoods: readonly string[],
  browserOf: (near: string, address: string) => Browser,
  productId: string,
): Promise<Buyers> {
  const add = { json: { productId, quantity: 1 } } as const;
  const browsers = await Promise.all(
    Array.from({ length: buyers }, async (_, buyer) => {
      const near = neighbourhoods[buyer % neighbourhoods.length] ?? '';
      const browser = browserOf(near, buyerAddress(buyer));
      return isGood(await browser.send('POST', '/api/cart/items', add)) ? browser : null;
    }),
  );
  const withCart = browsers.filter((browser) => browser !== null);
  const checkOut = (browser: Browser): Promise<Reply> => browser.send('POST', '/api/checkout', { json: {} });
  let sent: readonly { readonly browser: Browser; readonly first: Promise<Reply> }[] = [];

  return {
    orderNow: async () => {
      let answered = 0;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, mostMs);
        const isEnough = (): void => {
          if (answered < Math.floor(withCart.length / 2)) return;
          clearTimeout(timer);
          resolve();
        };
        sent = withCart.map((browser) => {
          const first = checkOut(browser);
          // A rejection is an abort, and shows where the answer is awaited.
          void first
            .catch(() => null)
            .then(() => {
              answered++;
              isEnough();
            });
          return { browser, first };
        });
        isEnough();
      });
    },
    findOut: async () => {
      const fates = await Promise.all(
        sent.map(async ({ browser, first }) => {
          const reply = await first;
          const isUnanswered = !isKnown(reply);
          return { isUnanswered, fate: await fateOf(reply, browser) };
        }),
      );
      const count = (fate: Fate): number => fates.filter((each) => each.fate === fate).length;
      return {
        ...{ sent: sent.length, unanswered: fates.filter(({ isUnanswered }) => isUnanswered).length },
        ...{ placed: count('placed'), twice: count('twice'), notPlaced: count('notPlaced'), unknown: count('unknown') },
      };
    },
  };

  async function fateOf(first: Reply, browser: Browser): Promise<Fate> {
    const order = orderIn(first);
    if (order !== null) {
      // A buyer with a receipt does not ask again. A browser may: the page is reloaded.
      const again = orderIn(await checkOut(browser));
      return again !== null && again !== order ? 'twice' : 'placed';
    }
    if (orderIn(await checkOut(browser)) !== null) return 'placed';
    const added = await browser.send('POST', '/api/cart/items', add);
    if (!isKnown(added)) return 'unknown';
    return isGood(added) ? 'notPlaced' : 'placed';
  }
}

const isGood = (reply: Reply): boolean => 'status' in reply && reply.status >= 200 && reply.status < 300;

/** Whether the answer says what became of it: the shop's own 503 does not. */
const isKnown = (reply: Reply): boolean => 'status' in reply && reply.status < 500;

function orderIn(reply: Reply): string | null {
  if (!isGood(reply) || !('body' in reply)) return null;
  const { body } = reply;
  return typeof body === 'object' && body !== null && 'orderId' in body ? String(body.orderId) : null;
}
