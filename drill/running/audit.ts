/** After recovery every shopper reads its cart. Those that lost it look once more. */

import type { Audit } from '../judging/evidence';
import type { Shopper } from '../shoppers/shopper';

/** An audit before the second look. */
export interface FirstLook extends Audit {
  readonly shopper: Shopper;
}

const nothing = { units: new Map<string, number>(), process: 'no instance' };

/**
 * One request at a time, so that it repeats with the seed.
 * @param closed whether nobody can be answered
 * @throws if the recovered deployment gives no answer otherwise: then it is unknown whether a cart is lost.
 */
export async function lookAtAll(shoppers: readonly Shopper[], closed = false): Promise<readonly FirstLook[]> {
  const looks: FirstLook[] = [];
  for (const shopper of shoppers) {
    const look = (await shopper.look()) ?? (await shopper.look()) ?? (closed ? nothing : null);
    if (look === null) {
      throw new Error(`shopper ${shopper.id} got no cart at the audit, so this run cannot be judged`);
    }
    const verdict = shopper.ledger.judge(look.units, null);
    looks.push({ shopper, found: look.units, process: look.process, verdict });
  }
  return looks;
}

/** One request at a time. Without affinity another instance may still have a lost cart, and a region that is back may. */
export async function lookAgain(looks: readonly FirstLook[]): Promise<readonly Audit[]> {
  const audits: Audit[] = [];
  for (const first of looks) {
    const later = first.verdict.lost ? await first.shopper.look() : null;
    audits.push({ ...first, verdict: first.shopper.ledger.judge(first.found, later?.units ?? null) });
  }
  return audits;
}

/** Both looks of all shoppers at once, with nothing between them: where nothing has to repeat. */
export const auditAll = async (shoppers: readonly Shopper[]): Promise<readonly Audit[]> =>
  (await Promise.all(shoppers.map(async (shopper) => lookAgain(await lookAtAll([shopper]))))).flat();
