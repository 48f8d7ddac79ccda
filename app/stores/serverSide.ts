import type { Request, Response } from 'express';
import { type CartLines, cartFull, lineFull, noLines, soldOf } from '../cart';
import { type Order, orderIdOf, orderOf } from '../order';
import { firstSessionId, newSessionId, nextSessionId, type SessionCookies, sessionCookies } from './sessionCookie';
import type { Content, Outcome, Sessions } from './sessions';
import { type Changed, type Shopper, type Store, sessionEnded } from './store';

interface Parts extends Pick<Store, 'name' | 'keeps' | 'isReachable' | 'close'> {
  readonly sessions: Sessions;
  /** The first signs, all verify. */
  readonly secrets: readonly string[];
}

/** A store that keeps sessions at the server and gives the browser a signed id: what `memory` and `redis` share. */
export function serverSideStore({ name, keeps, sessions, secrets, isReachable, close }: Parts): Store {
  const cookies = sessionCookies(secrets);
  return {
    name,
    keeps,
    isReachable,
    close,
    shopper: (request, response) => shopperWith(sessions, cookies, request, response),
  };
}

function shopperWith(sessions: Sessions, cookies: SessionCookies, request: Request, response: Response): Shopper {
  const named = cookies.read(request);

  /** Its id is signed again on use, so that a day after a rotation no live session needs the previous secret. */
  const used = (): void => {
    if (named?.isSignedByPrevious) cookies.write(response, named.id);
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
          used();
          return added(outcome, productId, quantity);
        }
      }
      const id = named === undefined ? firstSessionId(request) : nextSessionId(named.id);
      const lines = added(await sessions.add(id, productId, quantity, true), productId, quantity);
      cookies.write(response, id);
      return lines;
    },

    async change(productId, quantity): Promise<Changed> {
      if (named === undefined) return { lines: noLines, wasInCart: false };
      const outcome = await sessions.change(named.id, productId, quantity);
      if (outcome.refused === 'missing') return { lines: noLines, wasInCart: false };
      used();
      if (outcome.refused === 'notInCart') return { lines: outcome.lines, wasInCart: false };
      return { lines: added(outcome, productId, quantity), wasInCart: true };
    },

    async checkOut() {
      const seen = (await read())?.lines ?? noLines;
      const { id, order } = await checkOut(sessions, named?.id ?? '', seen);
      cookies.write(response, id);
      return order;
    },

    lastOrder: async () => (await read())?.order,
  };
}

/** @throws Problem 409 for a refusal */
function added(outcome: Outcome, productId: string, quantity: number): CartLines {
  if (outcome.refused === undefined) return outcome.lines;
  if (outcome.refused === 'lineFull') throw lineFull(productId, outcome.held, quantity);
  throw outcome.refused === 'cartFull' ? cartFull() : sessionEnded();
}

/**
 * The new session with the receipt first, then the old one's end: what fails before that end leaves the cart as it was.
 * If the answer to the end itself is lost, nobody knows: the cart may be ordered, and its receipt in a session whose cookie
 * the browser did not get.
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
    // The other checkout has the order; this session would stand for nothing. If it stays, it runs out by itself.
    await sessions.drop(id).catch(() => {});
    throw sessionEnded();
  }
  const order = same(seen, taken) ? expected : orderOf(taken, orderId);
  if (order !== expected) await sessions.put(id, { lines: noLines, order });
  return { id, order };
}

const same = (one: CartLines, other: CartLines) =>
  one.size === other.size && [...one].every(([productId, quantity]) => other.get(productId) === quantity);
