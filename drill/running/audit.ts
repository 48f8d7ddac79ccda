/** After recovery every shopper says what its cart holds; whoever lost it looks once more. */

import type { Units, Verdict } from '../judging/ledger';
import type { Shopper } from '../shoppers/shopper';

export interface Audit {
  readonly shopper: Shopper;
  readonly found: Units;
  /** Process that answered the audit. */
  readonly process: string;
  readonly verdict: Verdict;
}

/**
 * One request at a time, so that it repeats with the seed.
 * @param meanwhile what happens between the audit and the second look
 * @throws if the recovered deployment gives no answer: then nobody can say whether a cart is lost.
 */
export async function auditAll(
  shoppers: readonly Shopper[],
  meanwhile: (audits: readonly Audit[]) => Promise<void> = async () => {},
): Promise<readonly Audit[]> {
  const audits: Audit[] = [];
  for (const shopper of shoppers) {
    const look = (await shopper.look()) ?? (await shopper.look());
    if (look === null) {
      throw new Error(`shopper ${shopper.id} got no cart at the audit, so this run cannot be judged`);
    }
    const verdict = shopper.ledger.judge(look.units, null);
    audits.push({ shopper, found: look.units, process: look.process, verdict });
  }
  await meanwhile(audits);
  const judged: Audit[] = [];
  for (const audit of audits) {
    // Without affinity another instance may still have it, and a region that comes back may.
    const later = audit.verdict.lost ? await audit.shopper.look() : null;
    judged.push({ ...audit, verdict: audit.shopper.ledger.judge(audit.found, later?.units ?? null) });
  }
  return judged;
}
