/**
 * Published uptime figures. The contract itself ("SLA for Online Services", a Word document) could not be read here:
 * a figure is `verified` when a text of Microsoft's own prints it.
 */
export const figuresAsOf = '2026-11-24';

export interface Figure {
  readonly name: string;
  readonly percent: number;
  /** What is taken instead at the low end; equal to `percent` for a verified figure. */
  readonly lowPercent: number;
  readonly verified: boolean;
  readonly source: string;
  readonly confidence: string;
}

const verified = (name: string, percent: number, source: string, confidence: string): Figure => ({
  name,
  percent,
  lowPercent: percent,
  verified: true,
  source,
  confidence,
});
const reliableWebApp = 'https://github.com/Azure/reliable-web-app-pattern-java/blob/main/sla-calculation.md';

export const figures = {
  appService: verified(
    'App Service',
    99.95,
    'https://github.com/Azure/modern-web-app-pattern-dotnet/blob/main/assets/slo-calculation.md',
    "used in Microsoft's own sample calculation, 2024-10-17",
  ),
  zoneRedundantAppService: {
    name: 'App Service, zone redundant',
    percent: 99.99,
    lowPercent: 99.95,
    verified: false,
    source: 'https://learn.microsoft.com/azure/reliability/reliability-app-service',
    confidence:
      'the page says that zones raise the figure and prints none; 99.99 is second-hand, the low end is the figure without zones',
  },
  frontDoor: verified('Front Door', 99.99, reliableWebApp, "used in Microsoft's own sample calculation"),
  privateEndpoint: verified('private endpoint', 99.99, reliableWebApp, "used in Microsoft's own sample calculation"),
  applicationGateway: {
    name: 'Application Gateway',
    percent: 99.95,
    lowPercent: 99.9,
    verified: false,
    source: 'https://learn.microsoft.com/azure/reliability/reliability-application-gateway-v2',
    confidence: 'the page prints no figure; 99.95 is second-hand, the low end is our assumption, one step below',
  },
  trafficManager: {
    name: 'Traffic Manager',
    percent: 99.99,
    lowPercent: 99.9,
    verified: false,
    source: 'https://www.microsoft.com/licensing/docs/view/Service-Level-Agreements-SLA-for-Online-Services',
    confidence: 'second-hand; the low end is our assumption, one step below',
  },
  redis: {
    name: 'Redis',
    percent: 99.9,
    lowPercent: 99.5,
    verified: false,
    source: 'https://github.com/MicrosoftDocs/azure-docs/blob/main/articles/redis/high-availability.md',
    confidence:
      'printed on a preview page of 2024-11-15, not on that of 2026; the low end is our assumption, one step below',
  },
  zoneRedundantRedis: {
    name: 'Managed Redis, over zones',
    percent: 99.99,
    lowPercent: 99.9,
    verified: false,
    source: 'https://github.com/MicrosoftDocs/azure-docs/blob/main/articles/redis/high-availability.md',
    confidence: 'printed on a preview page of 2024-11-15, not on that of 2026; the low end is the figure without zones',
  },
} as const satisfies Record<string, Figure>;

/** What no composite of uptime figures holds. */
export const leavesOut = [
  'the time until a failure is noticed and traffic moved: probes, DNS, a Redis failover of seconds',
  'what fails together: global control planes, a bad deployment or configuration in both regions, an expired certificate',
  'lost sessions: a service that answers counts as available, also when the cart is gone',
  'Entra ID, Key Vault and DNS, which requests need only now and then',
];
