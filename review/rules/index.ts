import { affinityBehindOverriddenHost } from './affinityBehindOverriddenHost';
import { affinityDefault } from './affinityDefault';
import { alerts } from './alerts';
import { autoscaleFloor } from './autoscaleFloor';
import { autoscalePaired } from './autoscalePaired';
import { cookieSharedSecret } from './cookieSharedSecret';
import { diagnostics } from './diagnostics';
import { foreignOriginHost } from './foreignOriginHost';
import { healthCheck } from './healthCheck';
import { healthCheckEviction } from './healthCheckEviction';
import { healthCheckRedirects } from './healthCheckRedirects';
import { inertGatewayAffinity } from './inertGatewayAffinity';
import { inProcessState } from './inProcessState';
import { instancePerZone } from './instancePerZone';
import { mixedRedundancy } from './mixedRedundancy';
import { needlessAffinity } from './needlessAffinity';
import { oldTls } from './oldTls';
import { plainHttp } from './plainHttp';
import { probeCannotSucceed } from './probeCannotSucceed';
import { publicDataService } from './publicDataService';
import { redisAccessKeys } from './redisAccessKeys';
import { redisGeoReplication } from './redisGeoReplication';
import { redisHighAvailability } from './redisHighAvailability';
import { redisRetiring } from './redisRetiring';
import type { Rule } from './rule';
import { secretInSettings } from './secretInSettings';
import { slowDetection } from './slowDetection';
import { unlockedOrigin } from './unlockedOrigin';
import { unreachableRegion } from './unreachableRegion';
import { wafPrevention } from './wafPrevention';
import { workerCountFights } from './workerCountFights';
import { zoneRedundantFloor } from './zoneRedundantFloor';

/** Every rule of the review, in the order in which a report lists them: state, instances, health, entry, data, security, watch. */
export const rules: readonly Rule[] = [
  inProcessState,
  cookieSharedSecret,
  affinityBehindOverriddenHost,
  affinityDefault,
  needlessAffinity,
  inertGatewayAffinity,
  zoneRedundantFloor,
  instancePerZone,
  autoscaleFloor,
  autoscalePaired,
  workerCountFights,
  healthCheck,
  healthCheckEviction,
  healthCheckRedirects,
  probeCannotSucceed,
  slowDetection,
  unlockedOrigin,
  unreachableRegion,
  foreignOriginHost,
  mixedRedundancy,
  redisHighAvailability,
  redisGeoReplication,
  redisAccessKeys,
  redisRetiring,
  plainHttp,
  oldTls,
  publicDataService,
  secretInSettings,
  wafPrevention,
  diagnostics,
  alerts,
];
