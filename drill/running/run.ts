/**
 * One deployment under one fault, phase by phase:
 *
 *     fill ─► fault, shoppers go on ─► undo ─► recovered ─► go on buying ─► first look ─► back ─► second look ─► judge
 *
 * Filling and auditing go shopper by shopper, one request at a time, so that the same seed puts the same cart in the same
 * place; while the fault lasts, all shoppers act at once.
 */

import type { Deployment } from '../../architecture/deployment';
import { isUnknown } from '../../architecture/known';
import { usesRedis } from '../../sessions/stores';
import type { FaultName } from '../faults';
import type { Fault, Stage, Struck } from '../faults/fault';
import { none } from '../faults/none';
import { ping } from '../fleet/instance';
import { requireAcknowledgedAdds, requireAnswers } from '../judging/calm';
import { blindBy, closedBy, probedPaths, unheededBy } from '../judging/closed';
import type { Calm } from '../judging/evidence';
import { type DetailedRun, judgeRun } from '../judging/judgement';
import { promisesOf } from '../judging/promises';
import type { FleetPlan } from '../plan/fleetPlan';
import type { NoteKind } from '../platform/clock';
import { fillCarts, goOnShopping, openCrowd } from '../shoppers/crowd';
import type { Shopper } from '../shoppers/shopper';
import { beginSignIns, endSignIns } from '../shoppers/signIn';
import { type FirstLook, lookAgain, lookAtAll } from './audit';
import { beginCounting, openBystanders } from './bystanders';
import { countLostAtReturn } from './failback';
import { randomFrom } from './random';
import { type Recovery, recover } from './recovery';
import { onScene, type Scene, type SceneOptions } from './scene';
import { stageOf } from './stage';
import { beginTraffic, type Traffic } from './traffic';

export interface Rehearsal {
  readonly architecture: Deployment;
  /** What is declared. */
  readonly plan: FleetPlan;
  readonly fault: Fault<FaultName>;
}

/** What somebody decides who directs a run by hand. */
export interface Direction {
  /** Aims the fault at something. Default: - the seed chooses what it strikes. */
  readonly aim?: (stage: Stage) => Stage;
  /** Called once the fault has struck. Default: - nothing is called. */
  readonly onStruck?: () => void;
  /** Resolves when people have done what no platform does. Default: - at once. */
  readonly peopleAct?: (what: PeoplesWork) => Promise<void>;
}

/** What nothing in Azure repairs, or a region that comes back after the audit. */
export type PeoplesWork = 'repair' | 'bring the region back';

export async function runPlan(rehearsal: Rehearsal, options: SceneOptions): Promise<DetailedRun> {
  const { plan: declared, fault } = rehearsal;
  const plan = fault.beginWith?.(declared) ?? declared;
  const label = `${plan.variant}, ${fault.id}`;
  options.onProgress(`${label}: starting ${plan.regions.flatMap(({ instances }) => instances).length} instances`);
  const onProgress = (line: string): void => options.onProgress(`${label}: ${line}`);
  const throughLinks = fault.throughLinks === true;
  return onScene(plan, { ...options, throughLinks, onProgress }, async (scene) =>
    rehearse(scene, rehearsal, await fill(scene)),
  );
}

/** What follows once carts are filled, until the verdict. @throws if the run cannot be judged */
export async function rehearse(
  scene: Scene,
  { architecture, plan: declared, fault }: Rehearsal,
  shoppers: readonly Shopper[],
  { aim = (stage) => stage, peopleAct = async () => {}, onStruck = () => {} }: Direction = {},
): Promise<DetailedRun> {
  const { plan, fleet, clock, timeline } = scene;
  const halfway = await beginSignIns(
    plan.regions.map(({ name }) => name),
    scene.browser,
  );
  const bystanders = await openBystanders(scene, shoppers);
  await fleet.caches?.caughtUp();
  const { closed, blind, unheeded } = await probed(scene, architecture);
  const stage = aim(stageOf(scene, fault, shoppers, { declared, isBlind: blind !== null }));
  const traffic = await beginTraffic(scene, { fault, stage, shoppers });
  const before = calmOf(shoppers, traffic);
  const counting = beginCounting(scene);
  await bystanders.orderNow();
  const { struck, faultAt } = await strike(scene, fault, stage, traffic);
  if (fault.scalesOut) counting.added();
  const capacity = { left: fleet.instances().length, of: fleet.regions.flatMap(({ listed }) => listed()).length };
  const struckRegion = leftOf(scene, stage.region.name);
  onStruck();
  if (struck.endedByPeople) await peopleAct('repair');
  const { repairedAt, ...recovery } = await heal(scene, { struck, faultAt, traffic, closed });
  const recoveredAt = performance.now();
  const fates = closed === null ? await bystanders.findOut() : null;
  bystanders.leave();
  const instances = await settle(scene, shoppers);
  const firstLook = await lookAtAll(shoppers, closed !== null);
  const signIns = closed === null ? await endSignIns(halfway, randomFrom(scene.options.seed, 'sign-ins')) : [];
  if (struck.back) await peopleAct('bring the region back');
  const backAt = struck.back ? performance.now() : null;
  const writesLostAtReturn = struck.back ? await comeBack(scene, shoppers, firstLook, struck.back) : 0;
  const audits = await lookAgain(firstLook);
  const noted = (kind: NoteKind) => clock.notes.filter((note) => note.kind === kind);
  for (const { label, at } of clock.notes) timeline.mark(label, at);
  const probedAway = fault.failsProbes === true && blind === null && scene.entry.wasDoubted(stage.region.name);
  return judgeRun({
    ...{
      fault,
      signIns,
      audits,
      closed,
      blind,
      ...(fault.timers?.includes('eviction') && { unheeded }),
      calm: fault.id === none.id && closed === null ? calmOf(shoppers, traffic) : before,
      instances,
      writesLostAtReturn,
      capacity,
      ...recovery,
      ...(struck.endedByPeople && { neededReplacement: true }),
      // Its timers end nothing then.
      ...(blind !== null && struck.endedByPeople && { platformSeconds: 0 }),
    },
    promises: promisesOf(
      architecture,
      // As many as ran at one time: where a second one is added, a client may meet another than before.
      new Map(
        plan.regions.map(({ name, instances: planned }) => [
          name,
          Math.max(planned.length, instances.filter((region) => region === name).length),
        ]),
      ),
      blind !== null,
    ),
    strike: {
      probedAway,
      ...{ takes: fault.takes, region: stage.region.name, destroyed: struck.destroyed },
      ...{ wroteInsideLag: traffic.wroteInsideLag, cameBack: struck.back !== undefined },
    },
    endedByThemselves: fleet.endedByThemselves(),
    regionOf: (process) => fleet.processOf(process)?.region ?? 'unknown',
    api: traffic.api(),
    remark: [fault.remark?.(declared), probedAway && leftByProbes].filter(Boolean).join(' ') || null,
    ownSettings: plan.ownSettings,
    timeline: timeline.draw(fleet, faultAt),
    log: scene.log.all,
    stalledMs: scene.stalls.longestMs(),
    tally: counting.end(fates),
    moments: {
      ...{ faultAt, recoveredAt, backAt, leftAt: blind === null ? (noted('front-door')[0]?.at ?? null) : null },
      evictedAt: noted('eviction').length === struckRegion.gone ? (noted('eviction').at(-1)?.at ?? null) : null,
    },
    timed: {
      kinds: (fault.timers ?? []).filter((kind) => kind !== 'promotion' || usesRedis(plan.store)),
      events: clock.notes.flatMap(({ kind, azureSecond: second }) => (kind ? [{ kind, second }] : [])),
      struck: struckRegion,
    },
    exposure: struck.ailment
      ? { ...struck.ailment, from: faultAt, until: repairedAt, ...struck.ailment.window?.() }
      : null,
    sparesApi: fault.sparesApi === true,
  });
}

const leftByProbes =
  'Front Door’s probes met the instance that fails them often enough for some of its sites to leave the region for a while. Whether they do is chance, and who is moved by it starts again where carts do not follow.';

/** How many of a region's instances the fault ended, before any is replaced. */
function leftOf({ fleet }: Scene, region: string): { readonly gone: number; readonly listed: number } {
  const listed = fleet.regions.find(({ plan }) => plan.name === region)?.listed() ?? [];
  return { gone: listed.filter((instance) => !instance.alive()).length, listed: listed.length };
}

/**
 * Shoppers arrive and fill their carts.
 * @param watch gets each shopper before it arrives, and returns who shops in its place. Default: it shops itself
 * @throws if nobody was promised anything
 */
export async function fill(
  scene: Scene,
  watch: (shopper: Shopper) => Shopper = (shopper) => shopper,
): Promise<readonly Shopper[]> {
  const { plan, options, fleet, entry } = scene;
  options.onProgress(`${options.shoppers} shoppers fill their carts`);
  const neighbourhoods = plan.regions.map(({ name }) => name);
  const { seed, shoppers: count } = options;
  const crowd = await openCrowd({ seed, count, neighbourhoods, browser: scene.browser });
  const shoppers = crowd.map(watch);
  entry.evenOut();
  await fillCarts(shoppers);
  requireAcknowledgedAdds(shoppers);
  await fleet.caches?.caughtUp();
  return shoppers;
}

/** What was counted until now. @throws if that says nothing about the app */
function calmOf(shoppers: readonly Shopper[], { api }: Traffic): Calm {
  const calm = { shoppers: new Map(shoppers.map(({ id, ledger }) => [id, { ...ledger.counts }])), api: api() };
  requireAnswers(calm);
  return calm;
}

/** The moment of the fault. Every timer of the platform counts from here. */
async function strike(
  scene: Scene,
  fault: Fault,
  stage: Stage,
  traffic: Traffic,
): Promise<{ readonly struck: Struck; readonly faultAt: number }> {
  const { plan, options, entry, clock, timeline } = scene;
  const faultAt = performance.now();
  timeline.mark(fault.label ?? fault.id, faultAt);
  clock.begin();
  for (const { name } of plan.regions) {
    scene.healthCheck(name).begin(randomFrom(options.seed, 'ping', name).next() * 60);
  }
  entry.beginProbes(clock);
  const struck = await fault.start(stage);
  traffic.struck();
  return { struck, faultAt };
}

async function heal(
  scene: Scene,
  at: {
    readonly struck: Struck;
    readonly faultAt: number;
    readonly traffic: Traffic;
    readonly closed: string | null;
  },
): Promise<Recovery & { readonly repairedAt: number }> {
  const { struck, faultAt, traffic, closed } = at;
  await struck.undo();
  const repairedAt = performance.now();
  if (closed !== null) {
    await closing(scene);
    await traffic.end();
    return { platformSeconds: 0, measuredSeconds: 0, neededReplacement: true, repairedAt };
  }
  const recovery = await recover(scene, faultAt, traffic.probes, struck.endedByPeople);
  await traffic.end();
  return { ...recovery, repairedAt };
}

/** Why a probe keeps everybody out, Front Door finds no origin healthy, and health check takes no instance out; null: it is not so. */
async function probed(
  { fleet, options }: Scene,
  architecture: Deployment,
): Promise<{ readonly closed: string | null; readonly blind: string | null; readonly unheeded: string | null }> {
  const [instance] = fleet.instances();
  const answers = new Map<string, number | null>();
  for (const path of instance ? probedPaths(architecture) : []) {
    const status = await ping(instance?.port ?? 0, path, options.signal);
    answers.set(path, typeof status === 'number' ? status : null);
  }
  const answered = (path: string): number | null => answers.get(path) ?? null;
  return {
    closed: closedBy(architecture, answered),
    blind: blindBy(architecture, answered),
    unheeded: unheededBy(architecture, answered),
  };
}

/** Resolves when the gateway has made up its mind. */
async function closing({ plan, clock }: Scene): Promise<void> {
  const probe = plan.applicationGateway?.probe;
  if (probe && !isUnknown(probe)) await clock.wait((probe.unhealthyThreshold + 1) * probe.intervalSeconds);
}

/**
 * From here on nothing may depend on how often each shopper looked during the fault.
 * @returns the regions of the instances that run at the audit, one for each instance
 */
async function settle(scene: Scene, shoppers: readonly Shopper[]): Promise<readonly string[]> {
  scene.options.onProgress('audit');
  reconnect(scene, shoppers, 1);
  await goOnShopping(shoppers);
  reconnect(scene, shoppers, 2);
  return scene.fleet.instances().map(({ region }) => region);
}

/** @returns how many adds are gone again since the region is back */
async function comeBack(
  scene: Scene,
  shoppers: readonly Shopper[],
  firstLook: readonly FirstLook[],
  back: () => Promise<void>,
): Promise<number> {
  scene.options.onProgress('the region comes back');
  scene.timeline.mark('the region comes back');
  await back();
  reconnect(scene, shoppers, 3);
  return countLostAtReturn(firstLook);
}

/** From here on every shopper uses the same ports again, and no instance counts as chosen more often. */
function reconnect({ entry }: Scene, shoppers: readonly Shopper[], time: number): void {
  for (const shopper of shoppers) shopper.reconnect(time);
  entry.evenOut();
}
