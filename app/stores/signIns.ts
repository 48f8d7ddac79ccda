import type { Request, Response } from 'express';

/** How long a sign-in may stay half-way, in seconds. */
export const halfwaySeconds = 600;

/**
 * The most that a process keeps in its memory; beyond that the oldest is forgotten, so that nobody can fill the memory.
 */
const most = 10_000;

/**
 * Sign-ins that have begun and not ended: what the shop must still know when the browser comes back from the step in
 * between. Each is named by a random text, the `state` of OpenID Connect.
 */
export interface SignIns {
  begin(request: Request, response: Response, state: string, name: string): Promise<void>;
  /** The name that was given at the beginning, once; undefined: this state is not known here, was used, or is too old. */
  end(request: Request, response: Response, state: string): Promise<string | undefined>;
}

/**
 * In this process's memory, as many sign-in libraries keep them unless they are given a store. The browser that comes back
 * to another instance has begun no sign-in there.
 */
export function signInsInMemory(now: () => number = Date.now): SignIns {
  const begun = new Map<string, { readonly name: string; readonly until: number }>();
  return {
    async begin(_request, _response, state, name) {
      for (const [old, { until }] of begun) {
        if (until > now() && begun.size < most) break;
        begun.delete(old);
      }
      begun.set(state, { name, until: now() + halfwaySeconds * 1000 });
    },
    async end(_request, _response, state) {
      const found = begun.get(state);
      begun.delete(state);
      return found !== undefined && found.until > now() ? found.name : undefined;
    },
  };
}
