import { MemoryStore, type SessionData } from 'express-session';
import { type CartLines, maxLineQuantity, withLine } from '../cart';
import { type Carts, serverSideStore } from './serverSide';
import { lineFull, type Store } from './store';

/**
 * Sessions and carts in this process, as in the usual starting point of a session-based web app: a restart loses
 * all, another instance knows none. express-session's MemoryStore never drops the session of a browser that does not
 * come back, and says so in production: it is here to be compared with, not to be kept.
 */
export function memoryStore(secrets: readonly string[]): Store {
  const sessions = new SessionsWithCarts();
  return serverSideStore({
    name: 'memory',
    keeps: "in this process's memory",
    sessions,
    carts: cartsInMemory(sessions),
    secrets,
    isReachable: () => true,
    close: async () => {},
  });
}

/** express-session's own store, and beside each of its sessions a cart. */
class SessionsWithCarts extends MemoryStore {
  readonly carts = new Map<string, CartLines>();

  override set(id: string, session: SessionData, callback?: (error?: unknown) => void): void {
    if (!this.carts.has(id)) this.carts.set(id, new Map());
    super.set(id, session, callback);
  }

  override destroy(id: string, callback?: (error?: unknown) => void): void {
    this.carts.delete(id);
    super.destroy(id, callback);
  }
}

function cartsInMemory(sessions: SessionsWithCarts): Carts {
  // Nothing is awaited between reading and writing, so no other request comes between.
  const put = (id: string, productId: string, quantityAfter: (held: number) => number) => {
    const lines = sessions.carts.get(id);
    if (lines === undefined) return undefined;
    const changed = withLine(lines, productId, quantityAfter(lines.get(productId) ?? 0));
    sessions.carts.set(id, changed);
    return changed;
  };
  return {
    async read({ id }) {
      return sessions.carts.get(id) ?? new Map();
    },
    async add({ id }, productId, quantity) {
      return put(id, productId, (held) => {
        if (held + quantity > maxLineQuantity) throw lineFull(productId, held, quantity);
        return held + quantity;
      });
    },
    async change({ id }, productId, quantity) {
      return put(id, productId, () => quantity);
    },
    async take(id) {
      const lines = sessions.carts.get(id) ?? new Map<string, number>();
      sessions.destroy(id);
      return lines;
    },
  };
}
