import type { Fault } from './fault';
import { keysOf, lasts, unknownZones, withoutRedis, zoneOf } from './parts';
import { takesNothing } from './takes';

/** How long, in Azure's seconds and at least in real milliseconds: assumed. */
const lastingSeconds = 90;
const leastRealMs = 1_500;

/**
 * A part of a zone fails: its instances answer, and do not reach Redis, which is well where it is. So the entry and the health
 * check still see the zone, and Redis does not. Assumed: Microsoft documents the loss of a zone and no part of one. With
 * `HEALTH_CHECKS_REDIS` on, health check would take them out after the time that it needs.
 *
 * On the wire: connections from the zone's processes to Redis are cut, then refused.
 */
export const zonePartial: Fault<'zone-partial'> = {
  id: 'zone-partial',
  isGrey: true,
  description: 'the instances of one zone answer and do not reach Redis, which nobody else notices',
  takes: takesNothing,
  source: null,
  throughLinks: true,
  sparesApi: true,
  inapplicable: (plan) => unknownZones(plan) ?? withoutRedis(plan),
  remark: ({ regions }) =>
    regions.some(({ zoneBalanced }) => zoneBalanced !== true)
      ? 'Instances are not spread over zones; all of them are assumed to be in the affected one.'
      : null,
  async start(stage) {
    const { fleet } = stage;
    const affected = zoneOf(stage);
    for (const instance of affected) fleet.linkOf(instance).behave({ isCut: true });
    return {
      destroyed: new Set(),
      ailment: { symptom: 'failed', hitsAll: false, processes: keysOf(affected) },
      undo: async () => {
        await lasts(stage, lastingSeconds, leastRealMs);
        for (const instance of affected) fleet.linkOf(instance).behave({});
      },
    };
  },
};
