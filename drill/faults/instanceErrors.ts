import type { Fault } from './fault';
import { holder, keysOf, lasts } from './parts';
import { takesNothing } from './takes';

const failsOneIn = 5;

/** How long, in Azure's seconds and at least in real milliseconds: assumed. */
const lastingSeconds = 60;
const leastRealMs = 2_500;

/**
 * One instance answers a fifth of its requests with 500, and its pings with 200: a broken dependency of a few pages.
 * Documented: health check looks at one path, and only failures in a row count, so it never takes the instance out.
 * Assumed: the fifth, and that it ends by itself after a minute.
 *
 * On the wire: the app has done what was asked, and the answer is lost with its cookies. So an add that got 500 may be there.
 */
export const instanceErrors: Fault<'instance-errors'> = {
  id: 'instance-errors',
  isGrey: true,
  description: 'one instance answers a fifth of its requests with 500 and passes its health check, for a minute',
  takes: takesNothing,
  source: 'https://learn.microsoft.com/azure/app-service/monitor-instances-health-check',
  inapplicable: () => null,
  remark: () => 'Health check asks one path and counts failures in a row, so it does not see this.',
  async start(stage) {
    const victim = holder(stage);
    victim.behave({ failsOneIn });
    return {
      destroyed: new Set(),
      ailment: { symptom: 'failed', hitsAll: false, processes: keysOf([victim]) },
      undo: async () => {
        await lasts(stage, lastingSeconds, leastRealMs);
        victim.behave({});
      },
    };
  },
};
