import type { Condition } from './condition';

export interface MetricAlertRule extends Condition {
  /** Its name, and the anchor of its runbook. */
  readonly name: string;
  /** What it means for the shop. The condition alone says how much, how often and how long. */
  readonly means: string;
  /** 0 critical, 1 error, 2 warning, 3 informational. */
  readonly severity: 1 | 2 | 3;
}

/**
 * Metric alerts by resource type. Thresholds follow Azure Monitor Baseline Alerts, most of which are marked as generated
 * there and are a place to start, except where a comment says otherwise.
 *
 * @see https://github.com/Azure/azure-monitor-baseline-alerts
 */
export const metricAlerts = {
  'Microsoft.Web/sites': [
    {
      name: 'app-http-5xx',
      measures: 'Requests that the app answered with a server error',
      means: 'Users see error pages.',
      severity: 1,
      metric: 'Http5xx',
      when: 'total',
      is: 'above',
      threshold: 10,
      minutes: 15,
    },
    {
      name: 'app-slow',
      measures: 'Response time of the app',
      means: 'Users wait.',
      severity: 2,
      metric: 'HttpResponseTime',
      when: 'average',
      is: 'above',
      threshold: 5,
      unit: 'seconds',
      minutes: 30,
    },
    // The metric has a sample every five minutes, so three make a window; over all instances together one of nine that
    // fails would be lost in the average.
    // https://learn.microsoft.com/azure/azure-monitor/reference/supported-metrics/microsoft-web-sites-metrics
    {
      name: 'app-unhealthy-instance',
      measures: 'Health checks that succeeded',
      means: 'An instance does not answer its health check.',
      severity: 2,
      metric: 'HealthCheckStatus',
      when: 'average',
      is: 'below',
      threshold: 50,
      unit: '%',
      minutes: 15,
      each: { dimension: 'Instance', called: 'instance' },
    },
  ],
  // Not HttpQueueLength: Microsoft's list of 2021 for plans on Linux lacks it, and other pages do not name the
  // operating system, so an alert on it may never fire. https://github.com/MicrosoftDocs/azure-docs/issues/71426
  'Microsoft.Web/serverFarms': [
    {
      name: 'plan-cpu',
      measures: 'Processor time of the instances',
      means: 'Autoscale has not kept up.',
      severity: 3,
      metric: 'CpuPercentage',
      when: 'average',
      is: 'above',
      threshold: 90,
      unit: '%',
      minutes: 5,
    },
    {
      name: 'plan-memory',
      measures: 'Memory in use on the instances',
      means: 'Instances may be ended for lack of memory.',
      severity: 3,
      metric: 'MemoryPercentage',
      when: 'average',
      is: 'above',
      threshold: 90,
      unit: '%',
      minutes: 15,
    },
  ],
  'Microsoft.Network/applicationGateways': [
    // There is one backend, so the count is 0 or 1. More than half of the window: a single failed probe pages nobody.
    {
      name: 'gateway-unhealthy-host',
      measures: 'Backends that the gateway finds unhealthy',
      means: 'There is one backend, so users get errors.',
      severity: 1,
      metric: 'UnhealthyHostCount',
      when: 'average',
      is: 'above',
      threshold: 0.5,
      minutes: 5,
    },
    {
      name: 'gateway-5xx',
      measures: 'Requests that the gateway answered with a server error',
      means: 'Users see error pages.',
      severity: 1,
      metric: 'ResponseStatus',
      when: 'total',
      is: 'above',
      threshold: 10,
      minutes: 15,
      only: { dimension: 'HttpStatusGroup', values: ['5xx'] },
    },
    // The threshold is three quarters of what the gateway may grow to, which the size of the deployment decides.
    {
      name: 'gateway-capacity',
      measures: 'Capacity units of the gateway in use',
      means: 'The gateway comes near the most that it may grow to.',
      severity: 3,
      metric: 'CapacityUnits',
      when: 'average',
      is: 'above',
      threshold: 75,
      minutes: 15,
    },
  ],
  'Microsoft.Cache/redisEnterprise': [
    // Memory fills slowly, so one sample is enough to look, while there is still time.
    {
      name: 'redis-memory',
      measures: 'Memory of Redis in use',
      means: 'When it is full, the sessions that were unused longest are evicted.',
      severity: 2,
      metric: 'usedmemorypercentage',
      when: 'at least one sample',
      is: 'at least',
      threshold: 80,
      unit: '%',
      minutes: 15,
    },
    // Not serverLoad, which reads past 100 or wrong on this family of caches. By node: an idle one would halve the average.
    {
      name: 'redis-cpu',
      measures: 'Processor time of Redis',
      means: 'Carts answer slowly.',
      severity: 2,
      metric: 'percentProcessorTime',
      when: 'average',
      is: 'above',
      threshold: 80,
      unit: '%',
      minutes: 15,
      each: { dimension: 'InstanceId', called: 'node' },
    },
    // Ours: for a session store an eviction is somebody's cart.
    {
      name: 'redis-evictions',
      measures: 'Sessions that Redis evicted',
      means: 'Users lost their carts.',
      severity: 1,
      metric: 'evictedkeys',
      when: 'total',
      is: 'above',
      threshold: 0,
      minutes: 5,
    },
  ],
  'geo-replicated Redis': [
    // Patching breaks the link for minutes up to an hour, so only a whole hour pages.
    // https://learn.microsoft.com/azure/redis/monitor-cache-reference
    {
      name: 'redis-geo-replication',
      measures: 'Health of the replication with the other regions (1 is healthy, 0 is not)',
      means: 'Carts of this region are missing or old in the others.',
      severity: 1,
      metric: 'geoReplicationHealthy',
      when: 'every sample',
      is: 'below',
      threshold: 1,
      minutes: 60,
    },
  ],
  'Microsoft.Cdn/profiles': [
    // Ours, and set by the number of regions: of two, one lost reads 50. The baseline's 95 would page for an edge location.
    {
      name: 'front-door-origin-lost',
      measures: 'Probes of all origins that succeeded',
      means: 'So many fail that a region is lost.',
      severity: 1,
      metric: 'OriginHealthPercentage',
      when: 'average',
      is: 'below',
      threshold: 60,
      unit: '%',
      minutes: 5,
    },
    {
      name: 'front-door-origin-health',
      measures: 'Probes of all origins that succeeded',
      means: 'An app restarts, or edge locations do not reach it.',
      severity: 2,
      metric: 'OriginHealthPercentage',
      when: 'average',
      is: 'below',
      threshold: 95,
      unit: '%',
      minutes: 15,
    },
    {
      name: 'front-door-5xx',
      measures: 'Requests that Front Door answered with a server error',
      means: 'Users see error pages.',
      severity: 1,
      metric: 'Percentage5XX',
      when: 'average',
      is: 'above',
      threshold: 10,
      unit: '%',
      minutes: 5,
    },
  ],
  // The baseline marks its 90 % as verified; its window of five minutes is longer here, because a vault serves few requests.
  'Microsoft.KeyVault/vaults': [
    {
      name: 'vault-availability',
      measures: 'Requests to Key Vault that succeeded',
      means: 'New instances may start without their secrets.',
      severity: 2,
      metric: 'Availability',
      when: 'average',
      is: 'below',
      threshold: 90,
      unit: '%',
      minutes: 15,
    },
  ],
} as const satisfies Record<string, readonly MetricAlertRule[]>;

export type AlertedType = keyof typeof metricAlerts;
