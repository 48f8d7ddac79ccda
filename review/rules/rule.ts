import type { Architecture } from '../../architecture/model';

export type Severity = 'error' | 'warning';

/** What a rule says of one resource. A rule that looked at nothing says so; it is never compliant by silence. */
export type Answer =
  | { readonly kind: 'compliant'; readonly resource: string }
  | { readonly kind: 'finding'; readonly resource: string; readonly message: string; readonly fix: string }
  | { readonly kind: 'not applicable'; readonly reason: string }
  | { readonly kind: 'cannot tell'; readonly resource: string; readonly reason: string };

export interface Rule {
  /** Stable: suppressions and scripts name it. */
  readonly id: string;
  /** An instruction. */
  readonly title: string;
  readonly severity: Severity;
  /** One line of why. */
  readonly why: string;
  /** Where the advice comes from. */
  readonly source: string;
  /** Pure: facts in, answers out, at least one. */
  readonly check: (architecture: Architecture) => readonly Answer[];
}
