import { healthCheckDefaults } from '../../architecture/azure/defaults';
import { compliant, eachOr, finding, notApplicable, type Rule, whenKnown } from './rule';

/** One ping a minute. */
const slowestMinutes = 5;

export const healthCheckEviction: Rule = {
  id: 'health-check-eviction',
  title: 'Take an unhealthy instance out within minutes',
  severity: 'warning',
  pillar: 'reliability',
  why: 'The default takes ten failed pings, one a minute, until an instance leaves rotation.',
  source: 'https://learn.microsoft.com/azure/app-service/monitor-instances-health-check',
  check: ({ regions }) =>
    eachOr(
      regions.map(({ app }) => app),
      'there is no app',
      ({ address, healthCheckPath, healthCheckEvictionMinutes }) =>
        whenKnown(address, [healthCheckPath, healthCheckEvictionMinutes], (path, minutes) => {
          if (path === null) return notApplicable(`${address} has no health check`);
          const taken = minutes ?? healthCheckDefaults.evictionMinutes;
          return taken <= slowestMinutes
            ? compliant(address)
            : finding(
                address,
                `An unhealthy instance keeps serving for ${taken} minutes${minutes === null ? ", the platform's default" : ''}.`,
                'Set `site_config.health_check_eviction_time_in_min` to 2.',
              );
        }),
    ),
};
