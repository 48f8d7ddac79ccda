/** Deployments for the drill's tests, as `architecture/` would read them from Terraform. */

import type { AffinityState, Architecture, Region, SessionStore } from '../../../architecture/model';

export interface Choices {
  readonly name?: string;
  readonly entry?: Architecture['entry'];
  readonly hostPreserved?: Architecture['hostPreserved'];
  readonly appService?: AffinityState;
  readonly applicationGateway?: AffinityState;
  readonly frontDoor?: AffinityState;
  readonly sessions?: SessionStore;
  /** Instances per region. */
  readonly instances?: number;
  readonly regions?: readonly string[];
  readonly latencyWindowMs?: number;
  /** Front Door's, per region; 1 where none is given. */
  readonly priorities?: readonly number[];
  /** Default: - with more than two instances. */
  readonly zoneBalanced?: boolean;
  readonly hasSlot?: boolean;
  /** Bounds of autoscale. Default: - none is declared. */
  readonly autoscale?: readonly [minimum: number, maximum: number];
}

/** One region, App Service's own host name, two instances, affinity on, state in process: unless chosen otherwise. */
export function architecture(choices: Choices = {}): Architecture {
  const { name = 'sample', entry = 'app-service', sessions = 'in-process', regions = ['swedencentral'] } = choices;
  const { appService = 'on', frontDoor = entry === 'front-door' ? 'off' : 'absent' } = choices;
  const { applicationGateway = entry === 'application-gateway' ? 'off' : 'absent' } = choices;
  return {
    name,
    entry,
    hostPreserved: choices.hostPreserved ?? true,
    affinity: { appService, applicationGateway, frontDoor },
    sessions,
    regions: regions.map((location, index) => region(location, index, { ...choices, entry, appService, sessions })),
    latencyWindowMs: entry === 'front-door' ? (choices.latencyWindowMs ?? 0) : null,
    frontDoorProbe:
      entry === 'front-door'
        ? { path: '/healthz', protocol: 'Https', intervalSeconds: 30, sampleSize: 4, successfulSamplesRequired: 3 }
        : null,
    gatewayProbe: null,
    resources: [],
  };
}

function region(location: string, index: number, choices: Choices): Region {
  const { entry, appService = 'on', sessions = 'in-process', instances = 2 } = choices;
  const [minimum, maximum] = choices.autoscale ?? [];
  const autoscale = minimum === undefined || maximum === undefined ? null : { minimum, default: minimum, maximum };
  return {
    name: location,
    location,
    role: 'active',
    app: {
      address: `azurerm_linux_web_app.app_${location}`,
      plan: {
        address: `azurerm_service_plan.plan_${location}`,
        skuName: 'P1v3',
        instances,
        zoneBalanced: choices.zoneBalanced ?? instances > 2,
        autoscale: autoscale ? { address: `azurerm_monitor_autoscale_setting.${location}`, ...autoscale } : null,
      },
      affinity: appService,
      healthCheckPath: '/healthz',
      healthCheckEvictionMinutes: 2,
      healthCheckMaxUnhealthyPercent: null,
      stopTimeLimitSeconds: null,
      hasSlot: choices.hasSlot ?? false,
      sessions,
    },
    redis: sessions.startsWith('redis')
      ? {
          address: `azurerm_managed_redis.cache_${location}`,
          skuName: 'Balanced_B3',
          highAvailability: true,
          geoReplicated: sessions === 'redis-geo',
        }
      : null,
    origin:
      entry === 'front-door'
        ? {
            address: `azurerm_cdn_frontdoor_origin.origin_${index}`,
            priority: choices.priorities?.[index] ?? 1,
            weight: 500,
          }
        : null,
  };
}
