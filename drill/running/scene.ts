/** Everything that one run needs, started together and ended together. */

import { setMaxListeners } from 'node:events';
import { Agent } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { isUnknown } from '../../architecture/known';
import { type Fleet, startFleet } from '../fleet/fleet';
import { type Instance, ping, pingHeaders } from '../fleet/instance';
import { type Entry, startEntry } from '../frontends/entry';
import { type Hop, listen } from '../frontends/hop';
import type { Drained } from '../judging/counted';
import type { FleetPlan } from '../plan/fleetPlan';
import { createPlatformClock, type PlatformClock } from '../platform/clock';
import { createHealthCheck, type HealthCheck, isHealthyAnswer } from '../platform/healthCheck';
import { type Browser, openBrowser } from '../shoppers/browser';
import { type Listeners, openListeners } from '../shoppers/listeners';
import { openLog, type RequestLog } from './log';
import { type Stalls, type StallWatch, watchStalls } from './stalls';
import { recordTimeline, type TimelineRecorder } from './timeline';

export interface SceneOptions {
  readonly seed: number;
  readonly shoppers: number;
  readonly timeScale: number;
  readonly appFile: string;
  /** See `FleetOptions`. */
  readonly appCommand?: string | undefined;
  readonly codeCache: string | null;
  readonly redisServer: string | null;
  /** See `FleetOptions`. */
  readonly throughLinks?: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (line: string) => void;
}

export interface Scene {
  readonly plan: FleetPlan;
  readonly options: SceneOptions;
  readonly fleet: Fleet;
  readonly entry: Entry;
  readonly clock: PlatformClock;
  readonly timeline: TimelineRecorder;
  healthCheck(region: string): HealthCheck<Instance>;
  readonly log: RequestLog;
  /** Since everything is ready. */
  readonly stalls: Stalls;
  /** What processes had to answer after they were asked to end; null: none was asked. */
  drained(): Drained | null;
  /** Clients near the regions that keep a connection open. */
  listeners(): Promise<Listeners>;
  /** A client near that region. */
  browser(near: string, address: string): Browser;
  /** See `Stage.keepOldAddress`. */
  keepOldAddress(addresses: readonly string[], keep: boolean): void;
}

/** Real milliseconds. */
const exitToldMs = 100;

/** Starts the scene, plays it, and ends every process and server of it, whatever happens. */
export async function onScene<T>(
  plan: FleetPlan,
  options: SceneOptions,
  play: (scene: Scene) => Promise<T>,
): Promise<T> {
  const ended = new AbortController();
  const signal = AbortSignal.any([options.signal, ended.signal]);
  setMaxListeners(0, signal, options.signal);
  // Idle sockets are closed before the other side's 5 s are over. Otherwise a request could use a connection that is
  // just closing.
  const agent = new Agent({ keepAlive: true, timeout: 2_000 });
  const clock = createPlatformClock(options.timeScale);
  const timeline = recordTimeline();
  const log = openLog();
  const drained = { requests: 0, lost: 0 };
  const astray = new Set<string>();
  let nobody: Hop | undefined;
  let fleet: Fleet | undefined;
  let entry: Entry | undefined;
  let stalls: StallWatch | undefined;
  try {
    const { seed, appFile, appCommand, codeCache, redisServer, throughLinks = false } = options;
    nobody = await listen((_, outgoing) => void outgoing.destroy());
    nobody.goDark(true);
    const oldPort = nobody.port;
    fleet = await startFleet(plan, { appFile, appCommand, codeCache, redisServer, seed, throughLinks, signal });
    const healthChecks = new Map(
      fleet.regions.map(({ plan: region, listed }) => {
        const { name, healthCheck } = region;
        const settings = isUnknown(healthCheck) ? null : healthCheck;
        const answers = async (instance: Instance, path: string): Promise<boolean> => {
          // A process drains in real time and pings run in scaled time, so seconds of draining would count as minutes.
          if (fleet?.isEnding(instance)) return true;
          return isHealthyAnswer(await ping(instance.port, path, signal, pingHeaders(region)));
        };
        return [name, createHealthCheck({ settings, clock, listed, ping: answers })] as const;
      }),
    );
    const healthCheck = (region: string): HealthCheck<Instance> => {
      const found = healthChecks.get(region);
      if (!found) throw new Error(`\`region\` must be one of ${[...healthChecks.keys()].join(', ')}, got: ${region}.`);
      return found;
    };
    entry = await startEntry(plan, {
      ...{ agent, seed },
      backendsIn: ({ name }) => healthCheck(name).inRotation(),
      isEnding: (key) => fleet?.isEnding({ key }) ?? false,
      onPassed: (key, outcome) => {
        if (!fleet?.isEnding({ key })) return;
        drained.requests++;
        if (outcome !== 'answered') drained.lost++;
      },
      // That a region is found again ends nothing that recovery waited for: the others had answered meanwhile.
      onAgreed: (region, healthy, second) =>
        healthy
          ? timeline.mark(`Front Door finds ${region} again`)
          : clock.note(`Front Door leaves ${region}`, second, 'front-door'),
    });
    const { portNear } = entry;
    const started = fleet;
    const browser = (near: string, address: string): Browser =>
      openBrowser({
        ...{ to: portNear(near), host: plan.typedHost, address, agent, signal },
        detour: () => (astray.has(address) ? oldPort : null),
        onReply: (reply, asked) => {
          timeline.record(reply);
          log.enter(address, asked, reply);
        },
      });
    const keepOldAddress = (addresses: readonly string[], keep: boolean): void => {
      for (const address of addresses)
        if (keep) astray.add(address);
        else astray.delete(address);
    };
    stalls = watchStalls();
    const scene = {
      ...{ plan, options: { ...options, signal }, fleet, entry, clock, timeline, log, stalls },
      ...{ healthCheck, browser, keepOldAddress },
      drained: () => (started.started().some(started.isEnding) ? { ...drained } : null),
      listeners: () =>
        openListeners({ neighbourhoods: plan.regions.map(({ name }) => name), portNear, host: plan.typedHost, agent }),
    };
    return await unlessAborted(options.signal, play(scene));
  } catch (error) {
    // After an abort the reason is the caller's, whatever failed first because of it.
    options.signal.throwIfAborted();
    // The end of a process is reported a moment after its connections break.
    await delay(exitToldMs);
    const ended = fleet?.endedByThemselves() ?? [];
    if (ended.length === 0) throw error;
    // An error that follows from that says little without it.
    const said = error instanceof Error ? error.message : String(error);
    throw new Error(`${ended.join(' and ')} ended by ${ended.length === 1 ? 'itself' : 'themselves'}: ${said}`, {
      cause: error,
    });
  } finally {
    clock.stop();
    stalls?.stop();
    ended.abort(new Error('The run has ended.'));
    await entry?.close();
    await nobody?.close();
    await fleet?.stop();
    agent.destroy();
  }
}

/** A wait that nothing ends must not hold an abort up. @throws the signal's reason, at once */
async function unlessAborted<T>(signal: AbortSignal, play: Promise<T>): Promise<T> {
  let stop = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([play, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
