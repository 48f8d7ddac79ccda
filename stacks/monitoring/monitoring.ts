import { ApplicationInsights } from '@cdktf/provider-azurerm/lib/application-insights';
import { LogAnalyticsWorkspace } from '@cdktf/provider-azurerm/lib/log-analytics-workspace';
import { MonitorActionGroup } from '@cdktf/provider-azurerm/lib/monitor-action-group';
import type { Precondition } from 'cdktf';
import { Construct } from 'constructs';
import { appOf } from '../app';
import { sizeOf } from '../size';
import { stackLocal } from '../stackLocal';
import { alertOnResourceHealth } from './alerts/events';
import { alertOnLogCap } from './alerts/logCap';
import type { Place, WatchedPlace } from './place';

export interface MonitoringProps {
  readonly place: Place;
  /** What is watched, as a part of the names: a location, or `global`. */
  readonly part: string;
}

/**
 * Where logs go, and who is notified of alerts. Each region has its own, so that the loss of one does not stop the
 * monitoring of the others. What is global has one in the first region: while that is lost, Front Door serves, but its
 * logs are late or missing.
 */
export class Monitoring extends Construct {
  private readonly workspaceId: string;
  private readonly actionGroupId: string;

  constructor(scope: Construct, id: string, { place, part }: MonitoringProps) {
    super(scope, id);
    const { name, location, resourceGroupName, settings, tags } = place;
    const { logAnalyticsWorkspaceId, actionGroupId } = settings.existing ?? {};
    this.workspaceId =
      logAnalyticsWorkspaceId ??
      new LogAnalyticsWorkspace(this, 'workspace', {
        name: name('logAnalyticsWorkspace', part),
        location,
        resourceGroupName,
        sku: 'PerGB2018',
        retentionInDays: sizeOf(settings).logRetentionDays,
        localAuthenticationDisabled: true,
        tags,
      }).id;
    this.actionGroupId =
      actionGroupId ??
      new MonitorActionGroup(this, 'action_group', {
        name: name('actionGroup', part),
        resourceGroupName,
        // Twelve characters at most; it heads text messages.
        shortName: 'oncall',
        emailReceiver: [{ name: 'on-call', emailAddress: settings.alertEmail, useCommonAlertSchema: true }],
        ...(settings.alertWebhook !== undefined && {
          webhookReceiver: [{ name: 'webhook', serviceUri: settings.alertWebhook, useCommonAlertSchema: true }],
        }),
        lifecycle: { precondition: preconditionOnAddress(this, settings.alertEmail) },
        tags,
      }).id;
    const watched = this.watch(place);
    alertOnResourceHealth(this, { ...watched, location: part });
    // The cap of a central workspace is its owner's to watch.
    if (logAnalyticsWorkspaceId === undefined) alertOnLogCap(this, watched, part);
  }

  /** The place as its resources see it, with somewhere to send logs and alerts. */
  watch(place: Place): WatchedPlace {
    return { ...place, workspaceId: this.workspaceId, actionGroupId: this.actionGroupId };
  }
}

/** Application Insights of a region's app, in the region's workspace. */
export function insightsOf(scope: Construct, id: string, place: WatchedPlace): ApplicationInsights {
  return new ApplicationInsights(scope, id, {
    name: place.name('applicationInsights', place.location),
    location: place.location,
    resourceGroupName: place.resourceGroupName,
    workspaceId: place.workspaceId,
    applicationType: appOf(place.settings).telemetryType,
    // The connection string is then no credential: only an identity with Monitoring Metrics Publisher can send.
    localAuthenticationDisabled: true,
    retentionInDays: sizeOf(place.settings).logRetentionDays,
    tags: place.tags,
  });
}

/** Stops a plan while the address is the placeholder of `settings.ts`. */
const preconditionOnAddress = (scope: Construct, address: string): Precondition[] => [
  {
    condition: `\${!can(regex("[@.]example[.](com|net|org)$", lower(${stackLocal(scope, 'alert_email', address)})))}`,
    errorMessage:
      'alertEmail is still a placeholder: put the address of whoever is on call into settings.ts, and synthesize again.',
  },
];
