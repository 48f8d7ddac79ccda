/** What a plan says beside what exists after it, one line each. */

import type { ReviewedVariant } from '../review';

const because = (reason: string | null) => (reason === null ? '' : ` (${reason.replaceAll('_', ' ')})`);

export function plannedItems(variants: readonly ReviewedVariant[]): string[] {
  return variants.flatMap(({ name, plan }) => {
    if (!plan) return [];
    const items = [
      ...plan.replaced.map(({ address, reason }) => `created again: ${address}${because(reason)}`),
      ...plan.destroyed.map(({ address, reason }) => `destroyed: ${address}${because(reason)}`),
      ...plan.moved.map(({ from, to }) => `moved: ${from} to ${to}`),
      ...plan.drifted.map(({ address, actions }) => `changed outside Terraform: ${address} (${actions.join(', ')})`),
      ...plan.deferred.map(({ address, reason }) => `waits for another plan: ${address}${because(reason)}`),
      ...plan.failedChecks.map(
        ({ address, problems }) => `check failed: ${address}${problems.length > 0 ? `: ${problems.join('; ')}` : ''}`,
      ),
    ];
    return items.map((item) => (variants.length > 1 ? `${name}: ${item}` : item));
  });
}

export const plannedTitle = 'What the plan says';
