/**
 * Clients of the stateless API, without cookies: they show what an architecture does to those who need no state, and
 * their requests are the probes by which recovery is told.
 */

import { setTimeout as delay } from 'node:timers/promises';
import type { Browser } from './browser';

export interface Probes {
  readonly counts: () => { readonly requests: number; readonly failed: number };
  /**
   * Resolves when every probe of a second has succeeded, with `performance.now()` of that second's begin: of `since`, or
   * of the last failure after it. @throws after `deadlineMs` real milliseconds without one.
   */
  cleanSecond(since: number, deadlineMs: number): Promise<number>;
  stop(): Promise<void>;
}

/** Real milliseconds between two probes of one client. */
const pauseMs = 40;
const secondMs = 1_000;

/** Starts probing: each browser is opened anew per request, so that no affinity cookie sticks. */
export function startProbes(clients: number, open: (client: number) => Browser, signal: AbortSignal): Probes {
  const stopping = new AbortController();
  const ended = AbortSignal.any([signal, stopping.signal]);
  const counts = { requests: 0, failed: 0 };
  let lastFailure = Number.NEGATIVE_INFINITY;
  let lastAnswer = Number.NEGATIVE_INFINITY;

  async function probe(client: number): Promise<void> {
    while (!ended.aborted) {
      counts.requests++;
      const reply = await open(client).send('GET', '/api/products');
      lastAnswer = performance.now();
      if (!('status' in reply) || reply.status !== 200) {
        counts.failed++;
        lastFailure = lastAnswer;
      }
      await delay(pauseMs, undefined, { signal: ended });
    }
  }
  // Ends by rejection on abort; whoever waits for a clean second learns of it there.
  const running = Array.from({ length: clients }, (_, client) => probe(client).catch(() => undefined));

  return {
    counts: () => ({ ...counts }),
    async cleanSecond(since, deadlineMs) {
      for (;;) {
        const begin = Math.max(since, lastFailure);
        if (lastAnswer - begin >= secondMs) return begin;
        if (performance.now() - since > deadlineMs) {
          throw new Error(
            `No second without a failed probe within ${deadlineMs} ms of the repair: the fleet did not recover.`,
          );
        }
        await delay(10, undefined, { signal });
      }
    },
    async stop() {
      stopping.abort();
      await Promise.all(running);
    },
  };
}
