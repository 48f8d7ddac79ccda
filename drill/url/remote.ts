/**
 * The same shoppers and ledger against a deployed address. What breaks, and when, is up to whoever operates it: the
 * drill fills carts, looks at them for a while, and audits. It has no facts about that deployment, so it expects that
 * nothing is lost.
 */

import { setMaxListeners } from 'node:events';
import { Agent } from 'node:http';
import { Agent as TlsAgent } from 'node:https';
import { setTimeout as delay } from 'node:timers/promises';
import { detailsOf, figuresOf, loadSkew, rounded } from '../judging/figures';
import { missing } from '../judging/ledger';
import type { CompletedRun, DrillReport } from '../report/result';
import { auditAll } from '../running/audit';
import { openBrowser } from '../shoppers/browser';
import { fillCarts, goOnShopping, openCrowd } from '../shoppers/crowd';
import { type Limits, mostRequests, pacer } from './limits';

export interface RemoteOptions extends Limits {
  readonly seed: number;
  readonly shoppers: number;
  /** Aborting ends it with the signal's reason. */
  readonly signal: AbortSignal;
  readonly onProgress?: (line: string) => void;
}

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
  let lastFailure = begun;
  let firstFailure: number | null = null;
  let answers = 0;
  try {
    const shoppers = await openCrowd({
      ...{ seed, count: options.shoppers, neighbourhoods: [url.host] },
      browser: (_near, address) =>
        openBrowser({
          ...{ to: url, host: url.hostname, address, agent, signal, turn },
          onReply: (reply) => {
            answers++;
            if ('status' in reply && reply.status < 500) return;
            lastFailure = performance.now();
            firstFailure ??= lastFailure;
          },
        }),
    });
    onProgress(`${options.shoppers} shoppers fill their carts at ${url.host}`);
    await fillCarts(shoppers);
    onProgress(`now break something, if you like: carts are looked at for ${Math.max(0, Math.round(left()))} s`);
    const forAudit = Math.max(
      seconds * auditShare,
      mostRequests(options.shoppers).auditing / options.requestsPerSecond,
    );
    for (let index = 0; left() > forAudit; index++) {
      await shoppers[index % shoppers.length]?.look();
      await delay(0, undefined, { signal });
    }
    onProgress('audit');
    await goOnShopping(shoppers);
    const audits = await auditAll(shoppers);
    const figures = figuresOf(audits);
    const run: CompletedRun = {
      ...{ variant: url.host, fault: 'none', ...figures },
      // No client beside the shoppers: the rate limit is theirs.
      ...{ apiRequests: 0, apiRequestsFailed: 0, platformSeconds: 0 },
      measuredSeconds: firstFailure === null ? 0 : rounded((lastFailure - firstFailure) / 1000),
      loadSkew: loadSkew(audits),
      expected: {
        cartsLost: 0,
        source: 'A shop should lose nothing; what is deployed there, the drill does not know.',
      },
      met: figures.cartsLost === 0 && figures.writesLost === 0,
    };
    const surprises = audits.flatMap(({ shopper, found, verdict }) => {
      const gone = missing(found, shopper.ledger.promised());
      return verdict.lost
        ? [`shopper ${shopper.id}: lost the cart`]
        : gone > 0
          ? [`shopper ${shopper.id}: ${gone} adds`]
          : [];
    });
    const details = {
      ...{ writesForeseenLost: 0, writesLostAtReturn: 0, ownSettings: [], timeline: null, surprises },
      ...detailsOf(audits),
      remark: `${answers} requests at ${options.requestsPerSecond} a second at most; faults were left to the operator.`,
    };
    return { timeScale: 1, seed, runs: [run], details: [details] };
  } catch (error) {
    // After an abort the first error hides the reason.
    signal.throwIfAborted();
    throw error;
  } finally {
    clearTimeout(timer);
    agent.destroy();
  }
}
