/** Every request of a run: who sent it when, who answered, and how long that took. */

import type { Logged } from '../judging/requests';
import { isApiClient, shopperAt } from '../shoppers/addresses';
import type { Reply } from '../shoppers/browser';

export interface RequestLog {
  readonly all: readonly Logged[];
  /** @param client the address that the client pretends to have */
  enter(client: string, asked: { readonly path: string; readonly sentAt: number }, reply: Reply): void;
  /** Drops what was entered so far, which a scene that goes on for hours would keep. */
  forget(): void;
}

export function openLog(): RequestLog {
  const all: Logged[] = [];
  return {
    all,
    enter: (client, { path, sentAt }, reply) => {
      const tookMs = performance.now() - sentAt;
      const [status, process] = 'status' in reply ? [reply.status, reply.process] : [null, null];
      all.push({ shopper: shopperAt(client), isApi: isApiClient(client), path, sentAt, tookMs, status, process });
    },
    forget: () => void all.splice(0),
  };
}
