import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { InputError, refuse } from '../inputError';
import { type Az, AzureRefused, signedIn } from './az';
import { askHealth } from './health';
import { askToPull, deployments } from './oneDeploy';
import type { Place, Region, Target } from './outputs';
import type { RegionState, Shipment } from './states';
import { blobName, PackageStorage } from './storage';
import { watch } from './watch';

export interface ShipOptions {
  readonly label: string;
  readonly target: Target;
  /** One region; undefined: all, in their order. */
  readonly region?: string | undefined;
  /** A deployment slot; undefined: the app itself. */
  readonly slot?: string | undefined;
  /** What to ship: a new package, or the hash of one that storage keeps. */
  readonly ship: { readonly hash: string; readonly zip?: Uint8Array };
  /** Seconds to wait for the health path in each region; 0: it is not asked. */
  readonly waitSeconds: number;
  /** Whether the health path reports the package that runs, as the shop's does. False: it is not asked. */
  readonly reportsPackage: boolean;
  /** Opens the package storage's firewall while Azure fetches the package. */
  readonly openStorage: boolean;
  readonly az: Az;
  readonly signal: AbortSignal;
  readonly onProgress: (line: string) => void;
}

/** Times that a fetch is tried after the firewall was opened, and the time between: the rule takes a while to hold. */
const openedTries = { times: 6, pauseMs: 10_000 };

interface Stop {
  readonly location: string;
  readonly place: Place;
  readonly storage: PackageStorage;
  readonly state: RegionState;
}

/**
 * Ships a package to a deployment: uploads it to the storage of every region, then has one region after the other fetch it, and
 * goes on when `/healthz` of a region reports it.
 *
 * @returns how far each region came; what stopped it is in the states. It stops at the first region that is not well
 * @throws InputError before anything is touched, for a region, slot or package that is not there, and when nobody is signed in
 */
export async function ship(options: ShipOptions): Promise<Shipment> {
  const { label, slot, az, signal, onProgress } = options;
  const { hash, zip } = options.ship;
  if (options.openStorage && options.target.private_storage)
    throw refuse(
      '--open-storage',
      "left out with access: 'private'",
      true,
      'The package storage has no public network access, so its firewall has nothing to open: ship from a runner in the network, without it.',
    );
  const stops = chosen(options).map((region): Stop => {
    const state: RegionState = {
      location: region.location,
      progress: { at: 'not started' },
      before: undefined,
      swap: slot === undefined ? undefined : swapOf(region, slot),
      openFirewall: undefined,
    };
    return { location: region.location, place: placeOf(region, slot), storage: new PackageStorage(az, region), state };
  });
  const shipment: Shipment = { label, hash, slot, regions: stops.map(({ state }) => state) };
  for (const subscription of new Set(stops.map(({ place }) => place.app_id.split('/')[2] ?? '')))
    await signedIn(az, subscription, signal);

  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-ship-'));
  let at: Stop | undefined;
  try {
    const file = path.join(scratch, 'shop.zip');
    if (zip) fs.writeFileSync(file, zip, { mode: 0o600 });
    // Storage first, everywhere: what can be refused for want of a right is refused before any app has changed.
    for (const stop of stops) {
      at = stop;
      const kept = await stop.storage.kept(signal);
      const health = await askHealth(stop.place.health_url, options.target.self_signed, signal);
      signal.throwIfAborted();
      const here = !('failed' in health) && (health.region === null || health.region === stop.location);
      stop.state.before = (here ? health.package : null) ?? kept.find((other) => other !== hash);
      if (!zip && !kept.includes(hash)) throw notKept(stop, hash, kept);
      if (zip && !kept.includes(hash)) {
        onProgress(`${stop.location}: uploading ${blobName(hash)} to ${stop.storage.account}`);
        await stop.storage.upload(hash, file, signal);
      }
      stop.state.progress = { at: 'uploaded' };
    }
    for (const stop of stops) {
      at = stop;
      await deliver(stop, options, scratch);
      if (stop.state.progress.at !== 'running' && stop.state.progress.at !== 'unseen') break;
    }
  } catch (error) {
    if (at && !signal.aborted && error instanceof InputError && shipment.regions.every(isUntouched)) throw error;
    if (at) noteFailure(at, error, options);
    else throw error;
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
  return shipment;
}

function swapOf({ app_id }: Region, slot: string): string {
  const [, , , , group = '', , , , app = ''] = app_id.split('/');
  return `az webapp deployment slot swap --resource-group ${group} --name ${app} --slot ${slot}`;
}

const isUntouched = ({ progress }: RegionState) => progress.at === 'not started' || progress.at === 'uploaded';

/** The reason why it ended is reported for the region in which it happened. */
function noteFailure({ state, storage }: Stop, error: unknown, { signal, target }: ShipOptions): void {
  const because = signal.aborted ? 'interrupted' : (error as Error).message;
  if (signal.aborted || error instanceof InputError || error instanceof AzureRefused) {
    if (state.progress.at === 'asked') state.progress = { at: 'asked', because };
    else if (!signal.aborted) state.progress = { at: 'refused', because: storageHint(because, storage, target) };
  } else throw error;
}

const storageHint = (because: string, { account }: PackageStorage, { private_storage: isPrivate }: Target) =>
  /authoriz|permission|network|firewall|forbidden|denied|403/i.test(because)
    ? `${because} The storage account ${account} lets in ${isPrivate ? 'who comes from inside the network' : 'deployerAddresses of settings.ts'} only, and only who has Storage Blob Data Contributor on it, which the apply gives to whoever applies.`
    : because;

async function deliver(stop: Stop, options: ShipOptions, scratch: string): Promise<void> {
  const { location, place, storage, state } = stop;
  const { az, signal, onProgress } = options;
  const { hash } = options.ship;
  const known = new Set((await deployments(az, place.app_id, signal)).map(({ id }) => id));
  const ours = async () => (await deployments(az, place.app_id, signal)).find(({ id }) => !known.has(id));
  try {
    if (options.openStorage) {
      onProgress(`${location}: opening the firewall of ${storage.account} while Azure fetches the package`);
      state.openFirewall = storage.closing;
      await storage.setFirewall('open', signal);
    }
    const address = await storage.address(hash, new Date(), signal);
    onProgress(`${location}: asking Azure to deploy ${hash}`);
    const asked = await askUntilTaken(stop, options, address, scratch);
    if (!asked) return;
    const because = whyNotAsked(options, place);
    if (because !== undefined) {
      state.progress = { at: 'unseen', because };
      return;
    }
    onProgress(`${location}: waiting for ${place.health_url} to report ${hash}`);
    const seen = await watch(
      {
        address: place.health_url,
        location,
        hash,
        selfSigned: options.target.self_signed,
        waitSeconds: options.waitSeconds,
        deployment: ours,
      },
      signal,
    );
    state.progress =
      seen.outcome === 'running'
        ? { at: 'running', instances: seen.instances }
        : { at: seen.outcome === 'unseen' ? 'unseen' : 'unhealthy', because: seen.because };
  } finally {
    if (options.openStorage) await close(stop);
  }
}

function whyNotAsked({ reportsPackage, waitSeconds }: ShipOptions, { health_url: address }: Place): string | undefined {
  if (!reportsPackage)
    return `${address} was not asked, because an app of yours does not report which package runs: look at it yourself`;
  return waitSeconds === 0 ? '/healthz was not asked, as --wait 0 says' : undefined;
}

/** @returns whether Azure took it; where not, the state says why */
async function askUntilTaken(stop: Stop, options: ShipOptions, address: string, scratch: string): Promise<boolean> {
  const { place, state } = stop;
  const { az, signal } = options;
  for (let left = options.openStorage ? openedTries.times : 1; ; left -= 1) {
    state.progress = { at: 'asked', because: 'Azure was asked, and has not answered' };
    try {
      await askToPull(az, place.app_id, address, scratch, signal);
      return true;
    } catch (error) {
      if (!(error instanceof AzureRefused)) throw error;
      if (left > 1 && cannotFetch(error.message)) {
        await pause(openedTries.pauseMs, undefined, { signal }).catch(() => signal.throwIfAborted());
        continue;
      }
      state.progress = { at: 'refused', because: whyRefused(error.message, options) };
      return false;
    }
  }
}

const cannotFetch = (message: string) => /bad request|\b40[03]\b|forbidden|download|packageUri/i.test(message);

function whyRefused(message: string, { openStorage, target }: ShipOptions): string {
  if (/conflict|\b409\b/i.test(message))
    return `Azure refused the deployment: ${message} Another deployment runs, or the app still has the setting WEBSITE_RUN_FROM_PACKAGE of package: 'blob'`;
  if (cannotFetch(message) && target.private_storage)
    return `Azure refused the deployment: ${message} App Service reaches the package storage by its private endpoint only. If it does not, deploy with package: 'cli' behind a gateway, or with access: 'addresses' and --open-storage`;
  if (cannotFetch(message) && !openStorage)
    return `Azure refused the deployment: ${message} If App Service cannot reach the package storage, which only its private endpoint reaches, ship with --open-storage: it opens the firewall while the package is fetched`;
  return `Azure refused the deployment: ${message}`;
}

/** Without a signal, because it must also run after Ctrl-C. A firewall that stays open is named in the report. */
async function close({ location, storage, state }: Stop): Promise<void> {
  try {
    await storage.setFirewall('closed');
    state.openFirewall = undefined;
  } catch (error) {
    state.openFirewall = `${storage.closing} (${location} answered: ${(error as Error).message})`;
  }
}

function chosen({ target, region, label }: ShipOptions): Region[] {
  if (region === undefined) return target.regions;
  const found = target.regions.filter(({ location }) => location === region);
  if (found.length > 0) return found;
  throw refuse(
    '--region',
    `one of ${target.regions.map(({ location }) => location).join(', ')}, where ${label} is deployed`,
    region,
    'Leave it out for all of them, one after the other.',
  );
}

function placeOf(region: Region, slot: string | undefined): Place {
  if (slot === undefined) return region;
  const found = Object.hasOwn(region.slots, slot) ? region.slots[slot] : undefined;
  if (found) return found;
  const names = Object.keys(region.slots);
  throw refuse(
    '--slot',
    names.length > 0 ? `one of ${names.join(', ')}` : 'left out, as the app has no slot',
    slot,
    names.length > 0 ? 'Leave it out for the app itself.' : 'Set stagingSlot: true in settings.ts, and apply.',
  );
}

const notKept = ({ location, storage }: Stop, hash: string, kept: readonly string[]) =>
  refuse(
    '--to',
    kept.length > 0
      ? `a package that ${storage.account} in ${location} keeps: ${kept.slice(0, 10).join(', ')}`
      : `left out, as ${storage.account} in ${location} keeps no package`,
    hash,
    'Leave it out to ship the app as it is here.',
  );
