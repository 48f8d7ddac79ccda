import {
  MonitorAutoscaleSetting,
  type MonitorAutoscaleSettingProfileRule,
} from '@cdktf/provider-azurerm/lib/monitor-autoscale-setting';
import type { ServicePlan } from '@cdktf/provider-azurerm/lib/service-plan';
import { Construct } from 'constructs';
import { diagnose } from '../monitoring/diagnostics';
import type { WatchedPlace } from '../monitoring/place';

export interface AutoscaleProps {
  readonly place: WatchedPlace;
  readonly plan: ServicePlan;
  /** Least number of instances, and the number when metrics cannot be read: what the region needs to lose a zone. */
  readonly floor: number;
}

/**
 * Scales the plan out and in on processor time and memory, metrics that plans on Linux report and that grow with load:
 * out when either calls for it, in only when both agree. `HttpQueueLength` is missing from Microsoft's list for Linux
 * of 2021, and other pages list it without naming the operating system. A rule on it might never be met, and then
 * nothing would scale in.
 *
 * @see https://github.com/MicrosoftDocs/azure-docs/issues/71426
 * @see https://learn.microsoft.com/azure/azure-monitor/autoscale/autoscale-best-practices
 */
export class Autoscale extends Construct {
  constructor(scope: Construct, id: string, { place, plan, floor }: AutoscaleProps) {
    super(scope, id);
    const { name, location, resourceGroupName, settings, workspaceId, tags } = place;
    const setting = new MonitorAutoscaleSetting(this, 'resource', {
      name: name('autoscaleSetting', location),
      location,
      resourceGroupName,
      targetResourceId: plan.id,
      enabled: true,
      profile: [
        {
          name: 'by load',
          capacity: { minimum: floor, default: floor, maximum: settings.maximumInstances },
          rule: [
            // 65 % leaves time for an instance to start; the gap down to 30 % keeps it from going back and forth.
            ...pair(plan, { metric: 'CpuPercentage', outAbove: 65, inBelow: 30 }),
            ...pair(plan, { metric: 'MemoryPercentage', outAbove: 80, inBelow: memoryToScaleIn(80, floor) }),
          ],
        },
      ],
      notification: { email: { customEmails: [settings.alertEmail] } },
      tags,
    });
    diagnose(this, 'logs', 'Microsoft.Insights/autoscalesettings', setting.id, workspaceId);
  }
}

/**
 * Part of the memory is in use without any load, so a low threshold might never be reached and the plan would stay large.
 * The highest that cannot flap: what `floor + 1` instances use must stay below `outAbove` on `floor`, with 5 % to spare.
 */
const memoryToScaleIn = (outAbove: number, floor: number): number => Math.floor((outAbove * floor) / (floor + 1)) - 5;

interface Pair {
  readonly metric: string;
  readonly outAbove: number;
  readonly inBelow: number;
}

/** Out fast and in slowly: a missing instance costs users, a spare one costs cents. */
const pair = (plan: ServicePlan, { metric, outAbove, inBelow }: Pair): MonitorAutoscaleSettingProfileRule[] => [
  rule(plan, {
    metric,
    operator: 'GreaterThan',
    threshold: outAbove,
    window: 'PT5M',
    direction: 'Increase',
    cooldown: 'PT5M',
  }),
  rule(plan, {
    metric,
    operator: 'LessThan',
    threshold: inBelow,
    window: 'PT10M',
    direction: 'Decrease',
    cooldown: 'PT10M',
  }),
];

interface Rule {
  readonly metric: string;
  readonly operator: 'GreaterThan' | 'LessThan';
  readonly threshold: number;
  readonly window: string;
  readonly direction: 'Increase' | 'Decrease';
  readonly cooldown: string;
}

const rule = (
  plan: ServicePlan,
  { metric, operator, threshold, window, direction, cooldown }: Rule,
): MonitorAutoscaleSettingProfileRule => ({
  metricTrigger: {
    metricResourceId: plan.id,
    metricName: metric,
    metricNamespace: 'microsoft.web/serverfarms',
    operator,
    threshold,
    statistic: 'Average',
    timeAggregation: 'Average',
    timeGrain: 'PT1M',
    timeWindow: window,
  },
  scaleAction: { direction, type: 'ChangeCount', value: 1, cooldown },
});
