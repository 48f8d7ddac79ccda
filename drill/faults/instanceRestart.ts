import type { Fault } from './fault';
import { keysOf } from './parts';

/**
 * One process is asked to end (SIGTERM), drains, and is started again on the same instance: same id, empty memory. So
 * an affinity cookie stays valid and leads to a process that knows nothing.
 *
 * On the wire: requests in flight finish; until the process listens again, requests to it meet a closed port. App
 * Service can overlap the old process with the new one; that is not emulated, so failures are an upper bound.
 */
export const instanceRestart: Fault<'instance-restart'> = {
  id: 'instance-restart',
  description: 'one process drains and is started anew on its instance, under the same id',
  takes: { processes: 'instance', redis: 'none', region: false },
  source: null,
  inapplicable: () => null,
  async start({ fleet, random, holders, region }) {
    const inRegion = fleet.instances().filter((instance) => instance.region === region.name);
    const victim = random.pick(holders.length > 0 ? holders : inRegion);
    await fleet.restart(victim);
    return { destroyed: keysOf([victim]), undo: async () => {} };
  },
};
