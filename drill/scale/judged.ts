/** From a collected result to the report of any other drill. */

import type { Deployment } from '../../architecture/deployment';
import type { FaultName } from '../faults';
import { requireAcknowledgedAdds } from '../judging/calm';
import { uncounted } from '../judging/counted';
import { detailsOf, figuresOf, loadSkew } from '../judging/figures';
import { surpriseOf } from '../judging/judgement';
import { rounded } from '../judging/rounded';
import type { CompletedRun, DrillReport, NotAssessedRun, RunDetails } from '../report/result';
import { surprisesIn } from '../url/remote';
import { auditOf, type CollectedAudit } from './audits';
import type { Collected } from './collected';
import { foreseeAll } from './foreseen';

/** What broke, and where: the variant's facts say what that must cost. */
export interface NamedFault {
  readonly fault: FaultName;
  readonly deployment: Deployment;
}

/** @param named null: nobody says what broke, so nothing may be lost, and every request must be answered */
export function judgeCollected(collected: Collected, named: NamedFault | null): DrillReport {
  const { plan } = collected;
  const head = { timeScale: 1, seed: plan.seed, remote: true as const };
  try {
    const { run, details } = judge(collected, named);
    return { ...head, runs: [run], details: [details] };
  } catch (error) {
    const run: NotAssessedRun = {
      ...{ variant: plan.variant, fault: named?.fault ?? 'none' },
      notAssessed: (error as Error).message,
    };
    return { ...head, runs: [run], details: [null] };
  }
}

/** @throws with the reason why the result says nothing about the deployment */
function judge(
  { plan, shoppers, cut, late }: Collected,
  named: NamedFault | null,
): { readonly run: CompletedRun; readonly details: RunDetails } {
  if (shoppers.length < plan.shoppers) {
    const cutOff = cut === 0 ? '' : ` (${cut} ${cut === 1 ? 'line is' : 'lines are'} cut off)`;
    const why =
      late === 0
        ? 'logs of engines are missing, or the test ended before its audit'
        : `${late} ${late === 1 ? 'was' : 'were'} done filling too late, because an engine ended and Locust replaced its shoppers, or because the shop was slow`;
    throw new Error(
      `${plan.shoppers - shoppers.length} of ${plan.shoppers} shoppers have no audit in the result${cutOff}: ${why}`,
    );
  }
  const audits = shoppers.map((shopper) => {
    const audit = auditOf(shopper);
    if (audit === null) throw new Error(`shopper ${shopper.id} got no cart at the audit, so this run cannot be judged`);
    return audit;
  });
  requireAcknowledgedAdds(audits.map(({ shopper }) => shopper));
  const { expected, surprises } = named === null ? unnamed(audits) : byFacts(named, audits);
  const times = shoppers.flatMap(({ failed }) => failed ?? []);
  const run: CompletedRun = {
    ...{ variant: plan.variant, fault: named?.fault ?? 'none', ...figuresOf(audits) },
    // No client beside the shoppers, no emulated timer, and who else runs there is unknown.
    ...{ apiRequests: 0, apiRequestsFailed: 0, platformSeconds: 0, outageSeconds: 0, capacity: null },
    counted: uncounted('the logs say nothing of when something broke'),
    measuredSeconds: times.length === 0 ? 0 : rounded(Math.max(...times) - Math.min(...times)),
    loadSkew: loadSkew(audits),
    expected,
    met: surprises.length === 0,
  };
  const details = {
    ...{ writesForeseenLost: 0, writesLostAtReturn: 0, ownSettings: [], timeline: null, surprises },
    ...detailsOf(audits),
    remark: `Collected from the logs of a load test at ${plan.address}.`,
  };
  return { run, details };
}

interface Judged {
  readonly expected: CompletedRun['expected'];
  readonly surprises: readonly string[];
}

const unnamed = (audits: readonly CollectedAudit[]): Judged => ({
  expected: {
    cartsLost: 0,
    source: 'A shop should lose nothing, keep no add twice and answer every request; no fault was named.',
  },
  surprises: surprisesIn(audits),
});

/** What a fault costs by the facts; requests that fail meanwhile are not among it. */
function byFacts({ fault, deployment }: NamedFault, audits: readonly CollectedAudit[]): Judged {
  const { foreseen, source } = foreseeAll(deployment, fault, audits);
  return {
    expected: { cartsLost: foreseen.filter(({ lost }) => lost).length, source },
    surprises: audits.flatMap((audit, index) => {
      const expected = foreseen[index];
      // A second look may meet whoever still has the cart, and when a region came back is unknown.
      const surprise = expected ? surpriseOf(audit, { ...expected, resurrected: null }) : null;
      return surprise === null ? [] : [`shopper ${audit.shopper.id}: ${surprise}`];
    }),
  };
}
