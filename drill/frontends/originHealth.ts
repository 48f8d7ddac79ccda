/**
 * How one edge of Front Door decides which origins are healthy: it takes a sample per interval, only 200 is good, and
 * an origin is healthy while enough of its last samples were good.
 * @see https://learn.microsoft.com/azure/frontdoor/health-probes
 *
 * Sampling begins with the fault, at a second that the seed draws per edge; before it every sample was good. A sample
 * asks for the origin as a whole (`probeHeader`): left out is that a single edge may reach one dead instance twice in a
 * row and leave the region for a while.
 */

import { type Agent, request } from 'node:http';
import type { PlatformClock } from '../platform/clock';

export interface OriginProbeSettings {
  readonly path: string;
  readonly intervalSeconds: number;
  readonly sampleSize: number;
  readonly successfulSamplesRequired: number;
  /** Whether it asks over HTTP an app that answers that with a redirect. Default: - it does not. */
  readonly redirected?: boolean;
}

/** Marks a probe, so that App Service's front end answers for the region and not for one instance. */
export const probeHeader = 'x-fd-healthprobe';

export interface OriginHealth {
  isHealthy(region: string): boolean;
  /** @param phase the share of an interval, 0 to 1, after which the first sample is taken */
  begin(clock: PlatformClock, phase: number): void;
}

export function createOriginHealth(options: {
  /** null: no probes, so every origin always counts as healthy. */
  readonly settings: OriginProbeSettings | null;
  readonly origins: readonly { readonly region: string; readonly port: number; readonly host: string }[];
  readonly agent: Agent;
  readonly onChange: (region: string, healthy: boolean, azureSecond: number) => void;
}): OriginHealth {
  const { settings, origins, onChange } = options;
  const samples = new Map(
    origins.map(({ region }) => [region, Array<boolean>(settings?.sampleSize ?? 0).fill(true)] as const),
  );
  const isHealthy = (region: string): boolean =>
    settings === null ||
    (samples.get(region)?.filter((good) => good).length ?? 0) >= settings.successfulSamplesRequired;

  return {
    isHealthy,
    begin: (clock, phase) => {
      if (!settings) return;
      const { intervalSeconds } = settings;
      clock.every(phase * intervalSeconds, intervalSeconds, async (second) => {
        for (const origin of origins) {
          const before = isHealthy(origin.region);
          const answers = samples.get(origin.region) ?? [];
          answers.push(!settings.redirected && (await probe(origin, settings.path, options.agent)) === 200);
          answers.shift();
          const after = isHealthy(origin.region);
          if (after !== before) onChange(origin.region, after, second);
        }
      });
    },
  };
}

/** @returns the status, or null without an answer. Front Door's probes are HEAD requests by default. */
export function probe(
  { port, host }: { readonly port: number; readonly host: string },
  path: string,
  agent: Agent,
): Promise<number | null> {
  return new Promise((resolve) => {
    const headers = { host, 'user-agent': 'Edge Health Probe', [probeHeader]: '1' };
    const sent = request({ host: '127.0.0.1', port, agent, method: 'HEAD', path, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? null);
    });
    sent.once('error', () => resolve(null)).end();
  });
}
