/**
 * Whether a probe keeps everybody out although the app is well: read from the deployment and from what the app itself
 * answers, never from the emulated gateway.
 */

import { gatewayProbeDefaults } from '../../architecture/azure/defaults';
import type { Deployment } from '../../architecture/deployment';
import type { GatewayProbe } from '../../architecture/entryLayers';
import { isUnknown } from '../../architecture/known';

const consequence = 'so Application Gateway finds no backend healthy and answers 502 to everybody.';

/** Paths whose answer decides it. */
export const probedPaths = ({ gateways, frontDoorProbe, regions }: Deployment): readonly string[] => [
  ...regions.flatMap(({ app: { healthCheckPath: path } }) => (path === null || isUnknown(path) ? [] : [path])),
  ...gateways.flatMap(({ probes }) =>
    isUnknown(probes) ? [] : probes.flatMap(({ path }) => (isUnknown(path) ? [] : [path])),
  ),
  ...(frontDoorProbe === null || isUnknown(frontDoorProbe.path) ? [] : [frontDoorProbe.path]),
];

/**
 * Why health check takes no instance out whatever breaks: where all are unhealthy, App Service takes out none. null: an instance that
 * is well passes it, or there is none.
 * @see https://learn.microsoft.com/azure/app-service/monitor-instances-health-check
 */
export function unheededBy({ regions }: Deployment, answered: (path: string) => number | null): string | null {
  for (const { app } of regions) {
    const { healthCheckPath: path } = app;
    if (path === null || isUnknown(path)) continue;
    const status = answered(path);
    if (status === null || status < 200 || status > 299)
      return `Health check’s path ${path} is answered ${status ?? 'nothing'} by the app that the drill starts, and only 200 to 299 count: every instance is unhealthy, and App Service takes out none.`;
  }
  return null;
}

/**
 * Why Front Door finds no origin healthy whatever breaks. It then sends requests to all of them by turns, without priority, latency
 * and affinity, so it leaves no region that is gone. null: the probe is answered 200, or there is none.
 * @see https://learn.microsoft.com/azure/frontdoor/health-probes
 */
export function blindBy(
  { frontDoorProbe: probe, regions }: Deployment,
  answered: (path: string) => number | null,
): string | null {
  if (probe === null || isUnknown(probe.path) || isUnknown(probe.protocol)) return null;
  const toHttps = probe.protocol.toLowerCase() === 'http' && regions.some(({ app }) => app.httpsOnly === true);
  const status = toHttps ? 301 : answered(probe.path);
  if (status === 200) return null;
  return `Front Door’s probe of ${probe.path} is answered ${status ?? 'nothing'} and only 200 counts, so no origin is healthy, requests go to all of them by turns, and no region is left that is gone.`;
}

/** @param answered status of an instance that is well; null: it gave none. Returns why everybody is kept out; null: nobody is */
export function closedBy(deployment: Deployment, answered: (path: string) => number | null): string | null {
  for (const { apps, unprobedSettings, probes } of deployment.gateways) {
    if (apps.length === 0) continue;
    if (!isUnknown(unprobedSettings) && unprobedSettings.length > 0)
      return `The default probe asks for host ${gatewayProbeDefaults.host}, which no App Service app answers, ${consequence}`;
    for (const probe of isUnknown(probes) ? [] : probes) {
      const status = statusOf(probe, deployment, answered);
      if (status !== undefined && !isUnknown(probe.statusCodes) && !counts(status, probe.statusCodes))
        return `The probe ${probe.address} is answered ${status ?? 'nothing'}, ${consequence}`;
    }
  }
  return null;
}

/** What a probe gets of an app that is well; undefined: the facts do not say. */
function statusOf(
  { host, hostFromSettings, path, protocol }: GatewayProbe,
  { regions }: Deployment,
  answered: (path: string) => number | null,
): number | null | undefined {
  const isLocal = host === '127.0.0.1' || host === 'localhost' || host === null;
  if (isLocal && hostFromSettings === false) return 404;
  if (isUnknown(protocol) || isUnknown(path)) return undefined;
  const toHttps = protocol.toLowerCase() === 'http' && regions.some(({ app }) => app.httpsOnly === true);
  return toHttps ? 301 : answered(path);
}

/** Codes are single, or a range as in 200-399. */
const counts = (status: number | null, codes: readonly string[]): boolean =>
  codes.some((code) => {
    const bounds = code.split('-').map(Number);
    return status !== null && status >= Math.min(...bounds) && status <= Math.max(...bounds);
  });
