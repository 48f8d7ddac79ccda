import type { LinuxWebApp } from '@cdktf/provider-azurerm/lib/linux-web-app';
import type { LinuxWebAppSlot } from '@cdktf/provider-azurerm/lib/linux-web-app-slot';
import type { ITerraformDependable } from 'cdktf';
import { appOf } from '../app';
import { appSettings, ownSettings } from './appSettings';
import { Autoscale } from './autoscale';
import { Hosting, slotName } from './hosting';
import type { Ingress } from './ingress';
import { PrivateAccess } from './network/privateAccess';
import type { Region } from './region';

export interface RegionAppProps {
  /** Number of instances until autoscale takes over, and the least afterwards. 1 to 30. */
  readonly instances: number;
  readonly zoneRedundant: boolean;
  /** The ARR affinity cookie. */
  readonly affinity: boolean;
  readonly ingress: Ingress;
  /** Proxies between the client and the app, of which App Service's front end is one. */
  readonly proxyHops: number;
}

/**
 * The app of a region, which comes after everything else in it: it must find its sessions linked across regions and its
 * identity granted.
 *
 * No construct of its own: its parts are children of the region, because the construct path is the Terraform address.
 */
export class RegionApp {
  readonly app: LinuxWebApp;
  /** The deployment slot, where the settings ask for one. */
  readonly slot: LinuxWebAppSlot | undefined;
  /** The app's private endpoint, where the ingress asks for one. */
  readonly access: PrivateAccess | undefined;
  private readonly hosting: Hosting;

  constructor(
    readonly region: Region,
    { instances, zoneRedundant, affinity, ingress, proxyHops }: RegionAppProps,
  ) {
    const { place, network, secrets, sessions, package: zip, insights, sessionStore, stagingIdentity } = region;
    // Access to Redis is granted one at a time: a cache takes no second change meanwhile.
    sessions?.admit('app', region.identity.identity);
    if (stagingIdentity) sessions?.admit('staging', stagingIdentity.identity);
    const { workload } = place.settings;
    const { sessionPrefix, sessionContract } = appOf(place.settings);
    const kept = sessionContract ? sessions : undefined;
    this.hosting = new Hosting(region, 'hosting', {
      place,
      network,
      identity: region.identity.identity,
      appSettings: appSettings({
        proxyHops,
        sessionStore,
        settings: place.settings,
        sessions,
        secrets,
        package: zip,
        insights,
      }),
      ownSettings: ownSettings({
        identity: region.identity.identity,
        sessionPrefix,
        serviceName: workload,
        sessions: kept,
        package: zip,
      }),
      slot: stagingIdentity && {
        identity: stagingIdentity.identity,
        // A name of its own in telemetry, so that trying out a version alarms nobody.
        ownSettings: ownSettings({
          identity: stagingIdentity.identity,
          sessionPrefix: `${sessionPrefix}-${slotName}`,
          serviceName: `${workload}-${slotName}`,
          sessions: kept,
          package: zip,
        }),
        package: zip?.slotSettings(),
      },
      after: [
        ...region.identity.assignments,
        ...(stagingIdentity?.assignments ?? []),
        secrets.access.endpoint,
        ...(zip ? [zip.access.endpoint] : []),
        ...(sessions?.ready ?? []),
        ...network.integration.routed,
      ],
      instances,
      zoneRedundant,
      affinity,
      ingress,
    });
    this.app = this.hosting.app;
    this.slot = this.hosting.slot;
    new Autoscale(region, 'autoscale', { place, plan: this.hosting.plan, floor: instances });
    if (ingress.from === 'private-endpoint') {
      this.access = new PrivateAccess(region, 'app_access', {
        place,
        network,
        service: 'webApps',
        resourceId: this.app.id,
      });
      if (this.slot) this.access.addSlot(slotName, this.slot);
    }
  }

  /**
   * Binds the host name that users type to the app. An app takes one.
   *
   * @param after the records that prove the host to App Service
   * @returns what must be there before the host name leads users here
   */
  bind(host: string, after: readonly ITerraformDependable[]): ITerraformDependable {
    return this.hosting.bind(host, after);
  }
}
