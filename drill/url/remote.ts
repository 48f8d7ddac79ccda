/**
 * The same shoppers and ledger against a deployed address. What breaks, and when, is up to whoever operates it: the
 * drill fills carts, looks at them for a while, and audits. It has no facts about that deployment, so it expects that
 * nothing is lost.
 */

import { setMaxListeners } from 'node:events';
import { Agent } from 'node:http';
import { Agent as TlsAgent } from 'node:https';
import { requireAcknowledgedAdds } from '../judging/calm';
import { uncounted } from '../judging/counted';
import type { Audit } from '../judging/evidence';
import { detailsOf, figuresOf, loadSkew, sum } from '../judging/figures';
import { missing, unitsOf } from '../judging/ledger';
import { rounded } from '../judging/rounded';
import type { CompletedRun, DrillReport } from '../report/result';
import { auditAll } from '../running/audit';
import { openBrowser, type Reply } from '../shoppers/browser';
import { fillCartsAtOnce, goOnShoppingAtOnce, lookOnAtOnce, openCrowd } from '../shoppers/crowd';
import { type Limits, mostRequests, pacer } from './limits';
import { patient } from './ownNetwork';
import { record } from './recording';

export interface RemoteOptions extends Limits {
  readonly seed: number;
  readonly shoppers: number;
  /** Aborting ends it with the signal's reason. */
  readonly signal: AbortSignal;
  readonly onProgress?: (line: string) => void;
  /** Whether shoppers add on, and wait where this machine's own network is cut. Default: they look, and a cut counts as a failure. */
  readonly watches?: boolean;
  /** Gives what the operator says was done, as it is said. Default: - nobody says anything. */
  readonly onMark?: (mark: (label: string) => void) => void;
}

/** Real milliseconds between two lines that say how it goes. */
const progressMs = 60_000;

/** Of more seconds than these the audit gets no larger share. */
const longestShare = 300;

/** Share of the time that is left for the audit, at least. */
const auditShare = 0.2;

/** @throws if the address does not answer as the shop does, gives no cart at the audit, or the time is up before that */
export async function drillAddress(url: URL, options: RemoteOptions): Promise<DrillReport> {
  const { seed, seconds, onProgress = () => {} } = options;
  const timeIsUp = new AbortController();
  const signal = AbortSignal.any([options.signal, timeIsUp.signal]);
  setMaxListeners(0, signal, options.signal);
  const timer = setTimeout(() => {
    timeIsUp.abort(new Error(`the ${seconds} s were over before ${url.host} had answered the audit; allow more`));
  }, seconds * 1000);
  const agent = url.protocol === 'https:' ? new TlsAgent({ keepAlive: true }) : new Agent({ keepAlive: true });
  const turn = pacer(options, signal);
  const begun = performance.now();
  const left = (): number => seconds - (performance.now() - begun) / 1000;
  const recording = record();
  let answers = 0;
  const onReply = (reply: Reply): void => {
    answers++;
    recording.reply('status' in reply && reply.status < 500);
  };
  let cuts = 0;
  const onCut = (isCut: boolean): void => {
    cuts += isCut ? 1 : -1;
    if (isCut && cuts === 1) recording.notice('the drill’s own network is cut');
    if (!isCut && cuts === 0) recording.notice('the drill’s own network is back');
  };
  const asClient = (address: string) => ({ to: url, host: url.hostname, address, agent, signal });
  options.onMark?.((label) => {
    recording.mark(label);
    onProgress(`marked: ${recording.marks.at(-1)?.label}`);
  });
  try {
    const shoppers = await openCrowd({
      ...{ seed, count: options.shoppers, neighbourhoods: [url.host] },
      browser: (_near, address) =>
        options.watches
          ? patient(openBrowser({ ...asClient(address), turn }), { onReply, onCut, signal })
          : openBrowser({ ...asClient(address), turn, onReply }),
    });
    onProgress(`${options.shoppers} shoppers fill their carts at ${url.host}`);
    await fillCartsAtOnce(shoppers);
    requireAcknowledgedAdds(shoppers);
    onProgress(
      `now break something, if you like: carts are looked at for ${Math.max(0, Math.round(left()))} s${options.onMark ? '. Say what you did in a line, and it is marked' : ''}`,
    );
    const forAudit = Math.max(
      Math.min(seconds, longestShare) * auditShare,
      (2 * mostRequests(options.shoppers).auditing) / options.requestsPerSecond,
    );
    const heard = setInterval(() => onProgress(`${answers} answers, ${recording.failed()} failed`), progressMs);
    try {
      await lookOnAtOnce(shoppers, () => left() > forAudit, options.watches);
    } finally {
      clearInterval(heard);
    }
    onProgress('audit');
    await goOnShoppingAtOnce(shoppers);
    const audits = await auditAll(shoppers);
    const figures = figuresOf(audits);
    const surprises = surprisesIn(audits);
    const run: CompletedRun = {
      ...{ variant: url.host, fault: 'none', ...figures },
      // No client beside the shoppers: the rate limit is theirs.
      ...{ apiRequests: 0, apiRequestsFailed: 0, platformSeconds: 0, outageSeconds: 0, capacity: null },
      counted: uncounted('what runs at that address is unknown, and so is the moment at which something breaks'),
      measuredSeconds: rounded(recording.failedSeconds()),
      loadSkew: loadSkew(audits),
      expected: {
        cartsLost: 0,
        source:
          'A shop should lose nothing, keep no add twice and answer every request; what is deployed there, the drill does not know.',
      },
      met: surprises.length === 0,
    };
    const details = {
      ...{
        writesForeseenLost: 0,
        writesLostAtReturn: 0,
        ownSettings: [],
        timeline: recording.draw(url.host),
        surprises,
      },
      ...detailsOf(audits),
      remark: [
        `${answers} requests at ${options.requestsPerSecond} a second at most; faults were left to the operator.`,
        recording.sentence() ?? 'Nothing was marked.',
      ].join(' '),
    };
    return { timeScale: 1, seed, runs: [run], details: [details], remote: true };
  } catch (error) {
    // After an abort the first error hides the reason.
    signal.throwIfAborted();
    throw error;
  } finally {
    clearTimeout(timer);
    agent.destroy();
  }
}

/** What a shop should not do: leave requests without an answer, lose a cart or an add, or keep an add twice. */
export function surprisesIn(audits: readonly Audit[]): readonly string[] {
  const outages = sum(audits, ({ shopper }) => shopper.ledger.counts.outages);
  return [
    ...(outages > 0
      ? [`${outages} ${outages === 1 ? 'request' : 'requests'} had no answer, or one of 500 and above`]
      : []),
    ...audits.flatMap(({ shopper: { id, ledger }, found, verdict }) => {
      const promised = ledger.promised();
      const gone = missing(found, promised);
      const doubtful = unitsOf(ledger.ambiguous.map((productId) => ({ productId })));
      const twice = [...found].filter(
        ([productId, units]) => units > (promised.get(productId) ?? 0) + (doubtful.get(productId) ?? 0),
      ).length;
      if (verdict.lost) return [`shopper ${id}: lost the cart`];
      if (gone > 0) return [`shopper ${id}: ${gone} acknowledged ${gone === 1 ? 'add is' : 'adds are'} gone`];
      return twice > 0
        ? [`shopper ${id}: found more of ${twice} ${twice === 1 ? 'product' : 'products'} than was added`]
        : [];
    }),
  ];
}
