import type { Deployment, Region } from '../architecture/deployment';
import { isUnknown, type Known } from '../architecture/known';
import { sessionStore } from '../sessions/stores';

/** What may fail, what fails most often first. */
export const parts = ['instance', 'zone', 'region'] as const;

export type Part = (typeof parts)[number];

/** What the loss of one part costs. */
export interface Loss {
  /**
   * Share of the carts that are lost, from 0 to 1, where shoppers are spread evenly over the regions that take traffic and
   * over their instances.
   */
  readonly share: Known<number>;
  /** Whether nobody is served until people act: nothing in Azure takes over by itself. */
  readonly needsPeople: Known<boolean>;
  /** Which fact it follows from, one sentence. */
  readonly because: string;
  /** What a drill counted; absent: it was not drilled. */
  readonly measured?: Measured;
}

/** What a drill counted. Terms as `drill --json` has them. */
export interface Measured {
  readonly cartsLost: number;
  readonly shoppers: number;
  readonly writesLost: number;
  readonly cartsResurrected: number;
  /** Whether it went as predicted. */
  readonly met: boolean;
}

export type Losses = Readonly<Record<Part, Loss>>;

/**
 * What the loss of an instance, a zone and a region costs, from the facts alone: where sessions are kept, whether affinity
 * brings a client back there, and how much of it fails at once.
 *
 * @see https://learn.microsoft.com/azure/reliability/reliability-app-service
 */
export function lossesOf(deployment: Deployment): Losses {
  const { sessions, regions } = deployment;
  const active = regions.filter(({ role }) => role === 'active');
  const open = [sessions, ...regions.map(({ role }) => role)].find(isUnknown);
  if (open || isUnknown(sessions)) return everywhere(deployment, open ?? { unknown: 'unknown' }, open?.unknown ?? '');
  if (active.length === 0)
    return everywhere(deployment, { unknown: 'no region takes traffic' }, 'No region takes traffic.');
  const { keptIn, sharedBy } = sessionStore(sessions);
  if (keptIn === 'client')
    return everywhere(deployment, 0, 'The client holds the whole session, so nothing on a server can lose it.');
  if (keptIn === 'nowhere') return everywhere(deployment, 0, 'The app keeps no sessions, so there is none to lose.');
  if (keptIn === 'service') return ofService(deployment, sessionStore(sessions).label);
  return keptIn === 'process'
    ? ofProcesses(deployment, active)
    : ofRedis(deployment, active, sharedBy === 'deployment' && regions.length > 1);
}

/** Who must act follows from the deployment, wherever sessions are. */
const withPeople = (deployment: Deployment, losses: Record<Part, Pick<Loss, 'share' | 'because'>>): Losses => ({
  instance: { ...losses.instance, needsPeople: false },
  zone: { ...losses.zone, needsPeople: zoneNeedsPeople(deployment) },
  region: { ...losses.region, needsPeople: deployment.regions.length < 2 },
});

const everywhere = (deployment: Deployment, share: Known<number>, because: string): Losses => {
  const same = { share, because };
  return withPeople(deployment, { instance: same, zone: same, region: same });
};

/** Which of the services that the document declares has the sessions is unknown, and with it what that one survives. */
function ofService(deployment: Deployment, label: string): Losses {
  const open = { share: { unknown: `what the ${label} with the sessions survives is not read` }, because: '' };
  const because = `What the ${label} with the carts survives is not read.`;
  return withPeople(deployment, {
    instance: { share: 0, because: `Carts live outside every process (${label}).` },
    zone: { ...open, because },
    region: { ...open, because },
  });
}

/** An app in only one zone is lost with that zone, unless another region takes over. */
function zoneNeedsPeople({ regions }: Deployment): Known<boolean> {
  if (regions.length > 1) return false;
  const balanced = regions[0]?.app.plan.zoneBalanced ?? false;
  return isUnknown(balanced) ? balanced : !balanced;
}

function ofProcesses(deployment: Deployment, active: readonly Region[]): Losses {
  const kept = keepsClients(deployment, active);
  if (isUnknown(kept)) return everywhere(deployment, kept, kept.unknown);
  if (!kept)
    return everywhere(
      deployment,
      1,
      'Nothing brings a client back to the process that has its cart, so carts are lost without any failure.',
    );
  const counts = active.map(({ app }) => app.plan.instances);
  const zoned = active.map(({ app }) => app.plan.zoneBalanced);
  const openCount = counts.find(isUnknown);
  const openZone = zoned.find(isUnknown);
  const most = (inRegion: (instances: number, index: number) => number): Known<number> =>
    openCount ?? Math.max(...counts.map((count, index) => inRegion(count as number, index))) / active.length;
  return withPeople(deployment, {
    instance: {
      share: most((count) => 1 / Math.max(count, 1)),
      because: 'Carts live in processes, and one process ends with its carts.',
    },
    zone: {
      share:
        openZone ?? most((count, index) => (zoned[index] === true ? Math.ceil(count / 3) / Math.max(count, 1) : 1)),
      because: 'Carts live in processes: those of the zone end. Instances that are not spread are all in one zone.',
    },
    region: { share: 1 / active.length, because: 'Carts live in processes: those of the region end.' },
  });
}

/** Whether a client comes back to the process that has its cart, as long as nothing fails. */
function keepsClients({ affinity, hostPreserved }: Deployment, active: readonly Region[]): Known<boolean> {
  if (active.length > 1) {
    if (isUnknown(affinity.frontDoor)) return affinity.frontDoor;
    if (affinity.frontDoor === 'off') return false;
  }
  const counts = active.map(({ app }) => app.plan.instances);
  if (counts.every((count) => count === 1)) return true;
  if (isUnknown(affinity.appService)) return affinity.appService;
  if (affinity.appService !== 'on') return false;
  // The cookie of an overridden host name is for a name that the browser did not ask for.
  const proxied = active.map(({ app }) => app.affinityProxied);
  if (proxied.every((yes) => yes === true)) return true;
  return hostPreserved === true ? true : (proxied.find(isUnknown) ?? hostPreserved);
}

function ofRedis(deployment: Deployment, active: readonly Region[], isShared: boolean): Losses {
  const caches = active.map(({ redis }) => redis);
  if (caches.some((redis) => redis === null)) {
    const because = 'The Terraform does not show the Redis that has the carts';
    return everywhere(deployment, { unknown: because }, `${because}.`);
  }
  const replicas = caches.map((redis) => redis?.highAvailability ?? false);
  const open = replicas.find(isUnknown);
  const single = replicas.includes(false) && !isShared;
  return withPeople(deployment, {
    instance: { share: 0, because: 'Carts live in Redis, outside every process.' },
    zone: {
      share: open ?? (single ? 1 / active.length : 0),
      because: single
        ? 'Redis has one node, and its carts are lost with it.'
        : 'Redis has another copy; only the last writes before the failure may be lost.',
    },
    region: {
      share: isShared ? 0 : 1 / active.length,
      because: isShared
        ? 'Every region has a copy of the carts; only the last writes may be lost.'
        : 'The Redis that has the carts is lost with its region, or away until the region is back.',
    },
  });
}
