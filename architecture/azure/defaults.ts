/**
 * What applies where an argument is left out, each with its source. The readers, the review and the drill take defaults
 * from here and from nowhere else. "azurerm" is the provider's own default, which it sends to Azure; "platform" is
 * Azure's, where the provider sends nothing.
 */

/** azurerm. @see https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/linux_web_app */
export const webAppDefaults = {
  /** ARM by itself would take true. */
  affinity: false,
  /** Platform. @see https://learn.microsoft.com/dotnet/api/azure.resourcemanager.appservice.models.sitepatchinfo.isclientaffinityproxyenabled */
  affinityProxied: false,
  /** Platform. @see https://learn.microsoft.com/dotnet/api/azure.resourcemanager.appservice.websitedata.isclientaffinitypartitioningenabled */
  affinityPartitioned: false,
  httpsOnly: false,
  minimumTls: '1.2',
  publicAccess: true,
  restrictionAction: 'Allow',
  restrictionDefaultAction: 'Allow',
  restrictionPriority: 65000,
} as const;

/** Platform. @see https://learn.microsoft.com/azure/app-service/monitor-instances-health-check */
export const healthCheckDefaults = {
  /** The platform pings once a minute; this is not a setting. */
  pingSeconds: 60,
  /** Minutes of failed pings until an instance leaves rotation. */
  evictionMinutes: 10,
  /** Largest share of instances that may be taken out. */
  maxUnhealthyPercent: 50,
} as const;

/** Platform, from SIGTERM to SIGKILL. @see https://learn.microsoft.com/azure/app-service/reference-app-settings */
export const stopTimeLimitSecondsDefault = 5;

/** azurerm. @see https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/service_plan */
export const servicePlanDefaults = {
  /** Platform. @see https://learn.microsoft.com/azure/app-service/configure-zone-redundancy */
  instances: 1,
  zoneBalanced: false,
  perSiteScaling: false,
  automaticScaling: false,
} as const;

/** azurerm. @see https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/app_service_environment_v3 */
export const environmentDefaults = { internalLoadBalancing: 'None' } as const;

/**
 * Platform: the probe of HTTP settings that name none. azurerm requires interval, timeout and threshold of a custom one;
 * a custom probe made in another way has the same defaults.
 * @see https://learn.microsoft.com/azure/application-gateway/application-gateway-probe-overview
 */
export const gatewayProbeDefaults = {
  path: '/',
  /** A host that no App Service app answers. */
  host: '127.0.0.1',
  hostFromSettings: false,
  intervalSeconds: 30,
  timeoutSeconds: 30,
  unhealthyThreshold: 3,
  statusCodes: ['200-399'],
} as const;

/**
 * A gateway that scales without a stated maximum may grow to the service's own limit; azurerm reads back 0 for one left
 * out. @see https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits
 */
export const gatewayDefaults = { minimumInstances: 0, maximumInstances: 125 } as const;

/** azurerm. @see https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/cdn_frontdoor_origin_group */
export const originGroupDefaults = {
  affinity: true,
  latencyWindowMs: 50,
  sampleSize: 4,
  successfulSamplesRequired: 3,
  probePath: '/',
  /** azurerm requires it. What a probe made in another way has is unverified. */
  probeIntervalSeconds: 100,
  /** Platform, not a setting. @see https://learn.microsoft.com/azure/frontdoor/health-probes */
  statusCodes: ['200'],
} as const;

/** azurerm. @see https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/cdn_frontdoor_origin */
export const originDefaults = { enabled: true, priority: 1, weight: 500 } as const;

/** azurerm. @see https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/cdn_frontdoor_route */
export const routeDefaults = { enabled: true, httpsRedirect: true, forwarding: 'MatchRequest' } as const;

/** azurerm. @see https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/traffic_manager_profile */
export const trafficManagerDefaults = {
  endpointEnabled: true,
  protocol: 'HTTP',
  path: '/',
  intervalSeconds: 30,
  toleratedFailures: 3,
  ttlSeconds: 60,
  statusCodes: ['200'],
} as const;

/** azurerm. @see https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/web_application_firewall_policy */
export const firewallDefaults = { enabled: true, mode: 'Prevention' } as const;

/** azurerm. @see https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/managed_redis */
export const managedRedisDefaults = {
  highAvailability: true,
  accessKeys: false,
  publicAccess: 'Enabled',
  clientProtocol: 'Encrypted',
  clusteringPolicy: 'OSSCluster',
  evictionPolicy: 'VolatileLRU',
  /** Platform: TLS 1.2 and 1.3 only, not a setting. @see https://learn.microsoft.com/azure/redis/overview */
  minimumTls: '1.2',
} as const;

/** azurerm. @see https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/redis_cache */
export const redisCacheDefaults = {
  accessKeys: true,
  publicAccess: true,
  nonSslPort: false,
  /** Since azurerm 3, whose pages long said 1.0. @see https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.79.0/internal/services/redis/redis_cache_resource.go */
  minimumTls: '1.2',
  backup: false,
  evictionPolicy: 'volatile-lru',
} as const;

/** azurerm. @see https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/redis_enterprise_cluster */
export const redisEnterpriseDefaults = { minimumTls: '1.2', clientProtocol: 'Encrypted' } as const;

/** azurerm. @see https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/monitor_metric_alert */
export const alertDefaults = { enabled: true } as const;

/** azurerm. @see https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/monitor_autoscale_setting */
export const autoscaleDefaults = { enabled: true } as const;

/**
 * azurerm sends false for a requirement that is left out. Without a proxy convention App Service builds its redirects from the
 * host of the request itself.
 * @see https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/linux_web_app
 */
export const signInDefaults = { required: false, action: 'RedirectToLoginPage', convention: 'NoProxy' } as const;

/** azurerm. @see https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/public_ip */
export const publicIpDefaults = { skuName: 'Standard', skuNameBefore4: 'Basic' } as const;
