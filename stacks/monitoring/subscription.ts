import { DataAzurermSubscription } from '@cdktf/provider-azurerm/lib/data-azurerm-subscription';
import { Construct } from 'constructs';
import { Group } from '../region/group';
import type { Region } from '../region/region';
import { alertOnSubscription } from './alerts/events';
import { declareBudget } from './budget';

export interface SubscriptionWatchProps {
  /** Name of the variant in `main.ts`. */
  readonly base: string;
  /** The first one keeps the alerts, and its action group is notified. */
  readonly regions: readonly Region[];
  /** What all resource groups together may cost in a month; undefined: no budget. */
  readonly monthlyBudget: number | undefined;
}

/**
 * What can be watched for a subscription only: Service Health, Azure Policy, and what all resource groups together cost.
 * Comes after everything else, because it looks for the resource groups that are there.
 */
export class SubscriptionWatch extends Construct {
  constructor(scope: Construct, id: string, { base, regions, monthlyBudget }: SubscriptionWatchProps) {
    super(scope, id);
    const [{ place }] = regions as readonly [Region];
    const subscription = new DataAzurermSubscription(this, 'current');
    alertOnSubscription(this, subscription.id, place);
    if (monthlyBudget !== undefined) {
      const groups = scope.node.findAll().filter((construct) => construct instanceof Group);
      declareBudget(
        this,
        subscription.id,
        place,
        base,
        groups.map((group) => group.name),
        monthlyBudget,
      );
    }
  }
}
