import type { LinuxWebAppSiteConfig } from '@cdktf/provider-azurerm/lib/linux-web-app';
import { callers, type Ingress } from './ingress';
import { appFile } from './packageFiles';

/** The path that App Service, the gateway and Front Door ask; the app answers 200 there when it is ready. */
export const healthPath = '/healthz';

/** How the app is run, the same for the app and its slot. */
export function siteConfig(ingress: Ingress, deployerAddresses: readonly string[]): LinuxWebAppSiteConfig {
  return {
    alwaysOn: true,
    applicationStack: { nodeVersion: '24-lts' },
    appCommandLine: `node ${appFile}`,
    ftpsState: 'Disabled',
    http2Enabled: true,
    minimumTlsVersion: '1.2',
    scmMinimumTlsVersion: '1.2',
    loadBalancingMode: 'LeastRequests',
    // Microsoft's baseline leaves it off; Key Vault references on Linux find a private endpoint only with it on.
    vnetRouteAllEnabled: true,
    healthCheckPath: healthPath,
    // The service's floor; by default a dead instance stays in rotation for ten minutes.
    healthCheckEvictionTimeInMin: 2,
    remoteDebuggingEnabled: false,
    ...callers(ingress),
    ...deployers(deployerAddresses),
  };
}

/** The slot's. Where only a service such as Front Door may call the app, no route leads to the slot: the deployer's addresses are allowed instead, to try it before a swap. */
export function slotSiteConfig(ingress: Ingress, deployerAddresses: readonly string[]): LinuxWebAppSiteConfig {
  const config = siteConfig(ingress, deployerAddresses);
  return ingress.from === 'service-tag' ? { ...config, ipRestriction: allow(deployerAddresses) } : config;
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
