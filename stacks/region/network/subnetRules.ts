import { denyAll, type SecurityRule } from './securityRule';

/** A subnet whose traffic the private endpoints let in. */
export interface Caller {
  /** As in names of rules: `app-service`. */
  readonly who: string;
  readonly range: string;
  readonly priority: number;
}

const https = ['443'];

/** The way of a subnet to the servers that resolve names for it. Azure's own servers need no rule. */
const names = (from: string, servers: readonly string[]): SecurityRule[] =>
  servers.length === 0
    ? []
    : [
        {
          name: 'allow-dns',
          direction: 'Outbound',
          priority: 600,
          from,
          to: servers.length === 1 ? (servers[0] as string) : servers,
          ports: ['53'],
          protocol: '*',
        },
      ];

/**
 * All of the app's traffic goes this way, so this is the list of what it may reach.
 *
 * @param dnsServers addresses of servers that resolve names in place of Azure's
 */
export function appServiceRules(
  app: string,
  endpoints: string,
  redisPort: number | undefined,
  dnsServers: readonly string[],
): SecurityRule[] {
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
    ...names(app, dnsServers),
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
export const agentRules = (agents: string, dnsServers: readonly string[]): SecurityRule[] => [
  { name: 'allow-https-out', direction: 'Outbound', priority: 200, from: agents, to: '*', ports: https },
  ...names(agents, dnsServers),
  denyAll('Outbound'),
  denyAll('Inbound'),
];
