/** When a lab ends by itself: nobody has its page open, or it has run long enough. */

import type { LabServer } from './server';

export interface Limits {
  /** Real milliseconds without a page until it ends, after one was open. */
  readonly withoutPageMs: number;
  /** Real milliseconds until the first page must be open. */
  readonly firstPageMs: number;
  /** Real milliseconds that a lab runs at most. */
  readonly mostMs: number;
}

const minuteMs = 60_000;

export const defaultMinutes = 60;

export const defaultLimits: Limits = {
  withoutPageMs: 2 * minuteMs,
  firstPageMs: 10 * minuteMs,
  mostMs: defaultMinutes * minuteMs,
};

/** Resolves with the reason, one sentence, when it is time to end. */
export function timeToEnd(server: LabServer, limits: Limits, signal: AbortSignal): Promise<string> {
  return new Promise((resolve) => {
    const minutes = (ms: number): string => {
      const count = Math.round(ms / minuteMs);
      return `${count} ${count === 1 ? 'minute' : 'minutes'}`;
    };
    const timers = new Set<NodeJS.Timeout>();
    const end = (reason: string): void => {
      for (const timer of timers) clearTimeout(timer);
      resolve(reason);
    };
    const after = (ms: number, reason: string): NodeJS.Timeout => {
      const timer = setTimeout(() => end(reason), ms);
      timers.add(timer);
      return timer;
    };
    after(limits.mostMs, `It has run for ${minutes(limits.mostMs)}, which is its limit (--minutes).`);
    let absent = after(limits.firstPageMs, `Nobody opened its page within ${minutes(limits.firstPageMs)}.`);
    server.onPages(() => {
      clearTimeout(absent);
      if (server.pages() === 0)
        absent = after(limits.withoutPageMs, `Its page has been closed for ${minutes(limits.withoutPageMs)}.`);
    });
    signal.addEventListener('abort', () => end('It was interrupted.'), { once: true });
    if (signal.aborted) end('It was interrupted.');
  });
}
