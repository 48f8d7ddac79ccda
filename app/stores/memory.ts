import { limitPassed, noLines, withLine } from '../cart';
import { serverSideStore } from './serverSide';
import { type Content, type Outcome, type Sessions, sessionSeconds } from './sessions';
import type { Store } from './store';

/**
 * Sessions and carts in this process, as in the usual starting point of a session-based web app: a restart loses all of
 * them, and another instance has none. It is here for comparison, not for use.
 */
export function memoryStore(secrets: readonly string[], now: () => number = Date.now): Store {
  return serverSideStore({
    name: 'memory',
    keeps: "in this process's memory",
    sessions: sessionsInMemory(now),
    secrets,
    isReachable: () => true,
    close: async () => {},
  });
}

interface Kept {
  /** `ended`: its cart was ordered. */
  readonly content: Content | 'ended';
  /** Milliseconds since 1970. */
  readonly usedAt: number;
}

/** Nothing is awaited between reading and writing, so no other request comes between. */
export function sessionsInMemory(now: () => number = Date.now): Sessions {
  // The longest unused first: a Map keeps the order in which keys were set, and every use sets its key again.
  const kept = new Map<string, Kept>();
  const set = (id: string, content: Content | 'ended') => {
    kept.delete(id);
    kept.set(id, { content, usedAt: now() });
  };
  const find = (id: string): Content | 'ended' | undefined => {
    for (const [old, { usedAt }] of kept) {
      if (now() - usedAt < sessionSeconds * 1000) break;
      kept.delete(old);
    }
    return kept.get(id)?.content;
  };
  const live = (id: string): Content | undefined => {
    const content = find(id);
    if (content === undefined || content === 'ended') return undefined;
    set(id, content);
    return content;
  };

  return {
    read: async (id) => live(id),
    async add(id, productId, quantity, opens): Promise<Outcome> {
      const content = find(id) ?? (opens ? { lines: noLines } : undefined);
      if (content === undefined || content === 'ended') return { refused: content ?? 'missing' };
      const refused = limitPassed(content.lines, productId, quantity);
      const held = content.lines.get(productId) ?? 0;
      if (refused !== undefined) return refused === 'lineFull' ? { refused, held } : { refused };
      const lines = withLine(content.lines, productId, held + quantity);
      set(id, { ...content, lines });
      return { lines };
    },
    async change(id, productId, quantity): Promise<Outcome> {
      const content = find(id);
      if (content === undefined || content === 'ended') return { refused: content ?? 'missing' };
      if (!content.lines.has(productId)) return { refused: 'notInCart', lines: content.lines };
      const lines = withLine(content.lines, productId, quantity);
      set(id, { ...content, lines });
      return { lines };
    },
    put: async (id, content) => set(id, content),
    async end(id, products) {
      const content = find(id);
      if (content === undefined || content === 'ended') return undefined;
      if (!products.some((product) => content.lines.has(product))) return undefined;
      set(id, 'ended');
      return content.lines;
    },
    drop: async (id) => void kept.delete(id),
  };
}
