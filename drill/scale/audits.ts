/** The ledgers of a load test, made again from what its engines wrote, and judged by the drill's own judge. */

import type { Audit } from '../judging/evidence';
import { type Counts, type Ledger, openLedger, type Units } from '../judging/ledger';
import type { CollectedShopper } from './collected';

/** An audit, and where it came from. */
export interface CollectedAudit extends Audit {
  /** Region of who acknowledged the first add, where the app says it; null: unknown. */
  readonly home: string | null;
}

/** @returns null for a shopper who got no cart at the audit */
export function auditOf(collected: CollectedShopper): CollectedAudit | null {
  const { id, found, by, later, regions, adds } = collected;
  if (found === null) return null;
  const ledger = ledgerOf(collected);
  const units = unitsIn(found);
  const home = regions[adds[0]?.[2] ?? ''] ?? null;
  return {
    shopper: { id, near: home ?? '', ledger },
    found: units,
    process: by ?? 'unnamed',
    verdict: ledger.judge(units, later && unitsIn(later)),
    home,
  };
}

function ledgerOf({ adds, ordered, ambiguous, counts }: CollectedShopper): Ledger {
  const ledger = openLedger();
  // What was ordered is known by number alone.
  for (let unit = 0; unit < ordered; unit++)
    ledger.acknowledge({ productId: 'ordered', when: 'before', process: 'unnamed' });
  for (let checkout = 0; checkout < counts.checkouts; checkout++) ledger.order();
  for (const [productId, when, process] of adds) ledger.acknowledge({ productId, when, process });
  for (const productId of ambiguous) ledger.doubt(productId);
  const counted: readonly (keyof Counts)[] = ['checkouts', 'ambiguousAdds'];
  for (const what of Object.keys(counts) as (keyof Counts)[])
    if (!counted.includes(what)) for (let time = 0; time < counts[what]; time++) ledger.count(what);
  return ledger;
}

const unitsIn = (found: Readonly<Record<string, number>>): Units =>
  new Map(Object.entries(found).filter(([, count]) => count > 0));
