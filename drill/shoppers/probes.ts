/**
 * Clients that send requests all the time, by which recovery is measured. Some ask the stateless API without cookies, which
 * shows what an architecture does to clients that need no state; others each have a cart.
 */

import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser } from './browser';

export interface Probes {
  /** Of the stateless clients alone. */
  readonly counts: () => { readonly requests: number; readonly failed: number };
  /**
   * Resolves when every probe of a second has succeeded, with `performance.now()` of that second's begin: of `since`, or
   * of the last failure after it. @throws after `deadlineMs` real milliseconds without one, or once `hopeless` gives a
   * reason why none will come.
   */
  cleanSecond(since: number, deadlineMs: number, hopeless: () => string | null): Promise<number>;
  stop(): Promise<void>;
}

/** Real milliseconds between two probes of one client. */
const pauseMs = 100;
const secondMs = 1_000;

export interface ProbeOptions {
  readonly clients: number;
  /** Opens a stateless client; one per request, so that no affinity cookie sticks. */
  readonly open: (client: number) => Browser;
  /** Clients that have a cart. */
  readonly shoppers: readonly Browser[];
  readonly signal: AbortSignal;
}

export function startProbes({ clients, open, shoppers, signal }: ProbeOptions): Probes {
  const stopping = new AbortController();
  const ended = AbortSignal.any([signal, stopping.signal]);
  setMaxListeners(0, ended);
  const counts = { requests: 0, failed: 0 };
  let lastFailure = Number.NEGATIVE_INFINITY;
  let lastAnswer = Number.NEGATIVE_INFINITY;

  /** @returns whether it failed */
  async function ask(browser: Browser, path: string): Promise<boolean> {
    const reply = await browser.send('GET', path);
    lastAnswer = performance.now();
    const failed = !('status' in reply) || reply.status !== 200;
    if (failed) lastFailure = lastAnswer;
    return failed;
  }
  async function probe(once: () => Promise<void>): Promise<void> {
    while (!ended.aborted) {
      await once();
      await delay(pauseMs, undefined, { signal: ended });
    }
  }
  const stateless = async (client: number): Promise<void> => {
    counts.requests++;
    if (await ask(open(client), '/api/products')) counts.failed++;
  };
  // Rejects on abort. A caller that waits for a clean second sees the error there.
  const running = [
    ...Array.from({ length: clients }, (_, client) => probe(() => stateless(client))),
    ...shoppers.map((browser) => probe(async () => void (await ask(browser, '/api/cart')))),
  ].map((each) => each.catch(() => undefined));

  return {
    counts: () => ({ ...counts }),
    async cleanSecond(since, deadlineMs, hopeless) {
      const begun = performance.now();
      for (;;) {
        const begin = Math.max(since, lastFailure);
        if (lastAnswer - begin >= secondMs) return begin;
        const reason = hopeless();
        if (reason !== null) throw new Error(reason);
        if (performance.now() - begun > deadlineMs) {
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
