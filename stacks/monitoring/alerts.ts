import { MonitorMetricAlert } from '@cdktf/provider-azurerm/lib/monitor-metric-alert';
import type { Construct } from 'constructs';
import type { WatchedPlace } from './place';

interface Alert {
  /** What it says, and the anchor of its runbook. */
  readonly name: string;
  readonly says: string;
  /** 0 critical, 1 error, 2 warning, 3 informational. */
  readonly severity: 1 | 2 | 3;
  readonly metric: string;
  readonly aggregation: 'Average' | 'Maximum' | 'Minimum' | 'Total';
  readonly operator: 'GreaterThan' | 'GreaterThanOrEqual' | 'LessThan';
  readonly threshold: number;
  /** ISO 8601 duration over which the metric is aggregated. */
  readonly window: 'PT5M' | 'PT15M' | 'PT30M' | 'PT1H';
  readonly dimension?: { readonly name: string; readonly values: readonly string[] };
}

/**
 * Alerts by resource type. Thresholds follow Azure Monitor Baseline Alerts, which are marked as generated there and are a
 * place to start, except where a comment says otherwise.
 *
 * @see https://github.com/Azure/azure-monitor-baseline-alerts
 */
const alerts = {
  'Microsoft.Web/sites': [
    {
      name: 'app-http-5xx',
      says: 'The app answered more than 10 requests with a server error within 15 minutes.',
      severity: 1,
      metric: 'Http5xx',
      aggregation: 'Total',
      operator: 'GreaterThan',
      threshold: 10,
      window: 'PT15M',
    },
    {
      name: 'app-slow',
      says: 'The app took more than 5 seconds on average over 30 minutes.',
      severity: 2,
      metric: 'HttpResponseTime',
      aggregation: 'Average',
      operator: 'GreaterThan',
      threshold: 5,
      window: 'PT30M',
    },
    // The average over instances: one unhealthy of three reads 67.
    {
      name: 'app-unhealthy-instance',
      says: 'Health check failed on at least one instance for 5 minutes.',
      severity: 2,
      metric: 'HealthCheckStatus',
      aggregation: 'Average',
      operator: 'LessThan',
      threshold: 100,
      window: 'PT5M',
    },
  ],
  'Microsoft.Web/serverFarms': [
    {
      name: 'plan-cpu',
      says: 'Instances were busier than 90 % on average over 5 minutes: autoscale has not kept up.',
      severity: 3,
      metric: 'CpuPercentage',
      aggregation: 'Average',
      operator: 'GreaterThan',
      threshold: 90,
      window: 'PT5M',
    },
    {
      name: 'plan-memory',
      says: 'Instances used more than 90 % of their memory on average over 15 minutes.',
      severity: 3,
      metric: 'MemoryPercentage',
      aggregation: 'Average',
      operator: 'GreaterThan',
      threshold: 90,
      window: 'PT15M',
    },
    {
      name: 'plan-http-queue',
      says: 'More than 100 requests waited for an instance.',
      severity: 2,
      metric: 'HttpQueueLength',
      aggregation: 'Average',
      operator: 'GreaterThan',
      threshold: 100,
      window: 'PT5M',
    },
  ],
  'Microsoft.Network/applicationGateways': [
    {
      name: 'gateway-unhealthy-host',
      says: 'The gateway found the app unhealthy. There is one backend, so users get errors.',
      severity: 1,
      metric: 'UnhealthyHostCount',
      aggregation: 'Average',
      operator: 'GreaterThan',
      threshold: 0,
      window: 'PT5M',
    },
    {
      name: 'gateway-5xx',
      says: 'The gateway answered more than 10 requests with a server error within 15 minutes.',
      severity: 1,
      metric: 'ResponseStatus',
      aggregation: 'Total',
      operator: 'GreaterThan',
      threshold: 10,
      window: 'PT15M',
      dimension: { name: 'HttpStatusGroup', values: ['5xx'] },
    },
    {
      name: 'gateway-capacity',
      says: 'The gateway used more than three quarters of the capacity units that it may grow to.',
      severity: 3,
      metric: 'CapacityUnits',
      aggregation: 'Average',
      operator: 'GreaterThan',
      threshold: 75,
      window: 'PT15M',
    },
  ],
  'Microsoft.Cache/redisEnterprise': [
    {
      name: 'redis-memory',
      says: 'Sessions filled 80 % of the memory: beyond it the longest unused are evicted.',
      severity: 2,
      metric: 'usedmemorypercentage',
      aggregation: 'Maximum',
      operator: 'GreaterThanOrEqual',
      threshold: 80,
      window: 'PT15M',
    },
    // Not serverLoad, which reads past 100 or wrong on this family of caches.
    {
      name: 'redis-cpu',
      says: 'Redis was busier than 80 % for 15 minutes.',
      severity: 2,
      metric: 'percentProcessorTime',
      aggregation: 'Maximum',
      operator: 'GreaterThan',
      threshold: 80,
      window: 'PT15M',
    },
    // Our own: for a session store an eviction is somebody's cart.
    {
      name: 'redis-evictions',
      says: 'Redis evicted sessions: users lost their carts.',
      severity: 1,
      metric: 'evictedkeys',
      aggregation: 'Total',
      operator: 'GreaterThan',
      threshold: 0,
      window: 'PT5M',
    },
  ],
  'geo-replicated Redis': [
    // Minimum, not the default Maximum, which one good minute would satisfy; an hour, because patching toggles it.
    {
      name: 'redis-geo-replication',
      says: 'Redis has not replicated with the other regions for an hour.',
      severity: 1,
      metric: 'geoReplicationHealthy',
      aggregation: 'Minimum',
      operator: 'LessThan',
      threshold: 1,
      window: 'PT1H',
    },
  ],
  'Microsoft.Cdn/profiles': [
    // Ours, and set by the number of regions: of two, one lost reads 50. The baseline's 95 would page for an edge location.
    {
      name: 'front-door-origin-lost',
      says: 'So many probes of the origins fail that a region is lost.',
      severity: 1,
      metric: 'OriginHealthPercentage',
      aggregation: 'Average',
      operator: 'LessThan',
      threshold: 60,
      window: 'PT5M',
    },
    {
      name: 'front-door-origin-health',
      says: 'More than 5 % of the probes of the origins failed over 15 minutes.',
      severity: 2,
      metric: 'OriginHealthPercentage',
      aggregation: 'Average',
      operator: 'LessThan',
      threshold: 95,
      window: 'PT15M',
    },
    {
      name: 'front-door-5xx',
      says: 'Front Door answered more than 10 % of requests with a server error over 5 minutes.',
      severity: 1,
      metric: 'Percentage5XX',
      aggregation: 'Average',
      operator: 'GreaterThan',
      threshold: 10,
      window: 'PT5M',
    },
  ],
  'Microsoft.KeyVault/vaults': [
    {
      name: 'vault-availability',
      says: 'Key Vault failed requests: new instances may start without their secrets.',
      severity: 2,
      metric: 'Availability',
      aggregation: 'Average',
      operator: 'LessThan',
      threshold: 99,
      window: 'PT15M',
    },
  ],
} as const satisfies Record<string, readonly Alert[]>;

export type AlertedType = keyof typeof alerts;

/**
 * Declares the alerts of one resource, each with the runbook that says what to do. One resource and region an alert: it
 * then names what is broken, and lives in the group of its region.
 *
 * @param thresholds by alert name, where the deployment's size decides; the table's otherwise
 */
export function alert(
  scope: Construct,
  type: AlertedType,
  resourceId: string,
  place: WatchedPlace,
  thresholds: Readonly<Record<string, number>> = {},
): void {
  for (const one of alerts[type] as readonly Alert[])
    declare(scope, type, { ...one, threshold: thresholds[one.name] ?? one.threshold }, resourceId, place);
}

function declare(
  scope: Construct,
  type: string,
  one: Alert,
  resourceId: string,
  { resourceGroupName, location, actionGroupId, settings, tags }: WatchedPlace,
): void {
  new MonitorMetricAlert(scope, `alert_${one.name.replaceAll('-', '_')}`, {
    name: `${one.name}-${location}`,
    resourceGroupName,
    scopes: [resourceId],
    description: `${one.says} Runbook: ${settings.runbooks}#${one.name}`,
    severity: one.severity,
    windowSize: one.window,
    frequency: one.window === 'PT5M' ? 'PT1M' : 'PT5M',
    autoMitigate: true,
    criteria: [
      {
        metricNamespace: type === 'geo-replicated Redis' ? 'Microsoft.Cache/redisEnterprise' : type,
        metricName: one.metric,
        aggregation: one.aggregation,
        operator: one.operator,
        threshold: one.threshold,
        ...(one.dimension && {
          dimension: [{ name: one.dimension.name, operator: 'Include', values: [...one.dimension.values] }],
        }),
      },
    ],
    action: [{ actionGroupId }],
    tags,
  });
}

/** Names of all alerts, each a heading of the runbooks. */
export const alertNames: readonly string[] = Object.values(alerts).flatMap((ofType) => ofType.map(({ name }) => name));
