import type { Fault } from './fault';
import { keysOf } from './parts';

/**
 * One process is started again on its instance: same id, empty memory. So an affinity cookie stays valid and leads to a
 * process without the session.
 *
 * On the wire: the next process starts before this one is asked to end (SIGTERM), as App Service overlaps them unless
 * `WEBSITE_DISABLE_OVERLAPPED_RECYCLING` is set. The front end notices half a second later and sends requests to the
 * old one until then, also on connections that it kept: an app that closes at once loses them, one that lingers does
 * not. How soon App Service's front end notices is not documented.
 */
export const instanceRestart: Fault<'instance-restart'> = {
  id: 'instance-restart',
  description: 'one process drains and another takes its place on the instance, under the same id',
  takes: { processes: 'instance', redis: 'none', region: false },
  source: 'https://learn.microsoft.com/azure/app-service/reference-app-settings',
  inapplicable: () => null,
  async start({ fleet, random, holders, region }) {
    const inRegion = fleet.instances().filter((instance) => instance.region === region.name);
    const victim = random.pick(holders.length > 0 ? holders : inRegion);
    await fleet.restart(victim);
    return { destroyed: keysOf([victim]), undo: async () => {} };
  },
};
