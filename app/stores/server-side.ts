import { randomUUID } from 'node:crypto';
import expressSession, { type Session, type Store as SessionStore } from 'express-session';
import { type CartLines, type Store, StoreUnavailable } from './store';

declare module 'express-session' {
  interface SessionData {
    /** Leads to the cart, which is not in the session: see `Carts`. */
    cartId?: string;
  }
}

/**
 * Carts, apart from the sessions that lead to them. A session is one blob that is read at the start of a request and
 * written back at its end, so of two parallel adds the later writer would erase the other's. `add` must therefore be
 * atomic in the store.
 */
export interface Carts {
  read(cartId: string): Promise<CartLines>;
  add(cartId: string, productId: string, quantity: number): Promise<CartLines>;
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

/** A store that keeps sessions at the server and gives the browser a signed id: what `memory` and `redis` share. */
export function serverSideStore({ name, keeps, sessions, carts, secrets, isReachable, close }: Parts): Store {
  return {
    name,
    keeps,
    isReachable,
    close,
    session: expressSession({
      name: 'shop.sid',
      secret: [...secrets],
      store: sessions,
      // Rewriting an unchanged session would let a slow request undo a parallel one.
      resave: false,
      // Whoever only looks gets no session and no cookie.
      saveUninitialized: false,
      // No maxAge: the cookie ends with the browser, the session with the store's time limit. `auto` marks it Secure
      // when the request came over TLS, also where a trusted proxy ended that.
      cookie: { httpOnly: true, sameSite: 'lax', secure: 'auto', path: '/' },
    }),
    cart: ({ session }) => ({
      async read() {
        return session?.cartId === undefined ? nothing : carts.read(session.cartId);
      },
      async add(productId, quantity) {
        if (session === undefined) throw new StoreUnavailable('no session was loaded');
        if (session.cartId !== undefined) return carts.add(session.cartId, productId, quantity);
        // The cart first: should it fail, no session is left behind that leads nowhere.
        const cartId = randomUUID();
        const lines = await carts.add(cartId, productId, quantity);
        session.cartId = cartId;
        // By itself express-session saves while the last byte of the answer waits, too late to change the answer.
        await save(session);
        return lines;
      },
    }),
  };
}
