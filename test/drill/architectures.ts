/** Deployments for the drill's tests, as `architecture/` would read them from Terraform. */

import type { AffinityState, Architecture, Region, SessionStore } from '../../architecture/model';

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
    frontDoorProbe: null,
    gatewayProbe: null,
    resources: [],
  };
}

function region(location: string, index: number, choices: Choices): Region {
  const { entry, appService = 'on', sessions = 'in-process', instances = 2 } = choices;
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
        zoneBalanced: instances > 2,
        autoscale: null,
      },
      affinity: appService,
      healthCheckPath: '/healthz',
      healthCheckEvictionMinutes: 2,
      healthCheckMaxUnhealthyPercent: null,
      stopTimeLimitSeconds: null,
      hasSlot: false,
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
        ? { address: `azurerm_cdn_frontdoor_origin.origin_${index}`, priority: 1, weight: 500 }
        : null,
  };
}
