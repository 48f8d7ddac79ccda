import type { FleetPlan } from '../plan/fleetPlan';
import type { Fault } from './fault';
import { keysOf } from './parts';

const swaps = ({ regions }: FleetPlan): boolean => regions.every(({ hasSlot }) => hasSlot);

/**
 * A new package on every instance.
 *
 * With a slot: the new processes start beside the old ones, are warm, and take over all at once; then the old ones
 * drain. Without: region by region at the same time, one instance after another drains and restarts. Either way every
 * process ends, and the instances keep their ids.
 */
export const deploy: Fault<'deploy'> = {
  id: 'deploy',
  description: 'a new package: slots are swapped where there is one, else one instance after another restarts',
  takes: { processes: 'all', redis: 'none', region: false },
  source: 'https://learn.microsoft.com/azure/app-service/deploy-staging-slots',
  inapplicable: () => null,
  remark: (plan) =>
    swaps(plan)
      ? 'Deployed by swapping slots.'
      : 'Without a slot: a rolling restart, one instance of a region after another.',
  async start({ fleet, plan }) {
    const before = keysOf(fleet.instances());
    if (swaps(plan)) await fleet.swap('second');
    else {
      await Promise.all(
        fleet.regions.map(async ({ listed }) => {
          for (const instance of listed()) await fleet.restart(instance, { deployment: 'second' });
        }),
      );
    }
    return { destroyed: before, undo: async () => {} };
  },
};
