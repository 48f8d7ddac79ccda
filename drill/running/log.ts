/** Every request of a run: who sent it when, who answered, and how long that took. */

import type { Reply } from '../shoppers/browser';

export interface Logged {
  /** The address that the client pretends to have, see `shoppers/addresses.ts`. */
  readonly client: string;
  readonly path: string;
  /** `performance.now()`. */
  readonly sentAt: number;
  /** Milliseconds until the answer was complete, or until there was none. */
  readonly tookMs: number;
  /** null: no answer. */
  readonly status: number | null;
  /** Key of the process that answered; null: a layer before it did, or nobody. */
  readonly process: string | null;
}

export interface RequestLog {
  readonly all: readonly Logged[];
  enter(client: string, asked: { readonly path: string; readonly sentAt: number }, reply: Reply): void;
}

export function openLog(): RequestLog {
  const all: Logged[] = [];
  return {
    all,
    enter: (client, { path, sentAt }, reply) => {
      const answered = 'status' in reply;
      const tookMs = performance.now() - sentAt;
      const [status, process] = answered ? [reply.status, reply.process] : [null, null];
      all.push({ client, path, sentAt, tookMs, status, process });
    },
  };
}
