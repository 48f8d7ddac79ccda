import type { LinuxWebAppSiteConfig } from '@cdktf/provider-azurerm/lib/linux-web-app';
import type { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import type { AppPlan } from '../app';
import { callers, type Ingress } from './ingress';

export interface SiteConfigProps {
  readonly app: AppPlan;
  /** Who pulls a container's image. */
  readonly identity: Pick<UserAssignedIdentity, 'clientId'>;
  readonly ingress: Ingress;
  readonly deployerAddresses: readonly string[];
}

/** How the app is run. */
export function siteConfig({ app, identity, ingress, deployerAddresses }: SiteConfigProps): LinuxWebAppSiteConfig {
  return {
    alwaysOn: true,
    applicationStack: app.applicationStack,
    ...(app.startCommand !== undefined && { appCommandLine: app.startCommand }),
    ...(app.registryId !== undefined && {
      containerRegistryUseManagedIdentity: true,
      containerRegistryManagedIdentityClientId: identity.clientId,
    }),
    ftpsState: 'Disabled',
    http2Enabled: true,
    minimumTlsVersion: '1.2',
    scmMinimumTlsVersion: '1.2',
    loadBalancingMode: 'LeastRequests',
    // Microsoft's baseline leaves it off; Key Vault references on Linux find a private endpoint only with it on.
    vnetRouteAllEnabled: true,
    healthCheckPath: app.healthPath,
    // The service's floor; by default a dead instance stays in rotation for ten minutes.
    healthCheckEvictionTimeInMin: 2,
    remoteDebuggingEnabled: false,
    ...callers(ingress),
    ...deployers(deployerAddresses),
  };
}

/** The slot's. Where only a service such as Front Door may call the app, no route leads to the slot: the deployer's addresses are allowed instead, to try it before a swap. */
export function slotSiteConfig(props: SiteConfigProps): LinuxWebAppSiteConfig {
  const config = siteConfig(props);
  return props.ingress.from === 'service-tag' ? { ...config, ipRestriction: allow(props.deployerAddresses) } : config;
}

/** Access restrictions of the deployment site: the deployer's addresses only. Front Door could not serve it. */
function deployers(addresses: readonly string[]): Partial<LinuxWebAppSiteConfig> {
  return {
    scmUseMainIpRestriction: false,
    scmIpRestrictionDefaultAction: 'Deny',
    scmIpRestriction: allow(addresses),
  };
}

const allow = (addresses: readonly string[]) =>
  addresses.map((address, index) => ({
    name: `deployer-${index + 1}`,
    action: 'Allow',
    priority: 100 + index,
    ipAddress: address.includes('/') ? address : `${address}/32`,
  }));
