import { MemoryStore } from 'express-session';
import { type Carts, serverSideStore } from './server-side';
import { lineFull, maxLineQuantity, type Store } from './store';

/**
 * Sessions and carts in this process, as in the usual starting point of a session-based web app: a restart loses
 * all, another instance knows none. express-session's MemoryStore never drops the session of a browser that does not
 * come back, and says so in production: it is here to be compared with, not to be kept.
 */
export function memoryStore(secrets: readonly string[]): Store {
  return serverSideStore({
    name: 'memory',
    keeps: "in this process's memory",
    sessions: new MemoryStore(),
    carts: cartsInMemory(),
    secrets,
    isReachable: () => true,
    close: async () => {},
  });
}

function cartsInMemory(): Carts {
  const carts = new Map<string, Map<string, number>>();
  return {
    async read(cartId) {
      return new Map(carts.get(cartId));
    },
    // Nothing is awaited between reading and writing, so no other request comes between.
    async add(cartId, productId, quantity) {
      const lines = carts.get(cartId) ?? new Map<string, number>();
      const held = lines.get(productId) ?? 0;
      if (held + quantity > maxLineQuantity) throw lineFull(productId, held, quantity);
      carts.set(cartId, lines.set(productId, held + quantity));
      return new Map(lines);
    },
  };
}
