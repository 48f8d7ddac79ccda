import { compliant, eachOr, finding, notApplicable, type Rule, whenKnown } from './rule';

export const healthCheckRedirects: Rule = {
  id: 'health-check-redirects',
  title: 'Let the health check reach its path without a redirect',
  severity: 'warning',
  pillar: 'reliability',
  why: 'Only 200 to 299 is healthy and no redirect is followed; pings come over HTTP unless HTTPS only is on.',
  source: 'https://learn.microsoft.com/azure/app-service/monitor-instances-health-check',
  check: ({ regions }) =>
    eachOr(
      regions.map(({ app }) => app),
      'there is no app',
      ({ address, healthCheckPath, httpsOnly: secure }) =>
        whenKnown(address, [healthCheckPath, secure], (path, httpsOnly) => {
          if (path === null) return notApplicable(`${address} has no health check`);
          return httpsOnly
            ? compliant(address)
            : finding(
                address,
                `Pings of ${path} come over plain HTTP: an app that redirects its clients to HTTPS answers 307, and every instance counts as unhealthy.`,
                'Set `https_only = true`, and keep the path free of redirects and login.',
              );
        }),
    ),
};
