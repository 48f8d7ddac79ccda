/** Where the second reading, the plan that starts the emulation and the promises that predict do not say the same. */

import type { Deployment } from '../../architecture/deployment';
import { isUnknown } from '../../architecture/known';
import { sessionStore } from '../../sessions/stores';
import { promisesOf } from '../judging/promises';
import { planFleet } from '../plan/fleetPlan';
import { readText } from './reading';

export interface Difference {
  /** A resource and what is read of it. */
  readonly fact: string;
  readonly text: unknown;
  /** What the emulation starts from; undefined: it does not use this fact. */
  readonly emulated: unknown;
  /** What the prediction starts from; undefined: it does not use this fact. */
  readonly predicted: unknown;
}

export interface OracleCheck {
  readonly deployment: string;
  /** How many facts were compared. */
  readonly compared: number;
  readonly differences: readonly Difference[];
  /** Why nothing could be compared; null: it was. */
  readonly notCompared: string | null;
}

type Facts = readonly (readonly [fact: string, text: unknown, emulated?: unknown, predicted?: unknown])[];

export function checkOracle(deployment: Deployment): OracleCheck {
  const plan = planFleet(deployment);
  if ('notApplicable' in plan)
    return { deployment: deployment.name, compared: 0, differences: [], notCompared: plan.notApplicable };
  const facts = factsOf(deployment, plan).filter(([, text]) => text !== null);
  return {
    deployment: deployment.name,
    compared: facts.length,
    differences: facts.flatMap(([fact, text, emulated, predicted]) =>
      [emulated, predicted].every((other) => other === undefined || other === text)
        ? []
        : [{ fact, text, emulated, predicted }],
    ),
    notCompared: null,
  };
}

function factsOf(
  deployment: Deployment,
  plan: Exclude<ReturnType<typeof planFleet>, { notApplicable: string }>,
): Facts {
  const read = readText(deployment);
  const promises = promisesOf(deployment);
  const appSetting = sessionStore(plan.store).appSetting;
  const predictedStore = sessionStore(promises.sessions).appSetting;
  return [
    ['number of apps', read.apps.length, plan.regions.length, promises.regions.length],
    ...read.apps.flatMap((app): Facts => {
      const at = deployment.regions.findIndex((region) => region.app.address === app.address);
      const [emulated, predicted] = [plan.regions[at], promises.regions[at]];
      if (!emulated || !predicted) return [[`${app.address}`, 'an app', null, null]];
      const [check, scaling] = [known(emulated.healthCheck), known(emulated.scaling)];
      const facts: Facts = [
        ['location', app.location, emulated.location],
        ['instances', app.instances, emulated.instances.length, predicted.instances],
        ['zone_balancing_enabled', app.zoneBalanced, known(emulated.zoneBalanced) ?? null],
        ['client_affinity_enabled', app.affinity, emulated.appServiceAffinity, predicted.affinity],
        ['SESSION_STORE', app.store, appSetting, predictedStore],
        ['health_check_path', app.healthCheckPath, check?.path ?? null],
        ['health_check_eviction_time_in_min', app.evictionMinutes, check?.evictionMinutes ?? null],
        ['WEBSITE_HEALTHCHECK_MAXUNHEALTHYWORKERPERCENT', app.maxUnhealthyPercent, check?.maxUnhealthyPercent ?? null],
        ['slot', app.hasSlot, emulated.hasSlot],
        ['WEBSITES_CONTAINER_STOP_TIME_LIMIT', app.stopTimeLimitSeconds, emulated.stopTimeLimitSeconds],
        ['autoscale minimum', app.scalesFrom, scaling?.minimum ?? null],
        ['autoscale maximum', app.scalesTo, scaling?.maximum ?? null],
        ['priority', app.priority, emulated.priority, predicted.priority],
        ['weight', app.weight, emulated.weight],
        ['high_availability_enabled of its Redis', app.redisReplica, emulated.redisReplica, predicted.redisReplica],
      ];
      return facts.map(([fact, ...values]) => [`${app.address}, ${fact}`, ...values] as const);
    }),
    ['Application Gateway', read.hasGateway, plan.applicationGateway !== null],
    ['cookie_based_affinity', read.gatewayAffinity, plan.applicationGateway?.affinity],
    ['gateway probe, path', read.gatewayProbePath, known(plan.applicationGateway?.probe)?.path],
    ['gateway probe, interval', read.gatewayProbeSeconds, known(plan.applicationGateway?.probe)?.intervalSeconds],
    [
      'gateway probe, unhealthy_threshold',
      read.gatewayProbeFailures,
      known(plan.applicationGateway?.probe)?.unhealthyThreshold,
    ],
    ['gateway, request_timeout', read.gatewayTimeoutSeconds, plan.applicationGateway?.timeoutSeconds],
    ['Front Door', read.hasFrontDoor, plan.frontDoor !== null, promises.frontDoor !== null],
    ['session_affinity_enabled', read.frontDoorAffinity, plan.frontDoor?.affinity, promises.frontDoor?.affinity],
    [
      'additional_latency_in_milliseconds',
      read.latencyWindowMs,
      plan.frontDoor?.latencyWindowMs,
      promises.frontDoor?.latencyWindowMs,
    ],
    ['Front Door probe, path', read.frontDoorProbePath, known(plan.frontDoor?.probe)?.path],
    [
      'Front Door probe, interval_in_seconds',
      read.frontDoorProbeSeconds,
      known(plan.frontDoor?.probe)?.intervalSeconds,
    ],
    ['sample_size', read.sampleSize, known(plan.frontDoor?.probe)?.sampleSize],
    [
      'successful_samples_required',
      read.successfulSamplesRequired,
      known(plan.frontDoor?.probe)?.successfulSamplesRequired,
    ],
    ['geo-replication', read.geoReplicated, plan.store === 'redis-geo', promises.sessions === 'redis-geo'],
  ];
}

const known = <T>(fact: T | { readonly unknown: string } | null | undefined): T | null =>
  fact === null || fact === undefined || isUnknown(fact) ? null : (fact as T);
