/** The layers of a variant, put in front of its fleet in the order in which a request meets them. */

import type { Agent } from 'node:http';
import { isUnknown, type Known } from '../../architecture/known';
import type { FleetPlan, RegionPlan } from '../plan/fleetPlan';
import type { PlatformClock } from '../platform/clock';
import { randomFrom } from '../running/random';
import { type ApplicationGateway, startApplicationGateway } from './applicationGateway';
import { startAppService } from './appService';
import { type FrontDoorEdge, startFrontDoorEdge } from './frontDoor';
import type { Hop, Outcome } from './hop';
import type { Backend } from './rotation';

export interface Entry {
  /** Where a client near this region connects. @throws on a region that the plan does not have. */
  portNear(region: string): number;
  /** See `Rotation.evenOut`; reaches every region. */
  evenOut(): void;
  /** Cuts a region's layers off, or lets them answer again. */
  goDark(region: string, dark: boolean): void;
  /** Starts the probes of gateway and Front Door, at a moment within their interval that the seed draws. */
  beginProbes(clock: PlatformClock): void;
  /** Takes the region's origin out of Front Door, as people do by hand, or puts it back. */
  disable(region: string, disabled: boolean): void;
  /** Resolves when every edge of Front Door agrees that the region is healthy, or that it is not. */
  agree(region: string, healthy: boolean): Promise<void>;
  /** Whether any edge of Front Door has found the region unhealthy until now. */
  wasDoubted(region: string): boolean;
  close(): Promise<void>;
}

export interface EntryOptions {
  /** Instances in rotation. */
  readonly backendsIn: (region: RegionPlan) => readonly Backend[];
  readonly agent: Agent;
  readonly seed: number;
  /** Called once every edge has found a region unhealthy, or healthy again. Default: - nobody is notified. */
  readonly onAgreed?: (region: string, healthy: boolean, azureSecond: number) => void;
  /** See `AppServiceOptions.isEnding`. */
  readonly isEnding?: (key: string) => boolean;
  /** See `AppServiceOptions.onPassed`. */
  readonly onPassed?: (key: string, outcome: Outcome) => void;
}

export async function startEntry(plan: FleetPlan, options: EntryOptions): Promise<Entry> {
  const { agent, seed, onAgreed = () => {}, isEnding = () => false, onPassed = () => {} } = options;
  const hops: Hop[] = [];
  const inRegion = new Map<string, Hop[]>();
  const gateways: ApplicationGateway[] = [];
  const edges: FrontDoorEdge[] = [];
  const evenOuts: (() => void)[] = [];
  const ports = new Map<string, number>();
  /** How many edges consider each region unhealthy. */
  const doubters = new Map<string, number>();
  const everDoubted = new Set<string>();
  const asking: { readonly region: string; readonly healthy: boolean; readonly answer: () => void }[] = [];

  const opened = <T extends Hop>(hop: T, region?: string): T => {
    hops.unshift(hop);
    if (region !== undefined) inRegion.set(region, [...(inRegion.get(region) ?? []), hop]);
    return hop;
  };
  const agreedOn = (region: string, healthy: boolean): boolean =>
    (doubters.get(region) ?? 0) === (healthy ? 0 : edges.length);

  function changed(region: string, healthy: boolean, second: number): void {
    doubters.set(region, (doubters.get(region) ?? 0) + (healthy ? -1 : 1));
    if (!healthy) everDoubted.add(region);
    if (!agreedOn(region, healthy)) return;
    onAgreed(region, healthy, second);
    for (const each of asking) if (each.region === region && each.healthy === healthy) each.answer();
  }

  // Outermost first, so that no layer sees the one behind it vanish.
  const close = async (): Promise<void> => {
    for (const hop of hops) await hop.close();
  };
  try {
    await open();
  } catch (error) {
    await close();
    throw error;
  }
  return {
    portNear: (region) => {
      const port = ports.get(region);
      if (port === undefined)
        throw new Error(`\`region\` must be one of ${[...ports.keys()].join(', ')}, got: ${region}.`);
      return port;
    },
    evenOut: () => {
      for (const evenOut of evenOuts) evenOut();
    },
    goDark: (region, dark) => {
      for (const hop of inRegion.get(region) ?? []) hop.goDark(dark);
    },
    beginProbes: (clock) => {
      for (const [index, layer] of [...gateways, ...edges].entries()) {
        layer.beginProbes(clock, randomFrom(seed, 'probe phase', index).next());
      }
    },
    disable: (region, disabled) => {
      for (const edge of edges) edge.disable(region, disabled);
    },
    agree: (region, healthy) =>
      agreedOn(region, healthy)
        ? Promise.resolve()
        : new Promise((resolve) => asking.push({ region, healthy, answer: resolve })),
    wasDoubted: (region) => everDoubted.has(region),
    close,
  };

  async function open(): Promise<void> {
    const origins = [];
    for (const region of plan.regions) {
      const { name, appServiceAffinity, loadBalancing, defaultHost, priority, weight } = region;
      const hosts = [defaultHost, plan.typedHost];
      const backends = (): readonly Backend[] => options.backendsIn(region);
      const appService = opened(
        await startAppService({
          ...{ affinity: appServiceAffinity, loadBalancing, backends, hosts, agent, seed, isEnding, onPassed },
        }),
        name,
      );
      evenOuts.push(appService.evenOut);
      let { port } = appService;
      if (plan.applicationGateway) {
        const { affinity, probe, timeoutSeconds } = plan.applicationGateway;
        const { hostPreserved } = plan;
        const settings = {
          affinity,
          timeoutSeconds,
          probe: settled(probe),
          backendPort: port,
          backendHost: defaultHost,
          hostPreserved,
        };
        const gateway = opened(await startApplicationGateway({ ...settings, agent }), name);
        gateways.push(gateway);
        port = gateway.port;
      }
      ports.set(name, port);
      origins.push({ region: name, port, host: defaultHost, priority, weight });
    }
    if (plan.frontDoor) {
      const probe = settled(plan.frontDoor.probe);
      for (const { region: edge } of origins) {
        const settings = { ...plan.frontDoor, probe, origins, edge, hostPreserved: plan.hostPreserved };
        const hop = opened(await startFrontDoorEdge({ ...settings, onChange: changed, agent, seed }));
        edges.push(hop);
        ports.set(edge, hop.port);
      }
    }
  }
}

/** A fault that needs an unknown setting does not apply; the other faults do not need its timer. */
const settled = <T>(fact: Known<T>): T | null => (isUnknown(fact) ? null : fact);
