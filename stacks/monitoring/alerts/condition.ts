/**
 * What a metric must do to raise an alert. Aggregation, operator, window and sentence are all derived from it, so that
 * the words of an alert cannot say anything else than its numbers.
 */
export interface Condition {
  /** Name of the metric in Azure Monitor. */
  readonly metric: string;
  /** What the metric measures, in words: the subject of the sentence. */
  readonly measures: string;
  /**
   * How the samples of the window are judged. `average`: their mean, so one bad sample is outweighed by good ones.
   * `every sample`: one good sample is enough to stay quiet. `at least one sample`: one bad sample is enough to fire.
   * `total`: their sum.
   */
  readonly when: 'average' | 'every sample' | 'at least one sample' | 'total';
  readonly is: 'above' | 'at least' | 'below';
  readonly threshold: number;
  /** Unit of the threshold, as the sentence writes it. Left out: a count. */
  readonly unit?: '%' | 'seconds';
  /** Length of the window, in minutes. */
  readonly minutes: 5 | 15 | 30 | 60;
  /** Only samples with these values of a dimension count. Left out: all do. */
  readonly only?: { readonly dimension: string; readonly values: readonly string[] };
  /** Each value of a dimension is judged by itself, and one is enough to fire. Left out: they are taken together. */
  readonly each?: { readonly dimension: string; readonly called: 'instance' | 'node' };
}

export type Aggregation = 'Average' | 'Minimum' | 'Maximum' | 'Total';

const operators = { above: 'GreaterThan', 'at least': 'GreaterThanOrEqual', below: 'LessThan' } as const;

/**
 * Azure aggregates the samples of the window to one number and compares that. All samples are above a threshold exactly
 * when the least is, and below it exactly when the greatest is.
 *
 * @see https://learn.microsoft.com/azure/azure-monitor/essentials/metrics-aggregation-explained
 */
export function aggregationOf({ when, is }: Pick<Condition, 'when' | 'is'>): Aggregation {
  if (when === 'average') return 'Average';
  if (when === 'total') return 'Total';
  return (when === 'every sample') === (is === 'below') ? 'Maximum' : 'Minimum';
}

const howOften = {
  average: 'on average over',
  'every sample': 'in every sample of',
  'at least one sample': 'in at least one sample of',
  total: 'in total over',
} as const;

/** The condition as a sentence, for instance `Processor time of the plan: above 90 % on average over 5 minutes.` */
export function sentenceOf({ measures, when, is, threshold, unit, minutes, each }: Condition): string {
  const subject = each ? `${measures}, on at least one ${each.called}` : measures;
  return `${subject}: ${is} ${threshold}${unit ? ` ${unit}` : ''} ${howOften[when]} ${minutes} minutes.`;
}

/** The arguments of `azurerm_monitor_metric_alert` that decide when it fires. */
export function criteriaOf(condition: Condition, metricNamespace: string) {
  const { metric, is, threshold, minutes, only, each } = condition;
  const dimension = [
    ...(only ? [{ name: only.dimension, operator: 'Include', values: [...only.values] }] : []),
    // The star makes a time series of every value, each judged by itself.
    ...(each ? [{ name: each.dimension, operator: 'Include', values: ['*'] }] : []),
  ];
  return {
    windowSize: minutes === 60 ? 'PT1H' : `PT${minutes}M`,
    // More often than the window is long, as Azure asks.
    frequency: minutes === 5 ? 'PT1M' : 'PT5M',
    criteria: [
      {
        metricNamespace,
        metricName: metric,
        aggregation: aggregationOf(condition),
        operator: operators[is],
        threshold,
        ...(dimension.length > 0 && { dimension }),
      },
    ],
  };
}
