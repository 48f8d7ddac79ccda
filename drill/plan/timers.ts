/** The facts that set the platform's timers and bounds. An unknown one stays unknown: not every fault needs it. */

import { type Architecture, type Autoscale, isUnknown, type Known, type WebApp } from '../../architecture/model';
import type { GatewayProbeSettings } from '../frontends/applicationGateway';
import type { OriginProbeSettings } from '../frontends/originHealth';
import type { HealthCheckSettings } from '../platform/healthCheck';

/** App Service's defaults. @see https://learn.microsoft.com/azure/app-service/monitor-instances-health-check */
const evictionMinutesByDefault = 10;
const maxUnhealthyPercentByDefault = 50;

/** Seconds from SIGTERM to SIGKILL. @see https://learn.microsoft.com/azure/app-service/reference-app-settings */
const stopSecondsByDefault = 5;

/** What Application Gateway does without a custom probe. @see https://learn.microsoft.com/azure/application-gateway/application-gateway-probe-overview */
const defaultGatewayProbe: GatewayProbeSettings = { path: '/', intervalSeconds: 30, unhealthyThreshold: 3 };

export function healthCheckOf(app: WebApp): Known<HealthCheckSettings | null> {
  if (app.healthCheckPath === null) return null;
  const facts = [app.healthCheckPath, app.healthCheckEvictionMinutes, app.healthCheckMaxUnhealthyPercent] as const;
  return all(facts, ([path, minutes, percent]) => ({
    path: path ?? '/',
    evictionMinutes: minutes ?? evictionMinutesByDefault,
    maxUnhealthyPercent: percent ?? maxUnhealthyPercentByDefault,
  }));
}

export const scalingOf = ({ minimum, maximum }: Autoscale): Known<{ minimum: number; maximum: number }> =>
  all([minimum, maximum] as const, ([least, most]) => ({ minimum: least, maximum: most }));

export const stopLimitOf = ({ stopTimeLimitSeconds: limit }: WebApp): number =>
  limit === null || isUnknown(limit) ? stopSecondsByDefault : limit;

export function gatewayProbe({ gatewayProbe: probe }: Architecture): Known<GatewayProbeSettings> {
  if (probe === null) return defaultGatewayProbe;
  const facts = [probe.path, probe.intervalSeconds, probe.unhealthyThreshold] as const;
  return all(facts, ([path, intervalSeconds, unhealthyThreshold]) => ({ path, intervalSeconds, unhealthyThreshold }));
}

export function frontDoorProbe({ frontDoorProbe: probe }: Architecture): Known<OriginProbeSettings | null> {
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
