import type { Request, Response } from 'express';
import { type CartLines, cartFull, lineFull, noLines, soldOf } from '../cart';
import { countOrder } from '../formToken';
import { type Order, orderIdOf, orderOf } from '../order';
import type { Problem } from '../problem';
import { firstSessionId, newSessionId, nextSessionId, type SessionCookies, sessionCookies } from './sessionCookie';
import type { Content, Outcome, Refusal, Sessions } from './sessions';
import { type SignIns, signInsInMemory } from './signIns';
import { type Changed, type Shopper, type Store, sessionEnded } from './store';

interface Parts extends Pick<Store, 'name' | 'keeps' | 'isReachable' | 'close'> {
  /** Default: in this process's memory. */
  readonly signIns?: SignIns;
  readonly sessions: Sessions;
  /** The first signs, all verify. */
  readonly secrets: readonly string[];
}

/** A store that keeps sessions at the server and gives the browser a signed id: what `memory` and `redis` share. */
export function serverSideStore({
  name,
  keeps,
  sessions,
  secrets,
  isReachable,
  close,
  signIns = signInsInMemory(),
}: Parts): Store {
  const cookies = sessionCookies(secrets);
  return {
    name,
    keeps,
    isReachable,
    close,
    signIns,
    shopper: (request, response) => shopperWith(sessions, cookies, request, response),
  };
}

function shopperWith(sessions: Sessions, cookies: SessionCookies, request: Request, response: Response): Shopper {
  const named = cookies.read(request);

  /** Its id is signed again on use, so that a day after a rotation no live session needs the previous secret. */
  const used = (): void => {
    if (named?.isToBeWritten) cookies.write(response, named.id);
  };
  /**
   * `id`: of the session that answered.
   *
   * @throws Problem 409 for a refusal
   */
  const added = (id: string, outcome: Outcome, productId: string, quantity: number): CartLines => {
    if (outcome.refused === undefined) return outcome.lines;
    // A browser that did not get the answer to its checkout would otherwise come to the ended session for a day. What it
    // names stays as it is: if the checkout's answer has arrived meanwhile, that leads to the receipt.
    if (outcome.refused === 'ended') {
      if (named === undefined) countOrder(request, response);
      else cookies.writeNext(response, named.id, nextSessionId(id));
    }
    throw problemOf(outcome, productId, quantity);
  };
  const read = async (): Promise<Content | undefined> => {
    const content = named && (await sessions.read(named.id));
    if (content !== undefined) used();
    return content;
  };

  return {
    cart: async () => (await read())?.lines ?? noLines,

    async add(productId, quantity) {
      if (named !== undefined) {
        const outcome = await sessions.add(named.id, productId, quantity, false);
        if (outcome.refused !== 'missing') {
          if (outcome.refused !== 'ended') used();
          return added(named.id, outcome, productId, quantity);
        }
      }
      const id = named === undefined ? firstSessionId(request) : nextSessionId(named.id);
      const lines = added(id, await sessions.add(id, productId, quantity, true), productId, quantity);
      cookies.write(response, id);
      return lines;
    },

    async change(productId, quantity): Promise<Changed> {
      if (named === undefined) return { lines: noLines, wasInCart: false };
      const outcome = await sessions.change(named.id, productId, quantity);
      if (outcome.refused === 'missing') return { lines: noLines, wasInCart: false };
      if (outcome.refused !== 'ended') used();
      if (outcome.refused === 'notInCart') return { lines: outcome.lines, wasInCart: false };
      return { lines: added(named.id, outcome, productId, quantity), wasInCart: true };
    },

    async checkOut() {
      const seen = (await read())?.lines ?? noLines;
      const old = named?.id ?? '';
      const { id, order } = await checkOut(sessions, old, seen);
      cookies.write(response, id);
      cookies.writeNext(response, old, id);
      countOrder(request, response);
      return order;
    },

    lastOrder: async () => (await read())?.order,
  };
}

function problemOf(refusal: Refusal, productId: string, quantity: number): Problem {
  if (refusal.refused === 'lineFull') return lineFull(productId, refusal.held, quantity);
  return refusal.refused === 'cartFull' ? cartFull() : sessionEnded();
}

/**
 * The new session with the receipt first, then the old one's end: what fails before that end leaves the cart as it was.
 * If the answer to the end itself is lost, the result is unknown: the cart may be ordered, with its receipt in a
 * session whose cookie the browser did not get.
 */
async function checkOut(
  sessions: Sessions,
  oldId: string,
  seen: CartLines,
): Promise<{ readonly id: string; readonly order: Order }> {
  const orderId = orderIdOf(oldId);
  const expected = orderOf(seen, orderId);
  const id = newSessionId();
  await sessions.put(id, { lines: noLines, order: expected });
  const taken = await sessions.end(oldId, soldOf(seen));
  if (taken === undefined) {
    // The other checkout has the order, so this session is not needed. If it is left, it expires by itself.
    await sessions.drop(id).catch(() => {});
    throw sessionEnded();
  }
  const order = same(seen, taken) ? expected : orderOf(taken, orderId);
  if (order !== expected) await sessions.put(id, { lines: noLines, order });
  return { id, order };
}

const same = (one: CartLines, other: CartLines) =>
  one.size === other.size && [...one].every(([productId, quantity]) => other.get(productId) === quantity);
