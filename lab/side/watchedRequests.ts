/** Every request of a side as a dot, collected until the page is sent the next handful. */

import type { Browser, Reply } from '../../drill/shoppers/browser';
import type { Dot, Outcome } from '../messages';

type Pending = { -readonly [Key in keyof Dot]: Dot[Key] };

export interface WatchedRequests {
  /** A client whose every request is seen. */
  watch(browser: Browser, who: Dot['who'], near: number): Browser;
  /** Enters a request that was made in another way. */
  see(who: Dot['who'], near: number, reply: { readonly status: number; readonly process: string | null } | null): void;
  /** The shopper's last request was answered, but without the cart that it had been promised. */
  missedCart(who: number): void;
  /** What has come since the last call. */
  take(): readonly Dot[];
  /** Requests that an instance answered in the last second. */
  answersPerSecond(): number;
}

const secondMs = 1_000;

export function watchRequests(): WatchedRequests {
  let pending: Pending[] = [];
  let answers: number[] = [];
  const latest = new Map<Dot['who'], Pending>();

  function enter(who: Dot['who'], near: number, process: string | null, outcome: Outcome): void {
    const dot: Pending = { who, process, near, outcome };
    pending.push(dot);
    latest.set(who, dot);
    if (outcome !== 'failed') answers.push(performance.now());
  }
  const see: WatchedRequests['see'] = (who, near, reply) => {
    const good = reply !== null && reply.status < 500;
    enter(who, near, reply?.process ?? null, good ? 'answered' : 'failed');
  };
  return {
    see,
    watch: (browser, who, near) => ({
      ...browser,
      send: async (...request) => {
        const reply: Reply = await browser.send(...request);
        see(who, near, 'status' in reply ? reply : null);
        return reply;
      },
    }),
    missedCart: (who) => {
      const dot = latest.get(who);
      if (dot) dot.outcome = 'lost';
    },
    take: () => {
      const taken = pending;
      pending = [];
      return taken;
    },
    answersPerSecond: () => {
      const since = performance.now() - secondMs;
      answers = answers.filter((at) => at >= since);
      return answers.length;
    },
  };
}
