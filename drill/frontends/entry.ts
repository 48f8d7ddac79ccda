/** The layers of a variant, put in front of its fleet in the order in which a request meets them. */

import type { Agent } from 'node:http';
import type { FleetPlan, RegionPlan } from '../plan';
import { startApplicationGateway } from './applicationGateway';
import { startAppService } from './appService';
import { startFrontDoorEdge } from './frontDoor';
import type { Hop } from './hop';
import type { Backend } from './rotation';

export interface Entry {
  /** Where a client near this region connects. @throws on a region that the plan does not have. */
  portNear(region: string): number;
  /** See `Rotation.evenOut`; reaches every region. */
  evenOut(): void;
  close(): Promise<void>;
}

export interface EntryOptions {
  readonly backendsIn: (region: RegionPlan) => readonly Backend[];
  readonly agent: Agent;
  readonly seed: number;
}

export async function startEntry(plan: FleetPlan, options: EntryOptions): Promise<Entry> {
  const { agent, seed } = options;
  const hops: Hop[] = [];
  const evenOuts: (() => void)[] = [];
  const opened = <T extends Hop>(hop: T): T => {
    hops.unshift(hop);
    return hop;
  };
  const ports = new Map<string, number>();
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
    close,
  };

  async function open(): Promise<void> {
    const origins = [];
    for (const region of plan.regions) {
      const { name, appServiceAffinity, defaultHost, priority, weight } = region;
      const backends = (): readonly Backend[] => options.backendsIn(region);
      const appService = opened(await startAppService({ affinity: appServiceAffinity, backends, agent, seed }));
      evenOuts.push(appService.evenOut);
      let { port } = appService;
      if (plan.applicationGateway) {
        const { affinity } = plan.applicationGateway;
        const { hostPreserved } = plan;
        port = opened(
          await startApplicationGateway({
            affinity,
            backendPort: port,
            backendHost: defaultHost,
            hostPreserved,
            agent,
          }),
        ).port;
      }
      ports.set(name, port);
      origins.push({ region: name, port, host: defaultHost, priority, weight });
    }
    if (plan.frontDoor) {
      for (const { region: edge } of origins) {
        const { hostPreserved } = plan;
        const hop = await startFrontDoorEdge({ ...plan.frontDoor, origins, edge, hostPreserved, agent, seed });
        ports.set(edge, opened(hop).port);
      }
    }
  }
}
