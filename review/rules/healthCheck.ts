import { compliant, eachOr, finding, notApplicable, type Rule, whenKnown } from './rule';

export const healthCheck: Rule = {
  id: 'health-check',
  title: 'Give every app a health check path',
  severity: 'error',
  why: 'Without one App Service goes on sending requests to an instance that only answers errors.',
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
              ? notApplicable(`${address} runs on one instance, of which none is ever taken out`)
              : finding(
                  address,
                  `No health check: of ${plan.autoscale ? 'up to ' : ''}${instances} instances a broken one keeps its share of the requests.`,
                  'Set `site_config.health_check_path` to a path that answers 200 without login and checks what the app cannot do without.',
                ),
          );
        }),
    ),
};
