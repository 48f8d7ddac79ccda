import { compliant, eachOr, finding, notApplicable, type Rule, whenKnown } from './rule';

export const healthCheck: Rule = {
  id: 'health-check',
  title: 'Give every app a health check path',
  severity: 'error',
  pillar: 'reliability',
  why: 'Without one App Service keeps sending requests to an instance that only answers errors.',
  source: 'https://learn.microsoft.com/azure/app-service/monitor-instances-health-check',
  check: ({ regions }) =>
    eachOr(
      regions.map(({ app }) => app),
      'there is no app',
      ({ address, healthCheckPath, plan }) =>
        whenKnown(address, [healthCheckPath], (path) => {
          if (path !== null && path !== '') return compliant(address);
          return whenKnown(address, [plan.autoscale?.maximum ?? plan.instances], (instances) =>
            instances < 2
              ? notApplicable(`${address} runs on one instance, which is never taken out`)
              : finding(
                  address,
                  `No health check: of ${plan.autoscale ? 'up to ' : ''}${instances} instances a broken one keeps receiving its share of the requests.`,
                  'Set `site_config.health_check_path` to a path that answers 200 without login and checks what the app depends on.',
                ),
          );
        }),
    ),
};
