import { CdnFrontdoorCustomDomain } from '@cdktf/provider-azurerm/lib/cdn-frontdoor-custom-domain';
import { CdnFrontdoorCustomDomainAssociation } from '@cdktf/provider-azurerm/lib/cdn-frontdoor-custom-domain-association';
import { CdnFrontdoorEndpoint } from '@cdktf/provider-azurerm/lib/cdn-frontdoor-endpoint';
import { CdnFrontdoorOrigin } from '@cdktf/provider-azurerm/lib/cdn-frontdoor-origin';
import { CdnFrontdoorOriginGroup } from '@cdktf/provider-azurerm/lib/cdn-frontdoor-origin-group';
import { CdnFrontdoorProfile } from '@cdktf/provider-azurerm/lib/cdn-frontdoor-profile';
import { CdnFrontdoorRoute } from '@cdktf/provider-azurerm/lib/cdn-frontdoor-route';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { TerraformOutput } from 'cdktf';
import { Construct } from 'constructs';
import type { Namer } from '../naming';
import { healthPath } from '../region/hosting';
import type { Region } from '../region/region';
import type { Settings } from '../settings';
import type { Variant } from '../variant';
import { preconditionOnHost } from './host';

export interface FrontDoorEntryProps {
  readonly name: Namer;
  readonly base: string;
  readonly variant: Variant;
  readonly settings: Settings;
}

/**
 * Azure Front Door Premium in front of the regions.
 *
 * Declared in three steps, so that nothing is circular: the profile first, whose id each region lets in; then each
 * region as an origin; then the route.
 *
 * Detection: a probe every 30 seconds from each edge location, 3 good ones of the last 4 wanted, so two bad ones take an
 * origin out at that location: 30 to 60 seconds after it dies.
 *
 * @see https://learn.microsoft.com/azure/frontdoor/health-probes
 */
export class FrontDoorEntry extends Construct {
  /** What `X-Azure-FDID` carries in every request that came through this profile. */
  readonly profileGuid: string;
  /** Azure's own host name of the endpoint. */
  readonly hostName: string;
  private readonly endpoint: CdnFrontdoorEndpoint;
  private readonly originGroup: CdnFrontdoorOriginGroup;
  private readonly origins: CdnFrontdoorOrigin[] = [];
  private readonly customDomain: CdnFrontdoorCustomDomain | undefined;

  constructor(scope: Construct, id: string, { name, base, variant, settings }: FrontDoorEntryProps) {
    super(scope, id);
    const { tags, domain } = settings;
    const [first] = settings.regions as [Settings['regions'][number]];
    const group = new ResourceGroup(this, 'group', {
      name: name('resourceGroup', base, 'global'),
      // Where the group's metadata lives; what is in it is global.
      location: first.location,
      tags,
    });
    const profile = new CdnFrontdoorProfile(this, 'profile', {
      name: name('frontDoorProfile', base),
      resourceGroupName: group.name,
      skuName: 'Premium_AzureFrontDoor',
      responseTimeoutSeconds: 30,
      tags,
    });
    this.profileGuid = profile.resourceGuid;
    this.endpoint = new CdnFrontdoorEndpoint(this, 'endpoint', {
      name: name('frontDoorEndpoint'),
      cdnFrontdoorProfileId: profile.id,
      tags,
    });
    this.hostName = this.endpoint.hostName;
    this.originGroup = new CdnFrontdoorOriginGroup(this, 'origins', {
      name: 'app',
      cdnFrontdoorProfileId: profile.id,
      // azurerm's default is on.
      sessionAffinityEnabled: variant.affinity.frontDoor === 'on',
      healthProbe: { protocol: 'Https', path: healthPath, requestType: 'GET', intervalInSeconds: 30 },
      loadBalancing: {
        sampleSize: 4,
        successfulSamplesRequired: 3,
        additionalLatencyInMilliseconds: latencyWindowMs(variant),
      },
    });
    if (domain !== 'none') {
      this.customDomain = new CdnFrontdoorCustomDomain(this, 'domain', {
        name: 'shop',
        cdnFrontdoorProfileId: profile.id,
        hostName: domain.host,
        tls: { certificateType: 'ManagedCertificate' },
        lifecycle: { precondition: preconditionOnHost },
      });
      new TerraformOutput(this, 'validation_token', {
        value: this.customDomain.validationToken,
        description: `Value of the TXT record _dnsauth.${domain.host}, by which Front Door sees that the host is yours.`,
      });
    }
  }

  /** Sends traffic to a region's app, under its own name unless the host is preserved. */
  addOrigin(region: Region): void {
    this.origins.push(
      new CdnFrontdoorOrigin(this, `origin_${region.location}`, {
        name: region.location,
        cdnFrontdoorOriginGroupId: this.originGroup.id,
        hostName: region.app.defaultHostname,
        // Unset, Front Door passes on the host that the client sent.
        ...(this.customDomain === undefined && { originHostHeader: region.app.defaultHostname }),
        certificateNameCheckEnabled: true,
        enabled: true,
        httpPort: 80,
        httpsPort: 443,
        priority: 1,
        weight: 500,
      }),
    );
  }

  /** Routes every path to the origins added so far. */
  route(): void {
    const route = new CdnFrontdoorRoute(this, 'route', {
      name: 'app',
      cdnFrontdoorEndpointId: this.endpoint.id,
      cdnFrontdoorOriginGroupId: this.originGroup.id,
      cdnFrontdoorOriginIds: this.origins.map((origin) => origin.id),
      patternsToMatch: ['/*'],
      supportedProtocols: ['Http', 'Https'],
      httpsRedirectEnabled: true,
      forwardingProtocol: 'HttpsOnly',
      linkToDefaultDomain: this.customDomain === undefined,
      ...(this.customDomain && { cdnFrontdoorCustomDomainIds: [this.customDomain.id] }),
    });
    if (this.customDomain)
      new CdnFrontdoorCustomDomainAssociation(this, 'domain_route', {
        cdnFrontdoorCustomDomainId: this.customDomain.id,
        cdnFrontdoorRouteIds: [route.id],
      });
  }
}

/**
 * With affinity, a window wide enough to hold every region, because affinity chooses inside it only. Without, the fastest
 * region alone: a wider one would bounce a shopper between regions whose Redis have no promised time to agree.
 */
function latencyWindowMs({ affinity }: Variant): number {
  return affinity.frontDoor === 'on' ? 1000 : 0;
}
