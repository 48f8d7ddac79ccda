/**
 * A cut of the network that the drill itself stands in: then nothing is known of the shop. The request has not been sent, so it
 * can be sent again.
 */

import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, Reply } from '../shoppers/browser';

/** What the system says where this machine has no way out: no route, no network, no answer to the question for an address. */
const noWayOut = /\b(ENETUNREACH|ENETDOWN|EHOSTUNREACH|EHOSTDOWN|EAI_AGAIN)\b/;

export const isOwnNetwork = (reply: Reply): boolean => 'noAnswer' in reply && noWayOut.test(reply.noAnswer);

export interface Patience {
  /** Called when a request finds no way out, and when one has got out again. */
  readonly onCut: (isCut: boolean) => void;
  /** Called with each reply that says something of the shop. */
  readonly onReply: (reply: Reply) => void;
  readonly signal: AbortSignal;
  /** Real milliseconds between two attempts. Default: 2000. */
  readonly retryMs?: number;
}

/** A browser that waits for its own network. It sends nothing twice that has got out. */
export function patient(browser: Browser, { onCut, onReply, signal, retryMs = 2_000 }: Patience): Browser {
  return {
    ...browser,
    send: async (...request) => {
      for (let isCut = false; ; isCut = true) {
        const reply = await browser.send(...request);
        if (!isOwnNetwork(reply)) {
          if (isCut) onCut(false);
          onReply(reply);
          return reply;
        }
        if (!isCut) onCut(true);
        await delay(retryMs, undefined, { signal });
      }
    },
  };
}
