/** The facts that set the platform's timers and bounds. An unknown one stays unknown: not every fault needs it. */

import {
  gatewayProbeDefaults,
  healthCheckDefaults,
  stopTimeLimitSecondsDefault,
} from '../../architecture/azure/defaults';
import type { Autoscale, Deployment, WebApp } from '../../architecture/deployment';
import { isUnknown, type Known } from '../../architecture/known';
import type { GatewayProbeSettings } from '../frontends/applicationGateway';
import type { OriginProbeSettings } from '../frontends/originHealth';
import type { HealthCheckSettings } from '../platform/healthCheck';

export function healthCheckOf(app: WebApp): Known<HealthCheckSettings | null> {
  if (app.healthCheckPath === null) return null;
  const facts = [app.healthCheckPath, app.healthCheckEvictionMinutes, app.healthCheckMaxUnhealthyPercent] as const;
  return all(facts, ([path, minutes, percent]) => ({
    path: path ?? '/',
    evictionMinutes: minutes ?? healthCheckDefaults.evictionMinutes,
    maxUnhealthyPercent: percent ?? healthCheckDefaults.maxUnhealthyPercent,
  }));
}

export const scalingOf = ({ minimum, maximum }: Autoscale): Known<{ minimum: number; maximum: number }> =>
  all([minimum, maximum] as const, ([least, most]) => ({ minimum: least, maximum: most }));

export const stopLimitOf = ({ stopTimeLimitSeconds: limit }: WebApp): number =>
  limit === null || isUnknown(limit) ? stopTimeLimitSecondsDefault : limit;

export function gatewayProbe({ gatewayProbe: probe }: Deployment): Known<GatewayProbeSettings> {
  const { path: at, intervalSeconds: every, unhealthyThreshold: failures } = probe ?? gatewayProbeDefaults;
  const facts = [at, every, failures] as const;
  return all(facts, ([path, intervalSeconds, unhealthyThreshold]) => ({ path, intervalSeconds, unhealthyThreshold }));
}

export function frontDoorProbe({ frontDoorProbe: probe }: Deployment): Known<OriginProbeSettings | null> {
  if (probe === null) return null;
  const facts = [probe.path, probe.intervalSeconds, probe.sampleSize, probe.successfulSamplesRequired] as const;
  return all(facts, ([path, intervalSeconds, sampleSize, successfulSamplesRequired]) => ({
    ...{ path, intervalSeconds, sampleSize, successfulSamplesRequired },
  }));
}

type Settled<T extends readonly unknown[]> = { readonly [Each in keyof T]: Exclude<T[Each], { unknown: string }> };

/** What the facts make together; the first unknown among them otherwise. */
function all<const T extends readonly unknown[], R>(facts: T, make: (settled: Settled<T>) => R): Known<R> {
  return facts.find(isUnknown) ?? make(facts as Settled<T>);
}
