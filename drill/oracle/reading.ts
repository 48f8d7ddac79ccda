/**
 * A second, small reading of a deployment, from the arguments of its resources alone. It shares nothing with `architecture/` but
 * the list of resources, so that a mistake of that reading shows as a difference instead of being emulated and predicted alike.
 * It reads literals and the address in a reference, and nothing else: what is not written so is null, and is not compared.
 */

import type { Deployment } from '../../architecture/deployment';

type Arguments = Readonly<Record<string, unknown>>;

export interface AppReading {
  readonly address: string;
  readonly location: string | null;
  readonly instances: number | null;
  readonly zoneBalanced: boolean | null;
  readonly affinity: boolean | null;
  /** As `SESSION_STORE` has it. */
  readonly store: string | null;
  readonly healthCheckPath: string | null;
  readonly evictionMinutes: number | null;
  readonly maxUnhealthyPercent: number | null;
  readonly hasSlot: boolean;
  readonly stopTimeLimitSeconds: number | null;
  readonly scalesFrom: number | null;
  readonly scalesTo: number | null;
  /** Of the Front Door origin that leads to it. */
  readonly priority: number | null;
  readonly weight: number | null;
  /** Whether the Redis that its REDIS_URL names has a replica. */
  readonly redisReplica: boolean | null;
}

export interface Reading {
  readonly apps: readonly AppReading[];
  readonly hasGateway: boolean;
  readonly gatewayAffinity: boolean | null;
  readonly gatewayProbePath: string | null;
  readonly gatewayProbeSeconds: number | null;
  readonly gatewayProbeFailures: number | null;
  readonly gatewayTimeoutSeconds: number | null;
  readonly hasFrontDoor: boolean;
  readonly frontDoorAffinity: boolean | null;
  readonly latencyWindowMs: number | null;
  readonly frontDoorProbePath: string | null;
  readonly frontDoorProbeSeconds: number | null;
  readonly sampleSize: number | null;
  readonly successfulSamplesRequired: number | null;
  readonly geoReplicated: boolean;
}

const number = (value: unknown): number | null => {
  const text = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  return typeof text === 'number' ? text : null;
};
const text = (value: unknown): string | null => (typeof value === 'string' && !value.includes('${') ? value : null);
const flag = (value: unknown): boolean | null => (typeof value === 'boolean' ? value : null);

/** A nested block, the first of a list. */
function block(of: Arguments | undefined, name: string): Arguments {
  const value = of?.[name];
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'object' && first !== null ? (first as Arguments) : {};
}

export function readText({ resources }: Pick<Deployment, 'resources'>): Reading {
  const ofType = (pattern: RegExp) => resources.filter(({ type }) => pattern.test(type));
  const referred = (value: unknown) =>
    typeof value === 'string'
      ? resources.find(({ address }) => new RegExp(`\\b${escaped(address)}\\b`).test(value))
      : undefined;
  const refersTo = (value: unknown, address: string): boolean => referred(value)?.address === address;
  const [gateway] = ofType(/^azurerm_application_gateway$/);
  const [group] = ofType(/^azurerm_cdn_frontdoor_origin_group$/);
  const settings = block(gateway?.attributes, 'backend_http_settings');
  const probe = block(gateway?.attributes, 'probe');
  const [balancing, sampling] = [block(group?.attributes, 'load_balancing'), block(group?.attributes, 'health_probe')];
  return {
    apps: ofType(/^azurerm_(linux|windows)_web_app$/).map(({ address, attributes }) => {
      const [config, env] = [block(attributes, 'site_config'), block(attributes, 'app_settings')];
      const plan = referred(attributes.service_plan_id);
      const scaling = ofType(/^azurerm_monitor_autoscale_setting$/).find(({ attributes: { target_resource_id } }) =>
        plan ? refersTo(target_resource_id, plan.address) : false,
      );
      const capacity = block(block(scaling?.attributes, 'profile'), 'capacity');
      const origin = ofType(/^azurerm_cdn_frontdoor_origin$/).find(({ attributes: { host_name } }) =>
        refersTo(host_name, address),
      );
      return {
        address,
        location: text(attributes.location),
        instances: number(plan?.attributes.worker_count),
        zoneBalanced: flag(plan?.attributes.zone_balancing_enabled),
        affinity: flag(attributes.client_affinity_enabled),
        store: text(env.SESSION_STORE),
        healthCheckPath: text(config.health_check_path),
        evictionMinutes: number(config.health_check_eviction_time_in_min),
        maxUnhealthyPercent: number(env.WEBSITE_HEALTHCHECK_MAXUNHEALTHYWORKERPERCENT),
        hasSlot: ofType(/_web_app_slot$/).some(({ attributes: { app_service_id } }) =>
          refersTo(app_service_id, address),
        ),
        stopTimeLimitSeconds: number(env.WEBSITES_CONTAINER_STOP_TIME_LIMIT),
        scalesFrom: number(capacity.minimum),
        scalesTo: number(capacity.maximum),
        priority: number(origin?.attributes.priority),
        weight: number(origin?.attributes.weight),
        redisReplica: flag(referred(env.REDIS_URL)?.attributes.high_availability_enabled),
      };
    }),
    hasGateway: gateway !== undefined,
    gatewayAffinity:
      text(settings.cookie_based_affinity) === null ? null : settings.cookie_based_affinity === 'Enabled',
    gatewayProbePath: text(probe.path),
    gatewayProbeSeconds: number(probe.interval),
    gatewayProbeFailures: number(probe.unhealthy_threshold),
    gatewayTimeoutSeconds: number(settings.request_timeout),
    hasFrontDoor: group !== undefined,
    frontDoorAffinity: flag(group?.attributes.session_affinity_enabled),
    latencyWindowMs: number(balancing.additional_latency_in_milliseconds),
    frontDoorProbePath: text(sampling.path),
    frontDoorProbeSeconds: number(sampling.interval_in_seconds),
    sampleSize: number(balancing.sample_size),
    successfulSamplesRequired: number(balancing.successful_samples_required),
    geoReplicated: ofType(/^azurerm_managed_redis_geo_replication$/).length > 0,
  };
}

const escaped = (address: string): string => address.replace(/[.[\]\\"]/g, '\\$&');
