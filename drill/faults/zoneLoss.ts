import { usesRedis } from '../../sessions/stores';
import type { Fault } from './fault';
import { foundAgain, keysOf, leftRotation, promote, unknownHealthCheck, unknownZones, zoneOf } from './parts';

/**
 * A zone fails: every instance in it, and the Redis primary, which is assumed to be there. Without zone balancing the
 * zones of instances are unknown; all of them are assumed to be in the failed zone.
 *
 * On the wire: as for a crash, and commands in flight to Redis are cut.
 *
 * undo: Redis promotes the replica, health check takes the instances out, others are started in the zones that are
 * left. Azure does not guarantee this backfill, and a report says what is left without it. In the drill it always succeeds.
 */
export const zoneLoss: Fault<'zone-loss'> = {
  id: 'zone-loss',
  description: 'one zone fails, with every instance in it and the Redis primary',
  takes: { processes: 'zone', redis: 'primary', region: false },
  timers: ['eviction', 'promotion'],
  source: 'https://learn.microsoft.com/azure/reliability/reliability-app-service',
  inDefaultDrill: true,
  inapplicable: (plan) => unknownZones(plan) ?? unknownHealthCheck(plan),
  remark: ({ regions }) =>
    regions.some(({ zoneBalanced }) => zoneBalanced !== true)
      ? 'Instances are not spread over zones; all of them are assumed to be in the failed one.'
      : null,
  writesInsideLag: ({ store }) => usesRedis(store),
  async start(stage) {
    const { fleet, region } = stage;
    const gone = zoneOf(stage);
    await Promise.all([...gone.map((instance) => instance.kill()), fleet.caches?.in(region.name).losePrimary()]);
    const left = fleet.instances().filter((instance) => instance.region === region.name);
    return {
      destroyed: keysOf(gone),
      undo: async () => {
        await Promise.all([
          promote(stage),
          leftRotation(stage, gone).then(() =>
            Promise.all(gone.map((instance, index) => fleet.replace(instance, left[index % left.length]?.zone))),
          ),
        ]);
        await foundAgain(stage);
      },
    };
  },
};
