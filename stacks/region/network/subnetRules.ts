import { denyAll, type SecurityRule } from './securityRules';

/** A subnet whose traffic the private endpoints let in. */
export interface Caller {
  /** As in names of rules: `app-service`. */
  readonly who: string;
  readonly range: string;
  readonly priority: number;
}

const https = ['443'];

/** All of the app's traffic goes this way, so this is the list of what it may reach. */
export function appServiceRules(app: string, endpoints: string, redisPort: number | undefined): SecurityRule[] {
  const out = (priority: number, name: string, to: string, ports: readonly string[]): SecurityRule => ({
    name,
    direction: 'Outbound',
    priority,
    from: app,
    to,
    ports,
  });
  return [
    out(200, 'allow-https-to-private-endpoints', endpoints, https),
    ...(redisPort === undefined ? [] : [out(300, 'allow-redis-to-private-endpoints', endpoints, [`${redisPort}`])]),
    out(400, 'allow-azure-monitor', 'AzureMonitor', https),
    out(500, 'allow-microsoft-entra', 'AzureActiveDirectory', https),
    denyAll('Outbound'),
    denyAll('Inbound'),
  ];
}

/** What the private endpoints let in. The first caller is the app, which alone reaches Redis. */
export function endpointRules(
  endpoints: string,
  callers: readonly [Caller, ...Caller[]],
  redisPort: number | undefined,
): SecurityRule[] {
  const into = (priority: number, name: string, from: string, ports: readonly string[]): SecurityRule => ({
    name,
    direction: 'Inbound',
    priority,
    from,
    to: endpoints,
    ports,
  });
  return [
    ...callers.map(({ who, range, priority }) => into(priority, `allow-https-from-${who}`, range, https)),
    ...(redisPort === undefined ? [] : [into(500, 'allow-redis-from-app-service', callers[0].range, [`${redisPort}`])]),
    denyAll('Inbound'),
    denyAll('Outbound'),
  ];
}

/** Build agents fetch work and packages from anywhere over HTTPS; nobody calls them. */
export const agentRules = (agents: string): SecurityRule[] => [
  { name: 'allow-https-out', direction: 'Outbound', priority: 200, from: agents, to: '*', ports: https },
  denyAll('Outbound'),
  denyAll('Inbound'),
];
