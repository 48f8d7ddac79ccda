/** The facts that set the platform's timers and bounds. An unknown one stays unknown: not every fault needs it. */

import {
  gatewayProbeDefaults,
  healthCheckDefaults,
  stopTimeLimitSecondsDefault,
} from '../../architecture/azure/defaults';
import type { Autoscale, Deployment, WebApp } from '../../architecture/deployment';
import type { Probe } from '../../architecture/entryLayers';
import { isUnknown, type Known } from '../../architecture/known';
import type { GatewayProbeSettings } from '../frontends/applicationGateway';
import type { OriginProbeSettings } from '../frontends/originHealth';
import type { HealthCheckSettings } from '../platform/healthCheck';
import { argumentsOf, blocksOf } from './written';

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

/**
 * The shortest `request_timeout` of the gateways' HTTP settings. Default: 30, as azurerm sends it where it is left out.
 * @see https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/application_gateway
 */
export function gatewayTimeoutOf(deployment: Deployment): number {
  const stated = deployment.gateways.flatMap(({ address }) =>
    blocksOf(argumentsOf(deployment, address), 'backend_http_settings').map(({ request_timeout }) =>
      typeof request_timeout === 'number' ? request_timeout : 30,
    ),
  );
  return stated.length === 0 ? 30 : Math.min(...stated);
}

export interface DnsSeconds {
  readonly value: number;
  /** False: no record of the Terraform says it. */
  readonly stated: boolean;
}

/**
 * The longest time to live of the DNS records that the Terraform declares for names. Without one: five minutes, which is assumed;
 * who runs the zone decides it.
 */
export function dnsSecondsOf({ resources }: Deployment): DnsSeconds {
  const stated = resources.flatMap(({ type, attributes }) =>
    /^azurerm_dns_(a|cname)_record$/.test(type) && typeof attributes.ttl === 'number' ? [attributes.ttl] : [],
  );
  return stated.length === 0 ? { value: 300, stated: false } : { value: Math.max(...stated), stated: true };
}

/** Where the HTTP settings of an app name no probe, the platform's default one asks for a host that no app has. */
export function gatewayProbe(deployment: Deployment): Known<GatewayProbeSettings> {
  const { gatewayProbe: agreed, gateways } = deployment;
  const custom = gateways.flatMap(({ probes }) => (isUnknown(probes) ? [] : probes));
  const [probe = null] = custom;
  const isDefault = gateways.some(
    ({ unprobedSettings }) => !isUnknown(unprobedSettings) && unprobedSettings.length > 0,
  );
  const { path: at, intervalSeconds: every, unhealthyThreshold: failures } = agreed ?? gatewayProbeDefaults;
  const facts = [at, every, failures, probe?.statusCodes ?? gatewayProbeDefaults.statusCodes] as const;
  return all(facts, ([path, intervalSeconds, unhealthyThreshold, statusCodes]) => ({
    ...{ path, intervalSeconds, unhealthyThreshold, statusCodes },
    host: isDefault ? gatewayProbeDefaults.host : probe && hostOf(probe),
    redirected: probe !== null && isRedirected(probe.protocol, deployment),
  }));
}

/** The host that a probe asks for where it is not a name of an app; null: it is one. */
function hostOf({ host, hostFromSettings }: Probe): string | null {
  if (isUnknown(host) || hostFromSettings !== false) return null;
  return host === null || /^(127\.0\.0\.1|localhost)$/.test(host) ? gatewayProbeDefaults.host : null;
}

/** Whether a probe asks over HTTP an app that serves HTTPS only. */
const isRedirected = (protocol: Known<string>, { regions }: Deployment): boolean =>
  !isUnknown(protocol) && protocol.toLowerCase() === 'http' && regions.some(({ app }) => app.httpsOnly === true);

export function frontDoorProbe(deployment: Deployment): Known<OriginProbeSettings | null> {
  const { frontDoorProbe: probe } = deployment;
  if (probe === null) return null;
  const facts = [probe.path, probe.intervalSeconds, probe.sampleSize, probe.successfulSamplesRequired] as const;
  return all(facts, ([path, intervalSeconds, sampleSize, successfulSamplesRequired]) => ({
    ...{ path, intervalSeconds, sampleSize, successfulSamplesRequired },
    redirected: isRedirected(probe.protocol, deployment),
  }));
}

type Settled<T extends readonly unknown[]> = { readonly [Each in keyof T]: Exclude<T[Each], { unknown: string }> };

/** What the facts make together; the first unknown among them otherwise. */
function all<const T extends readonly unknown[], R>(facts: T, make: (settled: Settled<T>) => R): Known<R> {
  return facts.find(isUnknown) ?? make(facts as Settled<T>);
}
