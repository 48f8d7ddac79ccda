import type { Request, RequestHandler } from 'express';
import expressSession, { type Session, type SessionData, type Store as SessionStore } from 'express-session';
import type { CartLines } from '../cart';
import { cookieName } from '../cookies';
import { type Order, orderOf } from '../order';
import { Problem } from '../problem';
import { cartEmpty, type Shopper, type Store, StoreUnavailable } from './store';

declare module 'express-session' {
  interface SessionData {
    /** When the session was made, in milliseconds since 1970; undefined: it is not kept yet. */
    openedAt?: number;
    lastOrder?: Order;
  }
}

export type KeptSession = Session & Partial<SessionData>;

/**
 * Carts, each of which lives and ends with its session and yet is not part of it. A session is one blob that is read at
 * the start of a request and written back at its end, so of two parallel adds the later writer would erase the other's.
 * `add` and `change` must therefore be atomic in the store.
 */
export interface Carts {
  read(session: KeptSession): Promise<CartLines>;
  /** undefined: the session has ended meanwhile, and nothing was added. */
  add(session: KeptSession, productId: string, quantity: number): Promise<CartLines | undefined>;
  /** undefined: as for `add`. */
  change(session: KeptSession, productId: string, quantity: number): Promise<CartLines | undefined>;
  /** Ends the session and answers what was in its cart at that instant: no add can slip in between. */
  take(sessionId: string): Promise<CartLines>;
}

interface Parts extends Pick<Store, 'name' | 'keeps' | 'isReachable' | 'close'> {
  readonly sessions: SessionStore;
  readonly carts: Carts;
  /** The first signs, all verify. */
  readonly secrets: readonly string[];
}

const nothing: CartLines = new Map();

const save = (session: Session) =>
  new Promise<void>((resolve, reject) => {
    session.save((error: unknown) => (error ? reject(error) : resolve()));
  });

const sessionOf = ({ session }: Request): KeptSession => {
  if (session === undefined) throw new StoreUnavailable('no session was loaded');
  return session;
};

/** A store that keeps sessions at the server and gives the browser a signed id: what `memory` and `redis` share. */
export function serverSideStore({ name, keeps, sessions, carts, secrets, isReachable, close }: Parts): Store {
  const changed = async (
    request: Request,
    change: (session: KeptSession) => Promise<CartLines | undefined>,
  ): Promise<CartLines> => {
    const session = sessionOf(request);
    if (session.openedAt === undefined) {
      session.openedAt = Date.now();
      // By itself express-session saves while the last byte of the answer waits, too late to change the answer.
      await save(session);
    }
    const lines = await change(session);
    if (lines === undefined) throw new Problem(409, 'This cart was ordered meanwhile, so nothing was changed.');
    return lines;
  };

  return {
    name,
    keeps,
    isReachable,
    close,
    session: sessionMiddleware(sessions, secrets),
    shopper: (request): Shopper => ({
      async cart() {
        return request.session?.openedAt === undefined ? nothing : carts.read(request.session);
      },
      add: (productId, quantity) => changed(request, (session) => carts.add(session, productId, quantity)),
      change: (productId, quantity) => changed(request, (session) => carts.change(session, productId, quantity)),
      checkOut: async () => checkOut(request, carts),
      async lastOrder() {
        return request.session?.lastOrder;
      },
    }),
  };
}

/**
 * The new session with the receipt first, then the old one's end: what fails before that end leaves the cart as it was.
 * If the answer to the end itself is lost, nobody knows: the cart may be ordered, and its receipt in a session whose cookie
 * the browser did not get. Not with `session.regenerate`, which ends the old one at once, and so loses both.
 */
async function checkOut(request: Request, carts: Carts): Promise<Order> {
  const old = sessionOf(request);
  const seen = old.openedAt === undefined ? nothing : await carts.read(old);
  if (seen.size === 0) throw cartEmpty();
  request.sessionStore.generate(request);
  const next = sessionOf(request);
  next.openedAt = Date.now();
  next.lastOrder = orderOf(seen);
  await save(next);
  const taken = await carts.take(old.id);
  if (taken.size === 0) {
    next.destroy(() => {}); // The other checkout has the order; this session would stand for nothing.
    throw cartEmpty();
  }
  if (!same(seen, taken)) {
    next.lastOrder = orderOf(taken, next.lastOrder.orderId);
    await save(next);
  }
  return next.lastOrder;
}

const same = (one: CartLines, other: CartLines) =>
  one.size === other.size && [...one].every(([productId, quantity]) => other.get(productId) === quantity);

/** One for each transport, because the cookie's name depends on it: see `cookieName`. */
function sessionMiddleware(sessions: SessionStore, secrets: readonly string[]): RequestHandler {
  const make = (secure: boolean) =>
    expressSession({
      name: cookieName('shop.sid', secure),
      secret: [...secrets],
      store: sessions,
      // Rewriting an unchanged session would let a slow request undo a parallel one.
      resave: false,
      // Whoever only looks gets no session and no cookie.
      saveUninitialized: false,
      // No maxAge: the cookie ends with the browser, the session with the store's time limit. By the request and not by
      // `secure` above: both middlewares share one store, which makes sessions by the options of the one made last.
      cookie: (request) => ({ httpOnly: true, sameSite: 'lax', secure: (request as Request).secure, path: '/' }),
    });
  const [http, https] = [make(false), make(true)];
  return (request, response, next) => (request.secure ? https : http)(request, response, next);
}
