import type { Finding } from '../../findings';
import type { ReviewResult } from '../../review';

export interface OpenFinding {
  readonly deployment: string;
  readonly finding: Finding;
}

/** Findings that nobody has accepted, in the order of the review. */
export const openFindings = ({ variants }: ReviewResult): OpenFinding[] =>
  variants.flatMap(({ name, findings }) =>
    findings.filter(({ suppressed }) => !suppressed).map((finding) => ({ deployment: name, finding })),
  );
