/**
 * One variant under one fault:
 *
 *     fleet ready ─► fill ─► fault, shoppers go on ─► undo ─► recovered ─► go on buying ─► audit ─► back ─► second look
 *
 * Filling and auditing go shopper by shopper, one request at a time, so that the same seed puts the same cart in the same
 * place; while the fault lasts, all shoppers act at once.
 */

import { setTimeout as delay } from 'node:timers/promises';
import { type FaultName, faults } from '../faults';
import type { Stage } from '../faults/fault';
import type { Fleet } from '../fleet/fleet';
import { type DetailedRun, judgeRun } from '../judging/judgement';
import type { FleetPlan, RegionPlan } from '../plan/fleetPlan';
import type { Browser } from '../shoppers/browser';
import { addInsideTheLag, fillCarts, goOnShopping, keepShopping, openCrowd } from '../shoppers/crowd';
import { startProbes } from '../shoppers/probes';
import type { Shopper } from '../shoppers/shopper';
import { type Audit, auditAll } from './audit';
import { randomFrom } from './random';
import { onScene, type Scene, type SceneOptions } from './scene';

const probeClients = 3;
const probesWithCart = 2;

/** Real milliseconds of normal traffic before the fault, so that a timeline shows what normal is. */
const calmMs = 250;

/** Real milliseconds that recovery may take after everything was repaired. */
const recoveryDeadlineMs = 30_000;

export async function runPlan(declared: FleetPlan, fault: FaultName, options: SceneOptions): Promise<DetailedRun> {
  const plan = faults[fault].beginWith?.(declared) ?? declared;
  const label = `${plan.variant}, ${fault}`;
  options.onProgress(`${label}: starting ${plan.regions.flatMap(({ instances }) => instances).length} instances`);
  const onProgress = (line: string): void => options.onProgress(`${label}: ${line}`);
  const remark = faults[fault].remark?.(declared) ?? null;
  return onScene(plan, { ...options, onProgress }, (scene) => rehearse(scene, fault, remark));
}

async function rehearse(scene: Scene, fault: FaultName, remark: string | null): Promise<DetailedRun> {
  const { plan, options, fleet, entry, clock, places, timeline } = scene;
  const { onProgress, seed, signal } = options;

  onProgress(`${options.shoppers} shoppers fill their carts`);
  const neighbourhoods = plan.regions.map(({ name }) => name);
  const crowd = { seed, count: options.shoppers, neighbourhoods, browser: scene.browser, placeOf: places.of };
  const shoppers = await openCrowd(crowd);
  entry.evenOut();
  await fillCarts(shoppers);
  await fleet.caches?.caughtUp();

  let lagWritten = false;
  const stage = stageOf(scene, fault, shoppers, () => {
    lagWritten = true;
  });
  const withCart = await openProbesWithCart(scene, stage.region);
  await fleet.caches?.caughtUp();
  await faults[fault].before?.(stage);

  onProgress(faults[fault].description);
  const recovered = new AbortController();
  const until = AbortSignal.any([signal, recovered.signal]);
  const probes = startProbes({
    ...{ clients: probeClients, shoppers: withCart, signal },
    open: (client) => scene.browser(neighbourhoods[client % neighbourhoods.length] ?? '', `203.0.113.${client + 1}`),
  });
  let struckDown = false;
  const mayAdd = (): boolean => sharesPlaces(plan) && (struckDown || !lagWritten);
  const shopping = keepShopping(shoppers, { seed, until, mayAdd });
  // Rejections are met below; until then they must not count as unhandled.
  shopping.catch(() => undefined);
  await delay(calmMs, undefined, { signal });

  const faultAt = performance.now();
  timeline.mark(fault === 'none' ? 'nothing happens' : fault, faultAt);
  clock.begin();
  for (const region of plan.regions) {
    scene.healthCheck(region.name).begin(randomFrom(seed, 'ping', region.name).next() * 60);
  }
  entry.beginProbes(clock);
  const struck = await faults[fault].start(stage);
  struckDown = true;
  await struck.undo();
  const recoveredAt = await probes.cleanSecond(faultAt, recoveryDeadlineMs, () => hopelessness(fleet));
  if (recoveredAt > faultAt) timeline.mark('recovered', recoveredAt);
  const recovery = recoveryOf(scene, faultAt, recoveredAt);
  recovered.abort();
  await shopping;
  await probes.stop();

  // What comes now must not depend on how often each shopper looked meanwhile.
  onProgress('audit');
  reconnect(shoppers, 1);
  entry.evenOut();
  await goOnShopping(shoppers);
  reconnect(shoppers, 2);
  entry.evenOut();
  const instances = fleet.instances().length;
  let reachable: ReadonlySet<string> = new Set();
  let returns: ReadonlySet<string> | null = null;
  let writesLostAtReturn = 0;
  const audits = await auditAll(shoppers, async (before) => {
    reachable = reachableNow(scene, shoppers, struck.destroyed);
    if (!struck.back) return;
    onProgress('the region comes back');
    timeline.mark('the region comes back');
    await struck.back();
    returns = reachableNow(scene, shoppers, struck.destroyed);
    reconnect(shoppers, 3);
    entry.evenOut();
    writesLostAtReturn = await countLostAtReturn(before);
  });
  for (const { label, at } of clock.notes) timeline.mark(label, at);
  const returned: ReadonlySet<string> | null = returns;
  return judgeRun({
    ...{ plan, fault, audits, instances, writesLostAtReturn, remark, ...recovery },
    destroyed: struck.destroyed,
    endedByThemselves: fleet.endedByThemselves(),
    damage: {
      reachable: (place) => reachable.has(place),
      lagLost: lagWritten,
      returns: returned && ((place) => (returned as ReadonlySet<string>).has(place)),
    },
    placeOf: places.of,
    api: probes.counts(),
    timeline: timeline.draw(fleet, faultAt),
  });
}

/** Why nobody would ever be answered again; null: somebody may be. */
function hopelessness({ caches, instances }: Fleet): string | null {
  if (instances().length === 0) return 'no instance is left, so this run cannot be judged';
  const orphaned = caches?.orphaned() ?? null;
  return orphaned && `the carts of ${orphaned} cannot come back, so this run cannot be judged`;
}

/** @throws once no instance of the region is left: Front Door would never find it again */
async function emptied({ instances }: Fleet, region: string): Promise<never> {
  await Promise.all(instances().flatMap((each) => (each.region === region ? [each.exited] : [])));
  throw new Error(`no instance is left in ${region}, so this run cannot be judged`);
}

function reconnect(shoppers: readonly Shopper[], time: number): void {
  for (const shopper of shoppers) shopper.reconnect(time);
}

/** Whether it does not matter who takes an add: every process answers for the same carts. */
const sharesPlaces = ({ store, regions }: FleetPlan): boolean =>
  store === 'cookie' || store === 'redis-geo' || (store === 'redis' && regions.length === 1);

function stageOf(scene: Scene, fault: FaultName, shoppers: readonly Shopper[], onLag: () => void): Stage {
  const { plan, fleet, clock, entry, places, options } = scene;
  const random = randomFrom(options.seed, 'fault', fault);
  const best = Math.min(...plan.regions.map(({ priority }) => priority));
  const region = random.pick(plan.regions.filter(({ priority }) => priority === best));
  const homeOf = ({ ledger }: Shopper): string | undefined => ledger.adds[ledger.adds.length - 1]?.process;
  const inRegion = (shopper: Shopper): boolean => fleet.processOf(homeOf(shopper) ?? '')?.region === region.name;
  const holding = new Set(shoppers.map(homeOf));
  return {
    ...{ plan, fleet, clock, random, region, healthCheck: scene.healthCheck },
    holders: fleet.instances().filter((each) => each.region === region.name && holding.has(each.key)),
    goDark: (name, dark) => {
      entry.goDark(name, dark);
      places.cutOff(name, dark);
    },
    frontDoorAgrees: (name, healthy) =>
      healthy ? Promise.race([entry.agree(name, true), emptied(fleet, name)]) : entry.agree(name, false),
    writeInsideTheLag: async () => {
      onLag();
      await fleet.caches?.holdReplication(region.name);
      await addInsideTheLag(shoppers.filter(inRegion));
    },
  };
}

/** Clients that have a cart and only look at it: what they see tells when carts are back. */
async function openProbesWithCart(scene: Scene, region: RegionPlan): Promise<readonly Browser[]> {
  const browsers = Array.from({ length: probesWithCart }, (_, index) =>
    scene.browser(region.name, `203.0.113.${100 + index}`),
  );
  const products = await browsers[0]?.send('GET', '/api/products');
  const [first]: readonly unknown[] =
    products && 'body' in products && Array.isArray(products.body) ? products.body : [];
  const productId = typeof first === 'object' && first !== null && 'id' in first ? first.id : null;
  for (const browser of browsers) await browser.send('POST', '/api/cart/items', { json: { productId, quantity: 1 } });
  return browsers;
}

/** Azure's timers that recovery waited for, and the real rest. Without a failed probe there was nothing to wait for. */
function recoveryOf({ clock }: Scene, faultAt: number, recoveredAt: number) {
  const realSeconds = (recoveredAt - faultAt) / 1000;
  if (realSeconds === 0) return { platformSeconds: 0, measuredSeconds: 0 };
  const platformSeconds = Math.max(0, ...clock.notes.map(({ azureSecond }) => azureSecond));
  return { platformSeconds, measuredSeconds: Math.max(0, realSeconds - clock.realMs(platformSeconds) / 1000) };
}

const reachableNow = (
  { places }: Scene,
  shoppers: readonly Shopper[],
  destroyed: ReadonlySet<string>,
): ReadonlySet<string> =>
  new Set(
    shoppers
      .flatMap(({ ledger }) => ledger.adds.map(({ place }) => place))
      .filter((place) => places.reachable(place, destroyed)),
  );

/** Adds made while the region was away, found at the audit, and gone now. */
async function countLostAtReturn(audits: readonly Audit[]): Promise<number> {
  let gone = 0;
  for (const { shopper, found } of audits) {
    const after = shopper.ledger.adds.filter(({ when, productId }) => when === 'after' && found.has(productId));
    if (after.length === 0) continue;
    const look = await shopper.look();
    gone += look ? after.filter(({ productId }) => !look.units.has(productId)).length : 0;
  }
  return gone;
}
