import { ApplicationGateway, type ApplicationGatewayConfig } from '@cdktf/provider-azurerm/lib/application-gateway';
import { PublicIp } from '@cdktf/provider-azurerm/lib/public-ip';
import { WebApplicationFirewallPolicy } from '@cdktf/provider-azurerm/lib/web-application-firewall-policy';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { appOf } from '../app';
import { preconditionOnHost } from '../host';
import { alert } from '../monitoring/alerts';
import { diagnose } from '../monitoring/diagnostics';
import { RegionIdentity } from '../region/identity';
import type { Region } from '../region/region';
import type { RegionApp } from '../region/regionApp';
import { certificateName } from '../secretNames';
import { sizeOf } from '../size';
import { preconditionOnSelfSigned } from './selfSigned';
import { gatewayExclusions, gatewayRules } from './wafRules';

export interface ApplicationGatewayEntryProps {
  /** The app that it leads to, and the region that it stands in. */
  readonly app: RegionApp;
  /** The gateway's own affinity cookie. With one host name as backend it has nothing to choose. */
  readonly affinity: boolean;
  /** The host name that users type, preserved to the app; without it the gateway puts the app's own in its place. */
  readonly host: string | undefined;
}

const allZones = ['1', '2', '3'];

/** Application Gateway WAF_v2 in front of one region, in all the zones that it has, with a WAF. */
export class ApplicationGatewayEntry extends Construct {
  readonly publicIp: PublicIp;
  readonly gateway: ApplicationGateway;
  /** What users type: the host of the settings, or Azure's name for the public address. */
  readonly host: string;

  constructor(scope: Construct, id: string, props: ApplicationGatewayEntryProps) {
    super(scope, id);
    const { host } = props;
    const { region, app, access } = props.app;
    const { name, location, resourceGroupName, settings, workspaceId, tags } = region.place;
    const zones = region.hasZones ? { zones: allZones } : {};
    this.publicIp = new PublicIp(this, 'public_ip', {
      name: name('publicIp', location),
      location,
      resourceGroupName,
      allocationMethod: 'Static',
      sku: 'Standard',
      ...zones,
      ...(host === undefined && { domainNameLabel: name('publicIpLabel', location) }),
      tags,
    });
    this.host = host ?? this.publicIp.fqdn;
    const { waf = {} } = settings;
    const [rules, exclusions] = [gatewayRules(waf), gatewayExclusions(waf)];
    const firewall = new WebApplicationFirewallPolicy(this, 'firewall', {
      name: name('firewallPolicy', location),
      location,
      resourceGroupName,
      policySettings: { enabled: true, mode: waf.mode ?? 'Prevention', requestBodyCheck: true },
      ...(rules.length > 0 && { customRules: rules }),
      managedRules: {
        ...(exclusions.length > 0 && { exclusion: exclusions }),
        // The highest version each, as Microsoft advises; new rules of 2.2 start in log mode.
        // https://learn.microsoft.com/azure/web-application-firewall/ag/upgrade-ruleset-version
        managedRuleSet: [
          { type: 'Microsoft_DefaultRuleSet', version: '2.2' },
          { type: 'Microsoft_BotManagerRuleSet', version: '1.1' },
        ],
      },
      tags,
    });
    const { certificateId, identityId, readable } = this.certificate(region);
    const { minimum, maximum } = sizeOf(settings).gateway;
    this.gateway = new ApplicationGateway(this, 'resource', {
      name: name('applicationGateway', location),
      location,
      resourceGroupName,
      ...zones,
      sku: { name: 'WAF_v2', tier: 'WAF_v2' },
      autoscaleConfiguration: { minCapacity: minimum, maxCapacity: maximum },
      enableHttp2: true,
      firewallPolicyId: firewall.id,
      // TLS 1.2 and 1.3 with forward secrecy only.
      sslPolicy: { policyType: 'Predefined', policyName: 'AppGwSslPolicy20220101S' },
      identity: { type: 'UserAssigned', identityIds: [identityId] },
      // Without a version in its id, the gateway finds a renewed certificate within four hours.
      sslCertificate: [{ name: 'host', keyVaultSecretId: certificateId }],
      ...this.listening(region),
      ...backend(props),
      // The certificate must be readable, and the app's private name must resolve: the gateway caches DNS, and a name that
      // resolves only later would need a stop and a start.
      dependsOn: [
        ...readable,
        ...(region.network.entry?.filtered ?? []),
        region.secrets.access.endpoint,
        ...(access ? [access.endpoint] : []),
      ],
      ...(host !== undefined && { lifecycle: { precondition: preconditionOnHost(this, host) } }),
      tags,
    });
    // The app's certificate is for its own name, not for the host that is preserved. azurerm 4.75 has the argument, the
    // binding does not; an override carries text only, so the reference is spelled out.
    if (host !== undefined)
      this.gateway.addOverride(
        'backend_http_settings.0.sni_name',
        `\${${app.terraformResourceType}.${app.friendlyUniqueId}.default_hostname}`,
      );
    diagnose(this, 'logs', 'Microsoft.Network/applicationGateways', this.gateway.id, workspaceId);
    diagnose(this, 'public_ip_logs', 'Microsoft.Network/publicIPAddresses', this.publicIp.id, workspaceId);
    // Ten capacity units an instance.
    // https://learn.microsoft.com/azure/application-gateway/understanding-pricing
    alert(this, 'Microsoft.Network/applicationGateways', this.gateway.id, region.place, {
      'gateway-capacity': maximum * 10 * 0.75,
    });
  }

  /** The certificate, who reads it, and what must be there before it can be read. */
  private certificate({ place, secrets }: Region): {
    readonly certificateId: string;
    readonly identityId: string;
    readonly readable: readonly ITerraformDependable[];
  } {
    const { certificate } = place.settings;
    if (typeof certificate !== 'string' && certificate.identityId !== undefined)
      return { certificateId: certificate.keyVaultSecretId, identityId: certificate.identityId, readable: [] };
    const reader = new RegionIdentity(this, 'identity', { place, role: 'gateway', grants: [] });
    const read = (certificateId: string) => ({
      certificateId,
      identityId: reader.identity.id,
      readable: reader.assignments,
    });
    if (typeof certificate !== 'string') {
      const { keyVaultId, keyVaultSecretId } = certificate;
      if (keyVaultId !== undefined) reader.mayRead(keyVaultId, keyVaultSecretId.split('/').at(-1) ?? '');
      return read(keyVaultSecretId);
    }
    reader.mayRead(secrets.vault.id, certificateName);
    const precondition = preconditionOnSelfSigned(this, place.settings);
    return read(secrets.selfSignedCertificate(this.host, precondition).versionlessSecretId);
  }

  /** HTTPS for users; plain HTTP only to send them there. */
  private listening(
    region: Region,
  ): Pick<
    ApplicationGatewayConfig,
    | 'gatewayIpConfiguration'
    | 'frontendIpConfiguration'
    | 'frontendPort'
    | 'httpListener'
    | 'redirectConfiguration'
    | 'requestRoutingRule'
  > {
    const subnet = region.network.entry;
    if (!subnet) throw new Error(`${region.node.path} has no gateway subnet`);
    const listener = (name: string, protocol: string) => ({
      name,
      protocol,
      frontendIpConfigurationName: 'public',
      frontendPortName: name,
    });
    return {
      gatewayIpConfiguration: [{ name: 'subnet', subnetId: subnet.id }],
      frontendIpConfiguration: [{ name: 'public', publicIpAddressId: this.publicIp.id }],
      frontendPort: [
        { name: 'https', port: 443 },
        { name: 'http', port: 80 },
      ],
      httpListener: [{ ...listener('https', 'Https'), sslCertificateName: 'host' }, listener('http', 'Http')],
      redirectConfiguration: [
        {
          name: 'to-https',
          redirectType: 'Permanent',
          targetListenerName: 'https',
          includePath: true,
          includeQueryString: true,
        },
      ],
      requestRoutingRule: [
        {
          name: 'app',
          ruleType: 'Basic',
          priority: 100,
          httpListenerName: 'https',
          backendAddressPoolName: 'app',
          backendHttpSettingsName: 'app',
        },
        {
          name: 'to-https',
          ruleType: 'Basic',
          priority: 200,
          httpListenerName: 'http',
          redirectConfigurationName: 'to-https',
        },
      ],
    };
  }
}

/** The app behind its private endpoint, asked over HTTPS whether it is well. */
function backend({
  app: { app, region },
  affinity,
  host,
}: ApplicationGatewayEntryProps): Pick<
  ApplicationGatewayConfig,
  'backendAddressPool' | 'backendHttpSettings' | 'probe'
> {
  return {
    backendAddressPool: [{ name: 'app', fqdns: [app.defaultHostname] }],
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
        path: appOf(region.place.settings).healthPath,
        ...(host === undefined ? { pickHostNameFromBackendHttpSettings: true } : { host }),
        interval: 10,
        timeout: 5,
        unhealthyThreshold: 3,
        match: { statusCode: ['200'] },
      },
    ],
  };
}
