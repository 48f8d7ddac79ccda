/**
 * Which instance takes a request without an affinity cookie, by `site_config.load_balancing_mode`; its default is
 * `LeastRequests`.
 * @see https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/linux_web_app
 *
 * How Azure breaks ties is not documented. Here: the instance that was chosen least often since the last `evenOut`,
 * then a hash of the client's address and port. So requests are spread evenly, a client is not bound to one instance,
 * and the choice repeats with the seed. By turns it is the same without the requests that are outstanding; by hash it is the
 * client's address alone, so a client meets the same instance as long as the instances stay.
 */

import type { LoadBalancing } from '../plan/loadBalancing';
import { hashOf } from '../running/random';

/** How an instance treats requests of clients. Its pings it answers as if it were well. */
export interface Manner {
  /** Real milliseconds before the app gets a request. Default: none. */
  readonly delayMs?: number;
  /** One of so many answers is replaced by 500. Default: none. */
  readonly failsOneIn?: number;
}

export interface Backend {
  /** 64 hexadecimal digits: `WEBSITE_INSTANCE_ID`. */
  readonly id: string;
  readonly port: number;
  /** Unique among the processes of a run. */
  readonly key: string;
  readonly alive: () => boolean;
  /** Default: - it is well. */
  readonly manner?: () => Manner;
}

export interface Rotation {
  /** Who takes the next request of this client; null if there is no backend. */
  choose(backends: readonly Backend[], client: string): Backend | null;
  /** Counts the request as outstanding until the returned function is called. */
  begin(backend: Backend): () => void;
  /** Forgets how often each was chosen, so that later choices do not depend on the timing of earlier ones. */
  evenOut(): void;
}

export function createRotation(seed: number, mode: LoadBalancing = 'least-requests'): Rotation {
  const outstanding = new Map<string, number>();
  const chosen = new Map<string, number>();

  /**
   * A new instance starts level with the one chosen least often. Otherwise it would get every request until it had
   * caught up.
   */
  function level(backends: readonly Backend[]): void {
    const counts = backends.flatMap(({ id }) => chosen.get(id) ?? []);
    const least = counts.length > 0 ? Math.min(...counts) : 0;
    for (const { id } of backends) if (!chosen.has(id)) chosen.set(id, least);
  }

  return {
    choose(backends, client) {
      level(backends);
      const rank = ({ id }: Backend): readonly number[] => {
        if (mode === 'request-hash') return [hashOf(`${seed}/${client.replace(/:\d+$/, '')}/${id}`)];
        const byTurns = [chosen.get(id) ?? 0, hashOf(`${seed}/${client}/${id}`)];
        return mode === 'round-robin' ? byTurns : [outstanding.get(id) ?? 0, ...byTurns];
      };
      const [first] = backends
        .map((backend) => ({ backend, rank: rank(backend) }))
        .sort((a, b) => compare(a.rank, b.rank));
      if (!first) return null;
      chosen.set(first.backend.id, (chosen.get(first.backend.id) ?? 0) + 1);
      return first.backend;
    },
    begin({ id }) {
      outstanding.set(id, (outstanding.get(id) ?? 0) + 1);
      return () => outstanding.set(id, (outstanding.get(id) ?? 1) - 1);
    },
    evenOut: () => chosen.clear(),
  };
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
