/** One sample of a metric: when it was taken, in minutes from now (0 is the last one), and which resource part it is of. */
export interface Sample {
  readonly minutesAgo: number;
  readonly value: number;
  readonly dimensions?: Readonly<Record<string, string>>;
}

interface Criteria {
  readonly aggregation: 'Average' | 'Minimum' | 'Maximum' | 'Total';
  readonly operator: 'GreaterThan' | 'GreaterThanOrEqual' | 'LessThan' | 'LessThanOrEqual';
  readonly threshold: number;
  readonly dimension?: readonly { readonly name: string; readonly values: readonly string[] }[];
}

export interface MetricAlertBlock {
  readonly window_size: string;
  readonly criteria?: readonly Criteria[];
  readonly application_insights_web_test_location_availability_criteria?: { readonly failed_location_count: number };
}

/** The least that a window may have been evaluated for: a duration such as PT15M or PT1H, in minutes. */
export function minutesOf(duration: string): number {
  const [, count, unit] = /^PT(\d+)([MH])$/.exec(duration) ?? [];
  if (count === undefined) throw new Error(`a duration that cannot be read: ${duration}`);
  return Number(count) * (unit === 'H' ? 60 : 1);
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

const aggregate: Record<Criteria['aggregation'], (values: readonly number[]) => number> = {
  Average: (values) => sum(values) / values.length,
  Minimum: (values) => Math.min(...values),
  Maximum: (values) => Math.max(...values),
  Total: sum,
};

const compare: Record<Criteria['operator'], (value: number, threshold: number) => boolean> = {
  GreaterThan: (value, threshold) => value > threshold,
  GreaterThanOrEqual: (value, threshold) => value >= threshold,
  LessThan: (value, threshold) => value < threshold,
  LessThanOrEqual: (value, threshold) => value <= threshold,
};

/**
 * Whether an `azurerm_monitor_metric_alert` with a static threshold fires on these samples, as Azure Monitor documents it:
 * samples of the window are aggregated to one number, which is compared. A dimension with a star makes a time series of
 * each of its values, and one that crosses the threshold is enough. Without samples nothing fires.
 *
 * For a web test the samples are the results of its places, 1 passed and 0 failed, with `place` as dimension.
 *
 * @see https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-types#metric-alerts
 * @see https://learn.microsoft.com/azure/azure-monitor/essentials/metrics-aggregation-explained
 */
export function fires(alert: MetricAlertBlock, samples: readonly Sample[]): boolean {
  const window = minutesOf(alert.window_size);
  const recent = samples.filter(({ minutesAgo }) => minutesAgo < window);
  const byPlace = alert.application_insights_web_test_location_availability_criteria;
  if (byPlace) {
    const failed = new Set(recent.filter(({ value }) => value === 0).map(({ dimensions }) => dimensions?.place));
    return failed.size >= byPlace.failed_location_count;
  }
  const criteria = alert.criteria ?? [];
  return criteria.length > 0 && criteria.every((one) => met(one, recent));
}

function met({ aggregation, operator, threshold, dimension = [] }: Criteria, samples: readonly Sample[]): boolean {
  const split = dimension.filter(({ values }) => values.includes('*')).map(({ name }) => name);
  const chosen = dimension.filter(({ values }) => !values.includes('*'));
  const counted = samples.filter(({ dimensions }) =>
    chosen.every(({ name, values }) => values.includes(dimensions?.[name] ?? '')),
  );
  const series = new Map<string, number[]>();
  for (const { value, dimensions } of counted) {
    const key = split.map((name) => dimensions?.[name] ?? '').join('/');
    series.set(key, [...(series.get(key) ?? []), value]);
  }
  return [...series.values()].some((values) => compare[operator](aggregate[aggregation](values), threshold));
}
