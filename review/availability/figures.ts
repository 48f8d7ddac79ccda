/**
 * Published uptime figures. The contract itself ("SLA for Online Services", a Word document) could not be read here: a
 * figure is `verified` if a text of Microsoft's own prints it, even if a later text leaves it out.
 */
export const figuresAsOf = '2026-11-24';

export interface Figure {
  readonly name: string;
  readonly percent: number;
  /** What is taken instead at the low end; equal to `percent` for a verified figure. */
  readonly lowPercent: number;
  readonly verified: boolean;
  readonly source: string;
  /** Day that the source bears. */
  readonly date: string;
  readonly confidence: string;
}

const verified = (name: string, percent: number, source: string, date: string, confidence: string): Figure => ({
  name,
  percent,
  lowPercent: percent,
  verified: true,
  source,
  date,
  confidence,
});

const sample = {
  source:
    'https://github.com/Azure/modern-web-app-pattern-dotnet/blob/2206ac675bcf0c3dd97fa807d6a2871668ad7b03/assets/slo-calculation.md',
  date: '2024-10-17',
};
const dotnetSample = {
  source:
    'https://github.com/Azure/reliable-web-app-pattern-dotnet/blob/4d3a08c9d6b7d7eb4ba056a9b1eb4fd4f32d393c/assets/sla-calculation.md',
  date: '2024-04-10',
};
const usedInDotnet = "used in Microsoft's own sample calculation of 2024-04-10";
const usedIn = "used in Microsoft's own sample calculation of 2024-10-17";

export const figures = {
  appService: verified('App Service', 99.95, sample.source, sample.date, usedIn),
  zoneRedundantAppService: {
    name: 'App Service, zone redundant',
    percent: 99.99,
    lowPercent: 99.95,
    verified: false,
    source: 'https://learn.microsoft.com/azure/reliability/reliability-app-service',
    date: '2025-10-31',
    confidence:
      'the page says that zones raise the figure and prints none; 99.99 is second-hand, the low end is the figure without zones',
  },
  frontDoor: verified('Front Door', 99.99, sample.source, sample.date, usedIn),
  privateEndpoint: verified('private endpoint', 99.99, sample.source, sample.date, usedIn),
  applicationGateway: verified(
    'Application Gateway',
    99.95,
    'https://github.com/MicrosoftDocs/azure-docs/blob/07e8a1d05368cebff601032cf05968463def1704/articles/application-gateway/overview-v2.md',
    '2024-04-30',
    'printed for v2 by the documentation of 2024-04-30; the reliability page of 2025-11-05 prints none and asks for zones or autoscale',
  ),
  trafficManager: verified(
    'Traffic Manager',
    100,
    'https://learn.microsoft.com/azure/reliability/reliability-traffic-manager',
    '2026-05-12',
    'printed by the page, for answers to DNS queries of clients that ask again after a failure',
  ),
  redis: verified(
    'Redis',
    99.9,
    'https://github.com/MicrosoftDocs/azure-docs/blob/03e5750af10b23b5ba437d5b333ec5e9437844f9/articles/azure-cache-for-redis/cache-high-availability.md',
    '2024-08-05',
    'printed by the documentation of 2024-08-05 for the older kinds with a replica',
  ),
  managedRedis: verified(
    'Managed Redis, in one zone',
    99.9,
    'https://github.com/MicrosoftDocs/azure-docs/blob/2862937548f1926e3077a0fc9be8325237516067/articles/redis/high-availability.md',
    '2025-05-18',
    'printed by the documentation of 2025-05-18 for two nodes in one datacenter; the page of 2026-01-12 prints none',
  ),
  zoneRedundantEnterpriseRedis: verified(
    'Redis Enterprise, over zones',
    99.99,
    'https://github.com/MicrosoftDocs/azure-docs/blob/03e5750af10b23b5ba437d5b333ec5e9437844f9/articles/azure-cache-for-redis/cache-high-availability.md',
    '2024-08-05',
    'printed by the documentation of 2024-08-05 for Enterprise; for Premium over zones it prints no more than without',
  ),
  entra: verified('Entra ID', 99.99, dotnetSample.source, dotnetSample.date, usedInDotnet),
  keyVault: verified('Key Vault', 99.99, dotnetSample.source, dotnetSample.date, usedInDotnet),
  storage: verified('storage', 99.9, dotnetSample.source, dotnetSample.date, usedInDotnet),
  zoneRedundantRedis: verified(
    'Managed Redis, over zones',
    99.99,
    'https://github.com/MicrosoftDocs/azure-docs/blob/2862937548f1926e3077a0fc9be8325237516067/articles/redis/high-availability.md',
    '2025-05-18',
    'printed by the documentation of 2025-05-18; the page of 2026-01-12 says that zones raise the figure and prints none',
  ),
} as const satisfies Record<string, Figure>;

/** What no composite of uptime figures holds. */
export const leavesOut = [
  'the time until a failure is noticed and traffic moved: probes, DNS, a Redis failover of seconds',
  'what fails together: global control planes, a bad deployment or configuration in both regions, an expired certificate',
  'lost sessions: a service that answers counts as available, also when the cart is gone',
  'Entra ID, Key Vault, storage and DNS, which requests need only now and then: the second figure holds the first three',
];
