import { AppServiceCustomHostnameBinding } from '@cdktf/provider-azurerm/lib/app-service-custom-hostname-binding';
import { LinuxWebApp } from '@cdktf/provider-azurerm/lib/linux-web-app';
import { LinuxWebAppSlot } from '@cdktf/provider-azurerm/lib/linux-web-app-slot';
import { ServicePlan } from '@cdktf/provider-azurerm/lib/service-plan';
import type { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { appOf, slotAppOf } from '../app';
import { preconditionOnHost } from '../host';
import { alert } from '../monitoring/alerts';
import { diagnose } from '../monitoring/diagnostics';
import type { WatchedPlace } from '../monitoring/place';
import { type Ingress, isPublic } from './ingress';
import type { Network } from './network/network';
import { siteConfig, slotSiteConfig } from './siteConfig';

export interface SlotProps {
  readonly identity: UserAssignedIdentity;
  readonly ownSettings: Readonly<Record<string, string>>;
  /** App settings of the package that it runs, where that is another one. A swap takes them along. */
  readonly package?: Readonly<Record<string, string>> | undefined;
}

export interface HostingProps {
  readonly place: WatchedPlace;
  readonly network: Network;
  readonly identity: UserAssignedIdentity;
  /** The same for the app and its slot. */
  readonly appSettings: Readonly<Record<string, string>>;
  /** App settings that differ between the app and its slot. */
  readonly ownSettings: Readonly<Record<string, string>>;
  /** The deployment slot, with the same names of settings; undefined: none. */
  readonly slot: SlotProps | undefined;
  /** What the app and its slot need at their start. */
  readonly after: readonly ITerraformDependable[];
  /** Number of instances until autoscale takes over, 1 to 30. */
  readonly instances: number;
  readonly zoneRedundant: boolean;
  /** The ARR affinity cookie. Always written out: azurerm and ARM default to opposite values. */
  readonly affinity: boolean;
  readonly ingress: Ingress;
}

/** Name of the deployment slot to swap with. */
export const slotName = 'staging';

/** The plan, the web app and its slot. */
export class Hosting extends Construct {
  readonly plan: ServicePlan;
  readonly app: LinuxWebApp;
  /** The deployment slot, where the settings ask for one. */
  readonly slot: LinuxWebAppSlot | undefined;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: HostingProps,
  ) {
    super(scope, id);
    const { place, network, identity, ingress } = props;
    const { name, location, resourceGroupName, settings, workspaceId, tags } = place;
    this.plan = new ServicePlan(this, 'plan', {
      name: name('appServicePlan', location),
      location,
      resourceGroupName,
      osType: 'Linux',
      skuName: settings.planSku,
      workerCount: props.instances,
      zoneBalancingEnabled: props.zoneRedundant,
      // Autoscale changes the count; without this, every apply would scale the app back under load.
      lifecycle: { ignoreChanges: ['worker_count'] },
      tags,
    });
    diagnose(this, 'plan_metrics', 'Microsoft.Web/serverFarms', this.plan.id, workspaceId);
    alert(this, 'Microsoft.Web/serverFarms', this.plan.id, place);

    const running = { app: appOf(settings), ingress, deployerAddresses: settings.deployerAddresses };
    const site = {
      httpsOnly: true,
      clientAffinityEnabled: props.affinity,
      publicNetworkAccessEnabled: isPublic(ingress),
      virtualNetworkSubnetId: network.integration.id,
      ftpPublishBasicAuthenticationEnabled: false,
      webdeployPublishBasicAuthenticationEnabled: false,
      identity: { type: 'UserAssigned', identityIds: [identity.id] },
      // Which of the identities reads Key Vault references; the default is a system-assigned one, which is not there.
      keyVaultReferenceIdentityId: identity.id,
      siteConfig: siteConfig({ ...running, identity }),
      dependsOn: [...props.after],
      tags,
    };
    const { slot } = props;
    this.app = new LinuxWebApp(this, 'app', {
      ...site,
      name: name('webApp', location),
      location,
      resourceGroupName,
      servicePlanId: this.plan.id,
      appSettings: { ...props.appSettings, ...props.ownSettings },
      ...(slot && { stickySettings: { appSettingNames: Object.keys(slot.ownSettings) } }),
    });
    diagnose(this, 'app_logs', 'Microsoft.Web/sites', this.app.id, workspaceId);
    alert(this, 'Microsoft.Web/sites', this.app.id, place);

    if (slot) {
      this.slot = new LinuxWebAppSlot(this, slotName, {
        ...site,
        name: slotName,
        appServiceId: this.app.id,
        // A swap starts the slot's workers with production's settings before it moves them, and they may ask for tokens as the
        // slot until they restart: without production's identity, what was swapped in could not reach Redis.
        // https://github.com/Azure/azure-sdk-for-net/issues/45367, https://github.com/Azure/Azure-Functions/issues/2511
        identity: { type: 'UserAssigned', identityIds: [slot.identity.id, identity.id] },
        keyVaultReferenceIdentityId: slot.identity.id,
        siteConfig: slotSiteConfig({ ...running, app: slotAppOf(settings), identity: slot.identity }),
        appSettings: { ...props.appSettings, ...slot.ownSettings, ...slot.package },
      });
      diagnose(this, 'staging_logs', 'Microsoft.Web/sites', this.slot.id, workspaceId);
    }
  }

  /** Binds the host name that users type, so that it can be preserved all the way. */
  bind(host: string, after: readonly ITerraformDependable[]): ITerraformDependable {
    return new AppServiceCustomHostnameBinding(this, 'host', {
      hostname: host,
      appServiceName: this.app.name,
      resourceGroupName: this.props.place.resourceGroupName,
      dependsOn: [...after],
      lifecycle: { precondition: preconditionOnHost(this, host) },
    });
  }
}
