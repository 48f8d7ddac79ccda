/** How long this program could not run at a time: what a busy machine does to everything that a drill starts. */

export interface Stalls {
  /** Milliseconds, of the longest. */
  longestMs(): number;
  /** The same without those until now. */
  fromNow(): Stalls;
}

export interface StallWatch extends Stalls {
  stop(): void;
}

/** Milliseconds. Less is usual, and not kept. */
const everyMs = 20;
const leastMs = 100;

/** @param now Default: the time of this program */
export function watchStalls(now: () => number = () => performance.now()): StallWatch {
  const stalls: { readonly at: number; readonly ms: number }[] = [];
  let last = now();
  const look = (): void => {
    const at = now();
    const ms = at - last - everyMs;
    if (ms >= leastMs) stalls.push({ at, ms });
    last = at;
  };
  const timer = setInterval(look, everyMs).unref();
  const since = (begin: number): Stalls => ({
    longestMs: () => {
      look();
      return stalls.reduce((longest, { at, ms }) => (at > begin ? Math.max(longest, ms) : longest), 0);
    },
    fromNow: () => {
      look();
      return since(now());
    },
  });
  return { ...since(Number.NEGATIVE_INFINITY), stop: () => clearInterval(timer) };
}
