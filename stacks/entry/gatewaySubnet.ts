import type { EntrySubnet } from '../region/network/network';
import { denyAll, type SecurityRule } from '../region/network/securityRule';
import { sizeOf } from '../size';

/** The subnet of Application Gateway. Microsoft's baseline uses a /24 too: the gateway needs room for its largest scale and for upgrades. */
export const gatewaySubnet: EntrySubnet = {
  id: 'gateway',
  priority: 300,
  rules,
  addresses: (settings) => sizeOf(settings).gateway.maximum,
};

/**
 * Application Gateway does not work without its managers' ports and the load balancer's probes. Its way out cannot be
 * closed: the service needs the internet for its own management.
 *
 * @see https://learn.microsoft.com/azure/application-gateway/configuration-infrastructure#network-security-groups
 */
function rules(range: string): SecurityRule[] {
  const into = (priority: number, name: string, from: string, to: string, ports: readonly string[]): SecurityRule => ({
    name,
    direction: 'Inbound',
    priority,
    from,
    to,
    ports,
  });
  return [
    into(200, 'allow-https-from-internet', 'Internet', range, ['443']),
    into(300, 'allow-http-to-redirect', 'Internet', range, ['80']),
    into(400, 'allow-gateway-manager', 'GatewayManager', '*', ['65200-65535']),
    { ...into(500, 'allow-azure-load-balancer', 'AzureLoadBalancer', '*', ['*']), protocol: '*' },
    denyAll('Inbound'),
  ];
}
