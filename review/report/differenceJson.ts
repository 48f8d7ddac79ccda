import type { VariantChange } from '../changes';
import type { Difference } from '../diff';

/** The difference as `compare --json` prints it: a contract, others script against it. Keys may be added, and none is ever renamed or taken away. */
export const differenceJson = (
  difference: Difference,
  { cost, found, fixed, doubts }: VariantChange,
  namesOf: string | null = null,
) => ({
  ...difference,
  monthlyCost: cost,
  findings: {
    new: found.map(({ title: _title, why: _why, ...finding }) => finding),
    fixed: fixed.map(({ rule, resource }) => ({ rule, resource })),
    unknown: doubts,
  },
  // Only between two environments.
  ...(namesOf !== null && { namesOf }),
});
