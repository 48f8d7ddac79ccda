import type { Fault } from './fault';
import { holder, keysOf, lasts } from './parts';
import { takesNothing } from './takes';

/** How long each request waits before the app gets it, in real milliseconds: requests are real. */
const slowMs = 5_000;

/** How long it stays so, in Azure's seconds and at least in real milliseconds. Nothing documented ends it; both are assumed. */
const lastingSeconds = 60;
const leastRealMs = 1_500;

/**
 * One instance answers every request after 5 s and its pings at once, as a process does that waits for a slow disk or a full
 * pool. Documented: a ping is healthy if a status from 200 to 299 comes within a minute, so health check never takes it out.
 * Assumed: the 5 s, and that it ends by itself. Auto-heal, which could restart it, is not emulated.
 *
 * On the wire: requests wait in front of the app. Least requests sends few to it, because those that wait are outstanding.
 */
export const instanceSlow: Fault<'instance-slow'> = {
  id: 'instance-slow',
  isGrey: true,
  description: `one instance answers after ${slowMs / 1000} s and passes its health check, for a minute`,
  takes: takesNothing,
  sparesApi: true,
  source: 'https://learn.microsoft.com/azure/app-service/monitor-instances-health-check',
  inapplicable: () => null,
  remark: () => 'Health check asks for an answer within a minute, so it does not see this.',
  async start(stage) {
    const victim = holder(stage);
    victim.behave({ delayMs: slowMs });
    return {
      destroyed: new Set(),
      ailment: { symptom: { slowerThanMs: slowMs * 0.9 }, hitsAll: true, processes: keysOf([victim]) },
      undo: async () => {
        await lasts(stage, lastingSeconds, leastRealMs);
        victim.behave({});
      },
    };
  },
};
