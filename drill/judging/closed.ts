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
export const probedPaths = ({ gateways }: Deployment): readonly string[] =>
  gateways.flatMap(({ probes }) =>
    isUnknown(probes) ? [] : probes.flatMap(({ path }) => (isUnknown(path) ? [] : [path])),
  );

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
