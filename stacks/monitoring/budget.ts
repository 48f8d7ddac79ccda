import { ConsumptionBudgetSubscription } from '@cdktf/provider-azurerm/lib/consumption-budget-subscription';
import type { Construct } from 'constructs';
import type { WatchedPlace } from './place';

/**
 * First day of the month in which Terraform plans. Azure refuses a monthly budget that starts in a month gone by, and
 * synth may not look at a clock, so Terraform does. What it found first stays: see `ignoreChanges` below.
 */
const startOfThisMonth = `\${formatdate("YYYY-MM-'01T00:00:00Z'", plantimestamp())}`;

/** Percent of the amount at which the action group is notified: of what was spent, or of what Azure expects to be spent by the end of the month. */
const notices = [
  { threshold: 80, thresholdType: 'Actual' },
  { threshold: 100, thresholdType: 'Actual' },
  { threshold: 100, thresholdType: 'Forecasted' },
] as const;

/**
 * Declares one budget for all resource groups of a deployment. It notifies and stops nothing. Azure counts in the currency
 * of the billing account and takes no other.
 *
 * @param amount per calendar month, 1 or more
 * @see https://learn.microsoft.com/azure/cost-management-billing/costs/tutorial-acm-create-budgets
 */
export function declareBudget(
  scope: Construct,
  subscriptionId: string,
  { name, actionGroupId }: WatchedPlace,
  base: string,
  resourceGroupNames: readonly string[],
  amount: number,
): void {
  new ConsumptionBudgetSubscription(scope, 'budget', {
    name: name('budget', base),
    subscriptionId,
    amount,
    timeGrain: 'Monthly',
    timePeriod: { startDate: startOfThisMonth },
    filter: { dimension: [{ name: 'ResourceGroupName', values: [...resourceGroupNames] }] },
    notification: notices.map((notice) => ({
      ...notice,
      operator: 'GreaterThanOrEqualTo',
      contactGroups: [actionGroupId],
    })),
    lifecycle: { ignoreChanges: ['time_period'] },
  });
}
