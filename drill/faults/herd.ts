import type { Fault } from './fault';
import { zoneLoss } from './zoneLoss';

/** How often each shopper looks at the cart, without waiting for an answer in between. */
const looks = 3;

/**
 * A zone fails over, and at the moment when everything answers again all shoppers come back at once: nobody has thought for a
 * while, and every page that hung is loaded again. What is left has to answer all of them. Assumed: that they come at the same
 * moment. How long that takes on Azure depends on its machines: the latency here is that of this machine.
 *
 * On the wire: as for `zone-loss`; then so many requests for each shopper at the same moment.
 */
export const herd: Fault<'herd'> = {
  id: 'herd',
  isGrey: true,
  description: 'a zone fails over, and then every shopper comes back at the same moment',
  takes: zoneLoss.takes,
  ...(zoneLoss.timers && { timers: zoneLoss.timers }),
  source: null,
  inapplicable: zoneLoss.inapplicable,
  ...(zoneLoss.remark && { remark: zoneLoss.remark }),
  async start(stage) {
    const lost = await zoneLoss.start(stage);
    const window = { from: 0, until: 0 };
    return {
      ...lost,
      // Nobody is bound to anything that is broken: everybody must be answered.
      ailment: { symptom: 'failed', hitsAll: false, processes: new Set(), window: () => window },
      undo: async () => {
        await lost.undo();
        // Apps find their Redis again a moment after it is there, on a busy machine later.
        await new Promise<void>((resolve) => void setTimeout(resolve, settleMs));
        await stage.fleet.reachStores();
        window.from = performance.now();
        await stage.rush(looks);
        window.until = performance.now();
      },
    };
  },
};

/** Real milliseconds: an app that lost its connection tries again within a second. */
const settleMs = 1_500;
