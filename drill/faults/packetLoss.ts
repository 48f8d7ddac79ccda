import type { Fault } from './fault';
import { keysOf, lasts, withoutRedis } from './parts';
import { takesNothing } from './takes';

/** A poor way: each part takes 20 ms, one of twenty is lost and comes 200 ms later, which is what Linux waits at least. Assumed. */
const poor = { delayMs: 20, lostOneIn: 20, resentMs: 200 } as const;

/** How long each of the two lasts, in Azure's seconds and at least in real milliseconds: assumed. */
const lastingSeconds = 60;
const leastRealMs = 1_500;

/**
 * The way between the apps of one region and their Redis is poor for a minute, then its connections go silent without an end,
 * as when a firewall or a load balancer forgets them. Documented: on Linux a client may need 13 minutes or more to see that, with
 * the system's settings. The shop has a limit of its own for an answer, a second, and connects again.
 *
 * On the wire: a proxy on loopback between each process and its Redis delays what passes, and passes nothing on at last. New
 * connections are well. Commands that were on their way are lost, so what they asked for may be done or not.
 */
export const packetLoss: Fault<'packet-loss'> = {
  id: 'packet-loss',
  isGrey: true,
  description: 'the way between app and Redis delays and loses packets, then its connections go silent without an end',
  takes: takesNothing,
  source: 'https://learn.microsoft.com/azure/azure-cache-for-redis/cache-best-practices-connection',
  throughLinks: true,
  sparesApi: true,
  inapplicable: withoutRedis,
  async start(stage) {
    const { fleet, region } = stage;
    const affected = fleet.instances().filter((instance) => instance.region === region.name);
    for (const instance of affected) fleet.linkOf(instance).behave(poor);
    return {
      destroyed: new Set(),
      ailment: { symptom: 'failed', hitsAll: false, processes: keysOf(affected), region: region.name },
      undo: async () => {
        await lasts(stage, lastingSeconds, leastRealMs);
        for (const instance of affected) {
          fleet.linkOf(instance).behave({});
          fleet.linkOf(instance).halfOpen();
        }
        await lasts(stage, lastingSeconds, leastRealMs);
      },
    };
  },
};
