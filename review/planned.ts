import type { Deployment } from '../architecture/deployment';
import type { PlanEvidence } from '../architecture/terraform/document';

/** What a plan says beside what exists after it. */
export interface PlanSaid extends PlanEvidence {
  /** Resources that are created again, or destroyed, with Terraform's word for why; null: it gives none. */
  readonly replaced: readonly { readonly address: string; readonly reason: string | null }[];
  readonly destroyed: readonly { readonly address: string; readonly reason: string | null }[];
  readonly moved: readonly { readonly from: string; readonly to: string }[];
}

/** null: the Terraform is not a plan. */
export function planSaid({ planned, evidence }: Deployment): PlanSaid | null {
  if (!planned || !evidence) return null;
  const all = [...planned].map(([address, change]) => ({ address, ...change }));
  const has = (actions: readonly string[], action: string) => actions.includes(action);
  const named = ({ address, reason }: (typeof all)[number]) => ({ address, reason });
  return {
    ...evidence,
    replaced: all.filter(({ actions }) => has(actions, 'delete') && has(actions, 'create')).map(named),
    destroyed: all.filter(({ actions }) => has(actions, 'delete') && !has(actions, 'create')).map(named),
    moved: all.flatMap(({ address, previousAddress }) =>
      previousAddress === null ? [] : [{ from: previousAddress, to: address }],
    ),
  };
}
