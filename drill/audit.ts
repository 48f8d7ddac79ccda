/** After recovery every shopper says what its cart holds; whoever lost it looks once more. */

import type { Verdict } from './ledger';
import type { Shopper } from './shoppers/shopper';

export interface Audit {
  readonly shopper: Shopper;
  /** Instance that acknowledged the last add before the fault; null: none was acknowledged. */
  readonly home: string | null;
  /** Instance that answered the audit. */
  readonly answeredBy: string;
  readonly verdict: Verdict;
}

/**
 * One request at a time, so that it repeats with the seed.
 * @throws if the recovered deployment gives no answer: then nobody can say whether a cart is lost.
 */
export async function auditAll(
  shoppers: readonly Shopper[],
  homes: ReadonlyMap<number, string | null>,
  label: string,
): Promise<readonly Audit[]> {
  const looks = [];
  for (const shopper of shoppers) {
    const look = await shopper.look();
    if (look === null) {
      throw new Error(`${label}: shopper ${shopper.id} got no cart at the audit, so this run cannot be judged.`);
    }
    looks.push({ shopper, look });
  }
  const audits: Audit[] = [];
  for (const { shopper, look } of looks) {
    const { lost } = shopper.ledger.judge(look.units, null);
    // Without affinity, another instance may still have it.
    const later = lost ? await shopper.look() : null;
    const verdict = shopper.ledger.judge(look.units, later?.units ?? null);
    audits.push({ shopper, home: homes.get(shopper.id) ?? null, answeredBy: look.instance, verdict });
  }
  return audits;
}
