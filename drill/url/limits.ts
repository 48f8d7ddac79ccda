/** How hard and how long a deployed address is asked. */

import { setTimeout as delay } from 'node:timers/promises';
import { fillRounds } from '../shoppers/shopper';

export interface Limits {
  /** 1 to 50. */
  readonly requestsPerSecond: number;
  /** 10 to 3600; to 86400 where shoppers watch. */
  readonly seconds: number;
}

export const defaultLimits: Limits = { requestsPerSecond: 10, seconds: 60 };

/**
 * Most requests of so many shoppers, if none has to be repeated: the catalogue, then for each the front page, an add and a
 * look a round, and an order or a form; at the audit an add or a form, and two looks.
 */
export function mostRequests(shoppers: number): { readonly auditing: number; readonly inAll: number } {
  const filling = 1 + shoppers * (2 + 2 * fillRounds);
  const auditing = shoppers * 3;
  return { auditing, inAll: filling + auditing };
}

/** Hands out turns, evenly spaced. A turn that was not used is not caught up. */
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

/** Whether the address is this machine's own, so that the load reaches no other machine. */
export const isLoopback = ({ hostname }: URL): boolean => loopback.test(hostname);
