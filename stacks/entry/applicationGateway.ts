import { ApplicationGateway } from '@cdktf/provider-azurerm/lib/application-gateway';
import { PublicIp } from '@cdktf/provider-azurerm/lib/public-ip';
import { WebApplicationFirewallPolicy } from '@cdktf/provider-azurerm/lib/web-application-firewall-policy';
import { Construct } from 'constructs';
import type { Namer } from '../naming';
import { healthPath } from '../region/hosting';
import type { Region } from '../region/region';

export interface ApplicationGatewayEntryProps {
  readonly name: Namer;
  readonly region: Region;
  /** The gateway's own affinity cookie. With one host name as backend it has nothing to choose. */
  readonly affinity: boolean;
  /** The host name that users type, preserved to the app; without it the gateway puts the app's own in its place. */
  readonly host: string | undefined;
  readonly tags: Record<string, string>;
}

const zones = ['1', '2', '3'];

/**
 * Application Gateway WAF_v2 in front of one region, in all its zones, with a WAF that prevents.
 *
 * It listens on plain HTTP: its certificate comes from Key Vault, which is not declared yet.
 */
export class ApplicationGatewayEntry extends Construct {
  /** Public IPv4 address. */
  readonly address: string;

  constructor(scope: Construct, id: string, { name, region, affinity, host, tags }: ApplicationGatewayEntryProps) {
    super(scope, id);
    const { location, resourceGroupName } = region.place;
    const subnet = region.network.gateway;
    if (!subnet) throw new Error(`${region.node.path} has no gateway subnet`);
    const publicIp = new PublicIp(this, 'public_ip', {
      name: name('publicIp', location),
      location,
      resourceGroupName,
      allocationMethod: 'Static',
      sku: 'Standard',
      zones,
      tags,
    });
    this.address = publicIp.ipAddress;
    const firewall = new WebApplicationFirewallPolicy(this, 'firewall', {
      name: name('firewallPolicy', location),
      location,
      resourceGroupName,
      policySettings: { enabled: true, mode: 'Prevention', requestBodyCheck: true },
      managedRules: {
        managedRuleSet: [
          { type: 'Microsoft_DefaultRuleSet', version: '2.1' },
          { type: 'Microsoft_BotManagerRuleSet', version: '1.1' },
        ],
      },
      tags,
    });
    const gateway = new ApplicationGateway(this, 'resource', {
      name: name('applicationGateway', location),
      location,
      resourceGroupName,
      zones,
      sku: { name: 'WAF_v2', tier: 'WAF_v2' },
      // The gateway caches DNS: a private name that resolves only later would need a stop and a start.
      ...(region.appAccess && { dependsOn: [region.appAccess.endpoint] }),
      // A new instance takes six to seven minutes, so the floor alone must carry the loss of a zone.
      autoscaleConfiguration: { minCapacity: 3, maxCapacity: 10 },
      enableHttp2: true,
      firewallPolicyId: firewall.id,
      sslPolicy: { policyType: 'Predefined', policyName: 'AppGwSslPolicy20220101' },
      gatewayIpConfiguration: [{ name: 'subnet', subnetId: subnet.id }],
      frontendIpConfiguration: [{ name: 'public', publicIpAddressId: publicIp.id }],
      frontendPort: [{ name: 'http', port: 80 }],
      httpListener: [
        { name: 'http', protocol: 'Http', frontendIpConfigurationName: 'public', frontendPortName: 'http' },
      ],
      backendAddressPool: [{ name: 'app', fqdns: [region.app.defaultHostname] }],
      backendHttpSettings: [
        {
          name: 'app',
          protocol: 'Https',
          port: 443,
          requestTimeout: 30,
          probeName: 'health',
          cookieBasedAffinity: affinity ? 'Enabled' : 'Disabled',
          ...(affinity && { affinityCookieName: 'ApplicationGatewayAffinity' }),
          ...(host === undefined && { pickHostNameFromBackendAddress: true }),
          connectionDraining: { enabled: true, drainTimeoutSec: 30 },
        },
      ],
      probe: [
        {
          name: 'health',
          protocol: 'Https',
          path: healthPath,
          ...(host === undefined ? { pickHostNameFromBackendHttpSettings: true } : { host }),
          interval: 10,
          timeout: 5,
          unhealthyThreshold: 3,
          match: { statusCode: ['200'] },
        },
      ],
      requestRoutingRule: [
        {
          name: 'app',
          ruleType: 'Basic',
          priority: 100,
          httpListenerName: 'http',
          backendAddressPoolName: 'app',
          backendHttpSettingsName: 'app',
        },
      ],
      tags,
    });
    // The app's certificate is for its own name, not for the host that is preserved. azurerm 4.75 has the argument, the
    // binding does not; an override carries text only, so the reference is spelled out.
    if (host !== undefined)
      gateway.addOverride(
        'backend_http_settings.0.sni_name',
        `\${${region.app.terraformResourceType}.${region.app.friendlyUniqueId}.default_hostname}`,
      );
  }
}
