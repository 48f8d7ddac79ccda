import { isUnknown } from '../../architecture/known';
import { isGeoReplicated } from '../../sessions/stores';
import type { FleetPlan } from '../plan/fleetPlan';
import type { Fault, Stage } from './fault';
import { keysOf, unknownProbe } from './parts';

/** Whether another region can take over by itself. */
const hasAnother = ({ regions }: FleetPlan): boolean => regions.length > 1;

/** Starts a new process for each one that the region had. */
async function startAll({ fleet, region }: Stage): Promise<void> {
  const listed = fleet.regions.find(({ plan }) => plan.name === region.name)?.listed() ?? [];
  await Promise.all(listed.map((instance) => fleet.replace(instance)));
}

/** Azure's seconds of an outage that shoppers meet before people act. */
const seenSeconds = 60;

/** What people do where Front Door finds no origin healthy: it would go on sending requests to the region. */
async function leaveByHand({ clock, region, disableOrigin }: Stage): Promise<void> {
  await clock.wait(seenSeconds);
  disableOrigin(region.name, true);
}

/**
 * A region goes dark: its front ends answer nobody, its processes end, its Redis keeps its data but is out of reach.
 *
 * With another region: undo is Front Door leaving it by its probes, so the audit is answered by the others; then the
 * region comes back (new processes, the same Redis, which catches up if it is geo-replicated) and traffic with it.
 *
 * Where its probe is never answered 200, Front Door leaves no region: people take the origin out.
 *
 * Alone: nobody answers while it lasts. undo is the same deployment, created again with the same session secret and nothing in
 * it; in Azure that takes people and time, which no timer here stands for.
 */
export const regionLoss: Fault<'region-loss'> = {
  id: 'region-loss',
  description: 'one region goes dark and, where another takes over, comes back after the audit',
  takes: { processes: 'region', redis: 'none', region: true },
  timers: ['front-door'],
  source: 'https://learn.microsoft.com/azure/frontdoor/health-probes',
  inDefaultDrill: true,
  inapplicable(plan) {
    if (hasAnother(plan) && plan.frontDoor?.probe === null) {
      return 'Front Door does not probe its origins, so it never leaves a region that is gone';
    }
    const unknown = unknownProbe(plan);
    if (unknown !== null) return unknown;
    const probe = plan.frontDoor?.probe;
    return hasAnother(plan) && probe && !isUnknown(probe) && probe.successfulSamplesRequired < 1
      ? `Front Door asks for ${probe.successfulSamplesRequired} successful samples, so every origin counts as healthy and it never leaves a region that is gone`
      : null;
  },
  remark: (plan) =>
    hasAnother(plan)
      ? null
      : 'There is no other region: nobody answers until the deployment is created again, empty, with the same session secret.',
  writesInsideLag: (plan) => hasAnother(plan) && isGeoReplicated(plan.store),
  async start(stage) {
    const { fleet, plan, region } = stage;
    const gone = fleet.instances().filter((instance) => instance.region === region.name);
    const cache = fleet.caches?.in(region.name);
    stage.goDark(region.name, true);
    fleet.caches?.cutOff(region.name, true);
    cache?.outOfReach(true);
    await Promise.all(gone.map((instance) => instance.kill()));
    if (!hasAnother(plan)) {
      return {
        destroyed: keysOf(gone),
        endedByPeople: true,
        undo: async () => {
          await cache?.redeploy();
          await startAll(stage);
          stage.goDark(region.name, false);
        },
      };
    }
    return {
      destroyed: keysOf(gone),
      ...(stage.isBlind && { endedByPeople: true as const }),
      undo: () => (stage.isBlind ? leaveByHand(stage) : stage.frontDoorAgrees(region.name, false)),
      back: async () => {
        cache?.outOfReach(false);
        await cache?.repair();
        fleet.caches?.cutOff(region.name, false);
        await fleet.caches?.caughtUp();
        await startAll(stage);
        stage.goDark(region.name, false);
        if (stage.isBlind) stage.disableOrigin(region.name, false);
        else await stage.frontDoorAgrees(region.name, true);
      },
    };
  },
};
