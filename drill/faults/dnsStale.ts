import type { Fault } from './fault';
import { regionLoss } from './regionLoss';

/** One of so many shoppers has the old address: assumed. */
const staleOneIn = 3;

/** Azure's seconds that shoppers meet it before the drill leaves out the rest of the record's time to live. */
const seenSeconds = 60;

/**
 * The only region is lost and created again at another address, and a third of the clients keep the old one until the time to
 * live of the name's record is over. A client of Front Door is not affected: its address is the same in every region.
 *
 * On the wire: as for `region-loss`; then these clients' connections are refused while all others are served.
 */
export const dnsStale: Fault<'dns-stale'> = {
  id: 'dns-stale',
  isGrey: true,
  description:
    'the only region is created again at another address, and a third of the clients keep the old one for a while',
  takes: regionLoss.takes,
  source: 'https://learn.microsoft.com/azure/dns/dns-zones-records#time-to-live',
  inapplicable: (plan) =>
    plan.frontDoor
      ? 'clients reach Front Door at an address that stays the same when a region fails'
      : regionLoss.inapplicable(plan),
  remark: ({ dnsSeconds }) =>
    `The record of the name lives ${dnsSeconds.value} s${dnsSeconds.stated ? '' : ', which is assumed: the Terraform declares none'}. People create the deployment again.`,
  async start(stage) {
    const { plan, clock, shoppers } = stage;
    const stale = shoppers.filter((_, index) => index % staleOneIn === 0);
    const lost = await regionLoss.start(stage);
    const window = { from: 0, until: 0 };
    return {
      ...lost,
      ailment: {
        ...({ symptom: 'failed', hitsAll: true, processes: new Set<string>(), shoppers: new Set(stale) } as const),
        window: () => window,
      },
      undo: async () => {
        stage.keepOldAddress(stale, true);
        await lost.undo();
        const { value: seconds } = plan.dnsSeconds;
        // Requests that are on their way to what was there fail still.
        await new Promise<void>((resolve) => void setTimeout(resolve, settleMs));
        window.from = performance.now();
        await Promise.all([
          clock.wait(Math.min(seconds, seenSeconds)),
          new Promise<void>((resolve) => void setTimeout(resolve, leastRealMs)),
        ]);
        window.until = performance.now();
        stage.keepOldAddress(stale, false);
        clock.leap('clients ask for the address again', seconds);
      },
    };
  },
};

const settleMs = 250;
/** Every shopper sends a request within this time. */
const leastRealMs = 1_500;
