/**
 * One variant under one fault:
 *
 *     fleet ready ─► fill ─► fault, shoppers go on reading ─► undo ─► recovered ─► audit ─► second look ─► judged
 *
 * Filling and auditing go shopper by shopper, one request at a time, so that the same seed puts the same cart on the same
 * instance; while the fault lasts, all shoppers act at once. Shoppers only read then: an add to a cart that was just
 * lost would open a new one, and hide the loss.
 */

import { setMaxListeners } from 'node:events';
import { Agent } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { auditAll } from './audit';
import { type FaultName, faults } from './faults';
import { type Fleet, startFleet } from './fleet/fleet';
import { type Entry, startEntry } from './frontends/entry';
import { type DetailedRun, judgeRun } from './judgement';
import type { FleetPlan } from './plan';
import { randomFrom } from './random';
import { type Browser, openBrowser } from './shoppers/browser';
import { startProbes } from './shoppers/probes';
import { createShopper, fillRounds, type Shopper } from './shoppers/shopper';

export interface RunOptions {
  readonly seed: number;
  readonly shoppers: number;
  readonly appFile: string;
  readonly redisServer: string | null;
  readonly signal: AbortSignal;
  readonly onProgress: (line: string) => void;
}

/** Looks per shopper while the fault lasts, and the real milliseconds of thinking before each but the first. */
const looksDuringFault = 4;
const thinkMs = { least: 100, most: 300 };
const probeClients = 4;
const recoveryDeadlineMs = 30_000;

export async function runPlan(plan: FleetPlan, fault: FaultName, options: RunOptions): Promise<DetailedRun> {
  const ended = new AbortController();
  const signal = AbortSignal.any([options.signal, ended.signal]);
  setMaxListeners(0, signal, options.signal);
  // Idle sockets are given up before the other side's 5 s, or a request could meet a connection that is just closing.
  const agent = new Agent({ keepAlive: true, timeout: 2_000 });
  let fleet: Fleet | undefined;
  let entry: Entry | undefined;
  try {
    const { seed, appFile, redisServer } = options;
    options.onProgress(
      `${plan.variant}, ${fault}: starting ${plan.regions.flatMap((r) => r.instances).length} instances`,
    );
    fleet = await startFleet(plan, { appFile, redisServer, seed, signal });
    const { regions } = fleet;
    const backendsIn = (region: { readonly name: string }) =>
      regions.find(({ plan: { name } }) => name === region.name)?.instances() ?? [];
    entry = await startEntry(plan, { backendsIn, agent, seed });
    return await rehearse({ plan, fault, options: { ...options, signal }, fleet, entry, agent });
  } finally {
    ended.abort(new Error('The run has ended.'));
    await entry?.close();
    await fleet?.stop();
    agent.destroy();
  }
}

interface Scene {
  readonly plan: FleetPlan;
  readonly fault: FaultName;
  readonly options: RunOptions;
  readonly fleet: Fleet;
  readonly entry: Entry;
  readonly agent: Agent;
}

async function rehearse(scene: Scene): Promise<DetailedRun> {
  const { plan, fault, options, fleet, entry } = scene;
  const { onProgress, seed } = options;
  const label = `${plan.variant}, ${fault}`;

  onProgress(`${label}: ${options.shoppers} shoppers fill their carts`);
  const shoppers = await openShoppers(scene);
  entry.evenOut();
  for (const shopper of shoppers) await shopper.arrive();
  for (let round = 0; round < fillRounds; round++) for (const shopper of shoppers) await shopper.fill(round);
  const homes = new Map(shoppers.map((shopper) => [shopper.id, homeOf(shopper)]));

  onProgress(`${label}: ${faults[fault].description}`);
  const holding = new Set([...homes.values()]);
  const holders = fleet.instances().filter(({ id }) => holding.has(id));
  const probes = startProbes(
    probeClients,
    (client) => browserFor(scene, plan.regions[client % plan.regions.length]?.name ?? '', `203.0.113.${client + 1}`),
    options.signal,
  );
  const looking = Promise.all(shoppers.map((shopper) => keepLooking(shopper, seed, options.signal)));
  // Rejections are met below; until then they must not count as unhandled.
  looking.catch(() => undefined);
  const faultAt = performance.now();
  const struck = await faults[fault].start({ fleet, random: randomFrom(seed, 'fault', fault), holders });
  await struck.undo();
  const recoveredAt = await probes.cleanSecond(performance.now(), recoveryDeadlineMs);
  await looking;
  await probes.stop();

  onProgress(`${label}: audit`);
  entry.evenOut();
  const audits = await auditAll(shoppers, homes, label);
  return judgeRun({
    plan,
    fault,
    audits,
    destroyed: struck.destroyed,
    regionOf: fleet.regionOf,
    instances: fleet.instances().length,
    api: probes.counts(),
    measuredSeconds: (recoveredAt - faultAt) / 1000,
  });
}

/** Shoppers arrive in turn from the neighbourhood of each region, beginning where the seed says. */
async function openShoppers(scene: Scene): Promise<readonly Shopper[]> {
  const { plan, options } = scene;
  const { seed } = options;
  const first = randomFrom(seed, 'neighbourhood').between(0, plan.regions.length - 1);
  const nearOf = (id: number): string => plan.regions[(id + first) % plan.regions.length]?.name ?? '';
  const catalogue = await readCatalogue(browserFor(scene, nearOf(0), '203.0.113.250'));
  return Array.from({ length: options.shoppers }, (_, id) => {
    const near = nearOf(id);
    const browser = browserFor(scene, near, `198.51.${100 + (id >> 8)}.${id & 255}`);
    return createShopper({ id, near, browser, random: randomFrom(seed, 'shopper', id), catalogue });
  });
}

function browserFor({ plan, entry, agent, options }: Scene, near: string, address: string): Browser {
  return openBrowser({ port: entry.portNear(near), host: plan.typedHost, address, agent, signal: options.signal });
}

async function readCatalogue(browser: Browser): Promise<readonly string[]> {
  const reply = await browser.send('GET', '/api/products');
  const products: readonly unknown[] = 'body' in reply && Array.isArray(reply.body) ? reply.body : [];
  const ids = products.flatMap((product) =>
    typeof product === 'object' && product !== null && 'id' in product ? [String(product.id)] : [],
  );
  if (ids.length === 0) throw new Error(`/api/products must answer a list of products, got: ${JSON.stringify(reply)}.`);
  return ids;
}

async function keepLooking(shopper: Shopper, seed: number, signal: AbortSignal): Promise<void> {
  const random = randomFrom(seed, 'thinking', shopper.id);
  for (let look = 0; look < looksDuringFault; look++) {
    if (look > 0) await delay(random.between(thinkMs.least, thinkMs.most), undefined, { signal });
    await shopper.look();
  }
}

const homeOf = ({ ledger }: Shopper): string | null => ledger.adds[ledger.adds.length - 1]?.instance ?? null;
