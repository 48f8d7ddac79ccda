import { affinityBehindOverriddenHost } from './affinityBehindOverriddenHost';
import { affinityDefault } from './affinityDefault';
import { alerts } from './alerts';
import { apexAndWww } from './apexAndWww';
import { appUnreachable } from './appUnreachable';
import { autoSwap } from './autoSwap';
import { autoscaleFlaps } from './autoscaleFlaps';
import { autoscaleFloor } from './autoscaleFloor';
import { autoscalePaired } from './autoscalePaired';
import { backendRedirects } from './backendRedirects';
import { basicPublicIp } from './basicPublicIp';
import { cachedAffinity } from './cachedAffinity';
import { cookieSharedSecret } from './cookieSharedSecret';
import { dataProtectionKeys } from './dataProtectionKeys';
import { diagnostics } from './diagnostics';
import { foreignOriginHost } from './foreignOriginHost';
import { healthCheck } from './healthCheck';
import { healthCheckEviction } from './healthCheckEviction';
import { hostOverridden } from './hostOverridden';
import { inertGatewayAffinity } from './inertGatewayAffinity';
import { inProcessState } from './inProcessState';
import { instancePerZone } from './instancePerZone';
import { mixedRedundancy } from './mixedRedundancy';
import { needlessAffinity } from './needlessAffinity';
import { oldTls } from './oldTls';
import { openDeploymentSite } from './openDeploymentSite';
import { perSiteScaling } from './perSiteScaling';
import { plainHttp } from './plainHttp';
import { probeCannotSucceed } from './probeCannotSucceed';
import { publicDataService } from './publicDataService';
import { redisAccessKeys } from './redisAccessKeys';
import { redisClusteringPolicy } from './redisClusteringPolicy';
import { redisEvictsSessions } from './redisEvictsSessions';
import { redisGeoReplication } from './redisGeoReplication';
import { redisHighAvailability } from './redisHighAvailability';
import { redisRefused } from './redisRefused';
import { redisRetiring } from './redisRetiring';
import { retiredGateway } from './retiredGateway';
import type { Rule } from './rule';
import { secretInSettings } from './secretInSettings';
import { sharedRegionalRedis } from './sharedRegionalRedis';
import { signInBehindOverriddenHost } from './signInBehindOverriddenHost';
import { singleInstance } from './singleInstance';
import { slotSessions } from './slotSessions';
import { slotSharedSecret } from './slotSharedSecret';
import { slowDetection } from './slowDetection';
import { tierLacksFeature } from './tierLacksFeature';
import { trafficManagerEndpoints } from './trafficManagerEndpoints';
import { unlockedOrigin } from './unlockedOrigin';
import { unreachableRegion } from './unreachableRegion';
import { wafPrevention } from './wafPrevention';
import { workerCountFights } from './workerCountFights';
import { zoneRedundantFloor } from './zoneRedundantFloor';
import { zonesNotAsked } from './zonesNotAsked';

/** Every rule of the review, in the order in which a report lists them: state, instances, health, entry, data, security, watch. */
export const rules: readonly Rule[] = [
  inProcessState,
  cookieSharedSecret,
  slotSharedSecret,
  slotSessions,
  dataProtectionKeys,
  affinityBehindOverriddenHost,
  signInBehindOverriddenHost,
  hostOverridden,
  affinityDefault,
  needlessAffinity,
  inertGatewayAffinity,
  apexAndWww,
  cachedAffinity,
  zoneRedundantFloor,
  instancePerZone,
  zonesNotAsked,
  singleInstance,
  perSiteScaling,
  tierLacksFeature,
  autoscaleFloor,
  autoscalePaired,
  autoscaleFlaps,
  workerCountFights,
  autoSwap,
  healthCheck,
  healthCheckEviction,
  probeCannotSucceed,
  backendRedirects,
  slowDetection,
  appUnreachable,
  unlockedOrigin,
  unreachableRegion,
  foreignOriginHost,
  trafficManagerEndpoints,
  mixedRedundancy,
  redisHighAvailability,
  redisGeoReplication,
  sharedRegionalRedis,
  redisEvictsSessions,
  redisClusteringPolicy,
  redisAccessKeys,
  redisRefused,
  redisRetiring,
  retiredGateway,
  basicPublicIp,
  plainHttp,
  oldTls,
  publicDataService,
  secretInSettings,
  openDeploymentSite,
  wafPrevention,
  diagnostics,
  alerts,
];

/** Rules that are part of another one today, by the id that suppressions may still name. */
const merged: Readonly<Record<string, string>> = { 'health-check-redirects': 'plain-http' };

/** Ids that no rule of a team may have: those of ours, of today and of before, and the one that suppressions are judged by. */
export const takenIds = (): readonly string[] => [...rules.map(({ id }) => id), ...Object.keys(merged), 'suppression'];

/**
 * Why there is no rule of this id; null: there is one.
 *
 * @param known Default: - the rules of this project
 */
export function whyNoRule(id: string, known: readonly Rule[] = rules): string | null {
  if (known.some((rule) => rule.id === id)) return null;
  const now = Object.hasOwn(merged, id) ? merged[id] : undefined;
  return now
    ? `the rule ${id} is part of ${now} now. Name that one, or remove it.`
    : `there is no rule ${id}. npm run review help lists them.`;
}
