/** How hard and how long a deployed address is asked. */

import { setTimeout as delay } from 'node:timers/promises';

export interface Limits {
  /** 1 to 50. */
  readonly requestsPerSecond: number;
  /** 10 to 3600. */
  readonly seconds: number;
}

export const defaultLimits: Limits = { requestsPerSecond: 10, seconds: 60 };

/** Hands out turns, evenly spaced; a turn that nobody took is not made up for. */
export function pacer({ requestsPerSecond }: Limits, signal: AbortSignal): () => Promise<void> {
  const spacing = 1000 / requestsPerSecond;
  let next = 0;
  return async () => {
    const turn = Math.max(performance.now(), next);
    next = turn + spacing;
    await delay(turn - performance.now(), undefined, { signal });
  };
}

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether the address is this machine's own, so that nobody else's service is loaded. */
export const isLoopback = ({ hostname }: URL): boolean => loopback.test(hostname);
