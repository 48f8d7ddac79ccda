import { unpricedText } from '../cost/wording';
import type { ReviewResult } from '../review';

/**
 * The result as `review --json` prints it: a contract, others script against it. Keys may be added, and none is ever
 * renamed or taken away.
 */
export const reviewJson = ({ variants }: ReviewResult) => ({
  variants: variants.map(({ monthlyCost, findings, cannotTell, compliant: _compliant, ...facts }) => ({
    ...facts,
    monthlyCost: { ...monthlyCost, unpriced: monthlyCost.unpriced.map(unpricedText) },
    findings: findings.map(({ title: _title, why: _why, ...finding }) => finding),
    cannotTell,
  })),
});
