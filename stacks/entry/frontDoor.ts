import { CdnFrontdoorCustomDomain } from '@cdktf/provider-azurerm/lib/cdn-frontdoor-custom-domain';
import { CdnFrontdoorCustomDomainAssociation } from '@cdktf/provider-azurerm/lib/cdn-frontdoor-custom-domain-association';
import { CdnFrontdoorEndpoint } from '@cdktf/provider-azurerm/lib/cdn-frontdoor-endpoint';
import { CdnFrontdoorOrigin } from '@cdktf/provider-azurerm/lib/cdn-frontdoor-origin';
import { CdnFrontdoorOriginGroup } from '@cdktf/provider-azurerm/lib/cdn-frontdoor-origin-group';
import { CdnFrontdoorProfile } from '@cdktf/provider-azurerm/lib/cdn-frontdoor-profile';
import { CdnFrontdoorRoute } from '@cdktf/provider-azurerm/lib/cdn-frontdoor-route';
import { type ITerraformDependable, TerraformOutput, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { type AppPlan, appOf } from '../app';
import { preconditionOnHost } from '../host';
import { alert } from '../monitoring/alerts';
import { diagnose } from '../monitoring/diagnostics';
import { Monitoring } from '../monitoring/monitoring';
import { type PlaceOptions, placeSettings } from '../monitoring/place';
import type { Namer } from '../naming';
import { Group } from '../region/group';
import type { Ingress } from '../region/ingress';
import type { RegionApp } from '../region/regionApp';
import { FrontDoorFirewall } from './frontDoorFirewall';

export interface FrontDoorEntryProps extends PlaceOptions {
  readonly name: Namer;
  /** What the resource group of what is global is for, as a part of its name. */
  readonly groupPart: string;
  /** Azure's name of the region in which that group's metadata and its logs are kept. */
  readonly location: string;
  /** How many origins it gets. */
  readonly regions: number;
  /** The affinity cookie, which holds a client to the origin that it came to first. */
  readonly affinity: boolean;
  /** Whether origins after the first stand by until it is lost. Otherwise all are alike. */
  readonly standby: boolean;
  /** The host that users type, preserved to the app. Left out: Front Door's own, and each app is asked by its own name. */
  readonly host?: string | undefined;
  /** Resource id of the Azure DNS zone of that host. Left out: its records are made elsewhere. */
  readonly dnsZoneId?: string | undefined;
  /** Whether apps are reached over Private Link. Left out: by their public addresses. */
  readonly privateOrigins?: boolean | undefined;
}

/**
 * How each edge location finds by itself that an origin is down: of the last four probes three must have been
 * answered with exactly 200, so two bad ones in a row take it out, 30 to 60 seconds after it dies.
 *
 * @see https://learn.microsoft.com/azure/frontdoor/health-probes
 */
const probing = { intervalInSeconds: 30, sampleSize: 4, successfulSamplesRequired: 3 };

/**
 * Azure Front Door Premium in front of the regions.
 *
 * Declared in three steps, so that nothing is circular: first the profile, whose id each region allows; then each
 * region as an origin; then the routes.
 */
export class FrontDoorEntry extends Construct {
  /** Who may call the apps: this profile alone. */
  readonly ingress: Ingress;
  /** What `X-Azure-FDID` carries in every request that came through this profile. */
  readonly profileGuid: string;
  /** Azure's own host name of the endpoint. */
  readonly hostName: string;
  /** Value of the TXT record by which Front Door sees that the host is ours; empty without a host. */
  readonly validationToken: string;
  private readonly endpoint: CdnFrontdoorEndpoint;
  private readonly originGroup: CdnFrontdoorOriginGroup;
  private readonly origins: CdnFrontdoorOrigin[] = [];
  private readonly customDomain: CdnFrontdoorCustomDomain | undefined;
  private readonly profile: CdnFrontdoorProfile;
  private readonly firewall: FrontDoorFirewall;
  private readonly app: AppPlan;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: FrontDoorEntryProps,
  ) {
    super(scope, id);
    const { name, groupPart, location, host } = props;
    const settings = placeSettings(props);
    const { tags } = settings;
    this.app = appOf(settings);
    // The location is where the group's metadata lives; what is in the group is global.
    const group = new Group(this, 'group', {
      existingId: settings.existing?.resourceGroups?.global,
      name: name('resourceGroup', groupPart, 'global'),
      location,
      tags,
    });
    const place = { name, location, resourceGroupName: group.name, resourceGroupId: group.id, settings, tags };
    const watched = new Monitoring(this, 'monitoring', { place, part: 'global' }).watch(place);

    const profile = new CdnFrontdoorProfile(this, 'profile', {
      name: name('frontDoorProfile', groupPart),
      resourceGroupName: group.name,
      skuName: 'Premium_AzureFrontDoor',
      responseTimeoutSeconds: 30,
      tags,
    });
    diagnose(this, 'logs', 'Microsoft.Cdn/profiles', profile.id, watched.workspaceId);
    alert(
      this,
      'Microsoft.Cdn/profiles',
      profile.id,
      { ...watched, location: 'global' },
      {
        // Halfway between all origins well and one lost.
        'front-door-origin-lost': Math.round(100 * (1 - 0.5 / props.regions)),
      },
    );
    this.profile = profile;
    this.profileGuid = profile.resourceGuid;
    // Over Private Link, Front Door's own endpoint leads to the app, and the app has no public address at all.
    this.ingress = props.privateOrigins
      ? { from: 'private-link' }
      : {
          from: 'service-tag',
          name: 'front-door',
          // The tag is shared by every customer of Front Door; the id is this profile's.
          serviceTag: 'AzureFrontDoor.Backend',
          headers: { xAzureFdid: [this.profileGuid] },
        };
    this.endpoint = new CdnFrontdoorEndpoint(this, 'endpoint', {
      name: name('frontDoorEndpoint'),
      cdnFrontdoorProfileId: profile.id,
      tags,
    });
    this.hostName = this.endpoint.hostName;
    const { intervalInSeconds, sampleSize, successfulSamplesRequired } = probing;
    this.originGroup = new CdnFrontdoorOriginGroup(this, 'origins', {
      name: 'app',
      cdnFrontdoorProfileId: profile.id,
      // azurerm's default is on.
      sessionAffinityEnabled: props.affinity,
      healthProbe: { protocol: 'Https', path: this.app.healthPath, requestType: 'GET', intervalInSeconds },
      loadBalancing: {
        sampleSize,
        successfulSamplesRequired,
        additionalLatencyInMilliseconds: latencyWindowMs(props),
      },
    });
    if (host !== undefined)
      this.customDomain = new CdnFrontdoorCustomDomain(this, 'domain', {
        name: 'shop',
        cdnFrontdoorProfileId: profile.id,
        ...(props.dnsZoneId !== undefined && { dnsZoneId: props.dnsZoneId }),
        hostName: host,
        tls: { certificateType: 'ManagedCertificate' },
        lifecycle: { precondition: preconditionOnHost(this, host) },
      });
    this.validationToken = this.customDomain?.validationToken ?? '';
    this.firewall = new FrontDoorFirewall(this, 'firewall', {
      place,
      profileId: profile.id,
      domainIds: [this.endpoint.id, ...(this.customDomain ? [this.customDomain.id] : [])],
    });
  }

  /** Sends traffic to a region's app, under its own name unless the host is preserved. */
  addOrigin({ region, app }: RegionApp): void {
    const { standby, privateOrigins } = this.props;
    this.origins.push(
      new CdnFrontdoorOrigin(this, `origin_${region.location}`, {
        name: region.location,
        cdnFrontdoorOriginGroupId: this.originGroup.id,
        hostName: app.defaultHostname,
        // Unset, Front Door passes on the host that the client sent.
        ...(this.customDomain === undefined && { originHostHeader: app.defaultHostname }),
        certificateNameCheckEnabled: true,
        enabled: true,
        httpPort: 80,
        httpsPort: 443,
        // The first region is the primary; all others stand by, or all are alike.
        priority: standby && this.origins.length > 0 ? 2 : 1,
        weight: 500,
        ...(privateOrigins && {
          privateLink: {
            privateLinkTargetId: app.id,
            targetType: 'sites',
            location: region.privateLinkLocation,
            requestMessage: 'Front Door of the same deployment',
          },
        }),
      }),
    );
  }

  /** Routes to the origins added so far, and answers with what must be there before users come. */
  route(): readonly ITerraformDependable[] {
    const { cacheablePaths } = this.app;
    const shared = {
      cdnFrontdoorEndpointId: this.endpoint.id,
      cdnFrontdoorOriginGroupId: this.originGroup.id,
      cdnFrontdoorOriginIds: this.origins.map((origin) => origin.id),
      supportedProtocols: ['Http', 'Https'],
      httpsRedirectEnabled: true,
      forwardingProtocol: 'HttpsOnly',
      linkToDefaultDomain: this.customDomain === undefined,
      ...(this.customDomain && { cdnFrontdoorCustomDomainIds: [this.customDomain.id] }),
    };
    const routes = [
      new CdnFrontdoorRoute(this, 'route', { ...shared, name: 'pages', patternsToMatch: ['/*'] }),
      ...(cacheablePaths.length > 0
        ? [
            new CdnFrontdoorRoute(this, 'cached_route', {
              ...shared,
              name: 'catalogue',
              patternsToMatch: [...cacheablePaths],
              cache: {
                queryStringCachingBehavior: 'UseQueryString',
                compressionEnabled: true,
                contentTypesToCompress: ['application/json', 'image/svg+xml'],
              },
            }),
          ]
        : []),
    ];
    if (!this.customDomain) return [...routes, this.firewall.assignment];
    const association = new CdnFrontdoorCustomDomainAssociation(this, 'domain_route', {
      cdnFrontdoorCustomDomainId: this.customDomain.id,
      cdnFrontdoorRouteIds: routes.map((route) => route.id),
    });
    return [...routes, association, this.firewall.assignment];
  }

  /**
   * Describes how to see that Front Door has accepted the host: it validates the host and fetches its certificate by
   * itself, after the apply is done, and no resource waits for that.
   *
   * @see https://learn.microsoft.com/azure/frontdoor/domain#domain-validation-states
   */
  declareDomainStatus(): void {
    if (!this.customDomain) return;
    const host = this.customDomain.hostName;
    new TerraformOutput(TerraformStack.of(this), 'front_door_domain_status', {
      description: 'Commands that show whether Front Door has accepted the host, and has its certificate.',
      value: {
        // Approved, once the TXT record was found.
        validation: `az afd custom-domain show --resource-group ${this.profile.resourceGroupName} --profile-name ${this.profile.name} --custom-domain-name ${this.customDomain.name} --query domainValidationState --output tsv`,
        // Asks Front Door itself, whether or not the host leads there yet. Any HTTP status will do; a TLS error is what must be gone.
        certificate: `curl --head --connect-to ${host}:443:${this.hostName}:443 https://${host}/`,
      },
    });
  }
}

/**
 * With affinity, a window wide enough for every region, because affinity chooses only inside it. Without affinity, only
 * the fastest region: a wider window would move a shopper between regions, and Azure promises no time within which
 * their Redis agree.
 */
const latencyWindowMs = ({ affinity }: FrontDoorEntryProps): number => (affinity ? 1000 : 0);
