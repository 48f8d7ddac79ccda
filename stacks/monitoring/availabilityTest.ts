import type { ApplicationInsights } from '@cdktf/provider-azurerm/lib/application-insights';
import { ApplicationInsightsStandardWebTest } from '@cdktf/provider-azurerm/lib/application-insights-standard-web-test';
import { MonitorMetricAlert } from '@cdktf/provider-azurerm/lib/monitor-metric-alert';
import { Construct } from 'constructs';
import { appOf } from '../app';
import type { WatchedPlace } from './place';

export interface AvailabilityTestProps {
  readonly place: WatchedPlace;
  /** Application Insights of the region that runs the test. */
  readonly insights: ApplicationInsights;
  /** Public address, without a path. */
  readonly url: string;
  /** False while the host does not lead anywhere yet: the test exists, but is disabled. */
  readonly enabled: boolean;
  /** Whether to check the certificate. A self-signed one would fail. */
  readonly checkCertificate: boolean;
}

/**
 * Five places in three parts of the world. If two fail together, the cause is not one place.
 *
 * @see https://learn.microsoft.com/azure/azure-monitor/app/availability#location-population-tags
 */
const places = ['emea-nl-ams-azr', 'emea-gb-db3-azr', 'emea-fr-pra-edge', 'us-va-ash-azr', 'apac-sg-sin-azr'];
const failedPlaces = 2;

/** Asks the public address from outside every five minutes, as no component can about itself. */
export class AvailabilityTest extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { place, insights, url, enabled, checkCertificate }: AvailabilityTestProps,
  ) {
    super(scope, id);
    const { name, location, resourceGroupName, actionGroupId, settings, tags } = place;
    const minutes = 15;
    const test = new ApplicationInsightsStandardWebTest(this, 'resource', {
      name: name('availabilityTest', location),
      location,
      resourceGroupName,
      applicationInsightsId: insights.id,
      enabled,
      frequency: 300,
      timeout: 30,
      retryEnabled: true,
      geoLocations: places,
      request: { url: `${url}${appOf(settings).healthPath}`, httpVerb: 'GET', followRedirectsEnabled: false },
      validationRules: {
        expectedStatusCode: 200,
        ...(checkCertificate && { sslCheckEnabled: true, sslCertRemainingLifetime: 14 }),
      },
      tags,
    });
    new MonitorMetricAlert(this, 'alert', {
      name: `public-address-${location}`,
      resourceGroupName,
      scopes: [test.id, insights.id],
      description: `Places from which the public address failed: at least ${failedPlaces} of ${places.length} within ${minutes} minutes. Users cannot reach the shop. Runbook: ${settings.runbooks}#public-address`,
      severity: 1,
      windowSize: `PT${minutes}M`,
      frequency: 'PT5M',
      enabled,
      applicationInsightsWebTestLocationAvailabilityCriteria: {
        webTestId: test.id,
        componentId: insights.id,
        failedLocationCount: failedPlaces,
      },
      action: [{ actionGroupId }],
      tags,
    });
  }
}
