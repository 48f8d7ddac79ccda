import type { Fault } from './fault';
import { foundAgain, keysOf, leftRotation, unknownHealthCheck } from './parts';

/**
 * One instance ends without warning (SIGKILL): one of those that carts depend on, chosen by the seed.
 *
 * On the wire: connections of requests in flight are reset; until health check takes the instance out, every request
 * that is sent to it finds a closed port and gets 502.
 *
 * undo: the instance leaves rotation, then the platform starts a replacement with another id. Where nothing takes it out
 * of rotation, clients wait for the replacement, an hour at the earliest. (A process that crashes on a healthy machine is
 * restarted there under the same id: that is `instance-restart` without the drain.)
 */
export const instanceCrash: Fault<'instance-crash'> = {
  id: 'instance-crash',
  description: 'one instance is gone; health check takes it out of rotation, then another stands in its place',
  takes: { processes: 'instance', redis: 'none', region: false },
  timers: ['eviction'],
  source: 'https://learn.microsoft.com/azure/app-service/monitor-instances-health-check',
  inDefaultDrill: true,
  inapplicable: unknownHealthCheck,
  async start(stage) {
    const { fleet, random, holders, region } = stage;
    const inRegion = fleet.instances().filter((instance) => instance.region === region.name);
    const victim = random.pick(holders.length > 0 ? holders : inRegion);
    await victim.kill();
    return {
      destroyed: keysOf([victim]),
      undo: async () => {
        await leftRotation(stage, [victim]);
        await fleet.replace(victim);
        await foundAgain(stage);
      },
    };
  },
};
