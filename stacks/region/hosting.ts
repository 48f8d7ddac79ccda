import { AppServiceCustomHostnameBinding } from '@cdktf/provider-azurerm/lib/app-service-custom-hostname-binding';
import { LinuxWebApp, type LinuxWebAppSiteConfig } from '@cdktf/provider-azurerm/lib/linux-web-app';
import { ServicePlan } from '@cdktf/provider-azurerm/lib/service-plan';
import type { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import { Construct } from 'constructs';
import { preconditionOnHost } from '../entry/host';
import type { Network } from './network';
import type { Place } from './region';
import type { Sessions } from './sessions';

/** Who may call the app. */
export type Ingress =
  | { readonly from: 'anyone' }
  | { readonly from: 'private-endpoint' }
  | { readonly from: 'front-door'; readonly profileGuid: string };

export interface HostingProps {
  readonly place: Place;
  readonly network: Network;
  readonly identity: UserAssignedIdentity;
  /** Where sessions live; without it, in the process. */
  readonly sessions: Sessions | undefined;
  readonly skuName: string;
  /** Number of instances, 1 to 30. */
  readonly instances: number;
  readonly zoneRedundant: boolean;
  /** The ARR affinity cookie. Always written out: azurerm and ARM default to opposite values. */
  readonly affinity: boolean;
  /** The host name that users type, bound to the app so that it can be preserved; without it the entry overrides it. */
  readonly host: string | undefined;
  readonly ingress: Ingress;
}

/** The plan and the web app. */
export class Hosting extends Construct {
  readonly plan: ServicePlan;
  readonly app: LinuxWebApp;

  constructor(scope: Construct, id: string, props: HostingProps) {
    super(scope, id);
    const { place, network, identity, sessions, host, ingress } = props;
    const { name, location, resourceGroupName, tags } = place;
    this.plan = new ServicePlan(this, 'plan', {
      name: name('appServicePlan', location),
      location,
      resourceGroupName,
      osType: 'Linux',
      skuName: props.skuName,
      workerCount: props.instances,
      zoneBalancingEnabled: props.zoneRedundant,
      tags,
    });
    this.app = new LinuxWebApp(this, 'app', {
      name: name('webApp', location),
      location,
      resourceGroupName,
      servicePlanId: this.plan.id,
      httpsOnly: true,
      clientAffinityEnabled: props.affinity,
      publicNetworkAccessEnabled: ingress.from !== 'private-endpoint',
      virtualNetworkSubnetId: network.integration.id,
      ftpPublishBasicAuthenticationEnabled: false,
      webdeployPublishBasicAuthenticationEnabled: false,
      identity: { type: 'UserAssigned', identityIds: [identity.id] },
      appSettings: { NODE_ENV: 'production', ...(sessions?.appSettings(identity) ?? { SESSION_STORE: 'memory' }) },
      siteConfig: { ...siteConfig, ...restrictions(ingress) },
      ...(sessions && { dependsOn: [...sessions.ready] }),
      tags,
    });
    if (host !== undefined)
      new AppServiceCustomHostnameBinding(this, 'host', {
        hostname: host,
        appServiceName: this.app.name,
        resourceGroupName,
        lifecycle: { precondition: preconditionOnHost },
      });
  }
}

/** The path that App Service, the gateway and Front Door ask; the app answers 200 there when it is ready. */
export const healthPath = '/healthz';

const siteConfig: LinuxWebAppSiteConfig = {
  alwaysOn: true,
  applicationStack: { nodeVersion: '24-lts' },
  ftpsState: 'Disabled',
  http2Enabled: true,
  minimumTlsVersion: '1.2',
  scmMinimumTlsVersion: '1.2',
  loadBalancingMode: 'LeastRequests',
  vnetRouteAllEnabled: true,
  healthCheckPath: healthPath,
  // The service's floor; by default a dead instance stays in rotation for ten minutes.
  healthCheckEvictionTimeInMin: 2,
  remoteDebuggingEnabled: false,
};

/**
 * Access restrictions for the app, and for its deployment site, which nobody reaches until a deployer's address is let in:
 * Front Door cannot serve it.
 */
function restrictions(ingress: Ingress): Partial<LinuxWebAppSiteConfig> {
  const scm = { scmUseMainIpRestriction: false, scmIpRestrictionDefaultAction: 'Deny' };
  if (ingress.from !== 'front-door')
    return { ...scm, ipRestrictionDefaultAction: ingress.from === 'anyone' ? 'Allow' : 'Deny' };
  return {
    ...scm,
    ipRestrictionDefaultAction: 'Deny',
    ipRestriction: [
      {
        name: 'front-door',
        action: 'Allow',
        priority: 100,
        serviceTag: 'AzureFrontDoor.Backend',
        // The tag is shared by every customer of Front Door; the id is this profile's. azurerm wants all four lists.
        headers: [{ xAzureFdid: [ingress.profileGuid], xFdHealthProbe: [], xForwardedFor: [], xForwardedHost: [] }],
      },
    ],
  };
}
