/**
 * Application Gateway in front of one region. Its backend pool holds one App Service host name, so its affinity cookie
 * has nothing to choose: it is set and obeyed, and changes nothing (*inert*). Azure's pages do not say so; it follows
 * from a pool with one member.
 *
 * As documented: cookies `ApplicationGatewayAffinity` and `ApplicationGatewayAffinityCORS`; the host name passed
 * through or replaced by the backend's own.
 * @see https://learn.microsoft.com/azure/application-gateway/configuration-http-settings
 *
 * The probe: a number of failures in a row makes the backend unhealthy, and while the pool has no healthy member the
 * gateway answers 502 itself; one good probe brings it back. 200 to 399 is good unless the probe states other codes.
 * @see https://learn.microsoft.com/azure/application-gateway/application-gateway-probe-overview
 *
 * An app that does not answer within `request_timeout` is answered 504 for. Requests are real, so these seconds are too.
 * @see https://learn.microsoft.com/azure/application-gateway/http-response-codes
 *
 * Left out: WAF, draining, the gateway's own instances (each probes by itself) and zones. A probe asks for the app as a
 * whole, see `originHealth.ts`.
 */

import type { Agent } from 'node:http';
import { gatewayProbeDefaults } from '../../architecture/azure/defaults';
import type { PlatformClock } from '../platform/clock';
import { hashOf } from '../running/random';
import { cookieOf, forwardedHeaders } from './client';
import { answerWith, type Hop, listen, passOn } from './hop';
import { probe } from './originHealth';

export interface GatewayProbeSettings {
  readonly path: string;
  readonly intervalSeconds: number;
  readonly unhealthyThreshold: number;
  /** Host name that it asks for. Default: null, the app's own. */
  readonly host?: string | null;
  /** Whether it asks over HTTP an app that answers that with a redirect. Default: - it does not. */
  readonly redirected?: boolean;
  /** What counts as healthy: a code, or a range as in `200-399`. Default: - as the platform has it. */
  readonly statusCodes?: readonly string[];
}

export interface ApplicationGateway extends Hop {
  /** @param phase the share of an interval, 0 to 1, after which the first probe goes out */
  beginProbes(clock: PlatformClock, phase: number): void;
}

export interface ApplicationGatewayOptions {
  /** `cookie_based_affinity`. */
  readonly affinity: boolean;
  /** Port of the region's App Service front end. */
  readonly backendPort: number;
  /** App Service's own host name for the app. */
  readonly backendHost: string;
  /** False: the host name is replaced with `backendHost`, so App Service sees that name. */
  readonly hostPreserved: boolean;
  /** Real seconds until it answers 504 in the app's place. Default: - it waits as long as the client. */
  readonly timeoutSeconds?: number;
  /** null: no probes. */
  readonly probe: GatewayProbeSettings | null;
  readonly agent: Agent;
}

/** App Service's answer to HTTP where the app serves HTTPS only. */
export const redirect = 301;

/** Whether a status is among such codes; null: no answer. */
export function matches(status: number | null, codes: readonly string[]): boolean {
  return (
    status !== null &&
    codes.some((code) => {
      const [least = Number.NaN, most = least] = code.split('-').map(Number);
      return status >= least && status <= most;
    })
  );
}

export async function startApplicationGateway(options: ApplicationGatewayOptions): Promise<ApplicationGateway> {
  const { affinity, agent, backendHost, backendPort, hostPreserved } = options;
  const value = hashOf(backendHost).toString(16).padStart(32, '0');
  const cookies = [
    `ApplicationGatewayAffinityCORS=${value}; Path=/; SameSite=None; Secure`,
    `ApplicationGatewayAffinity=${value}; Path=/`,
  ];
  let failures = 0;
  const isHealthy = (): boolean => options.probe === null || failures < options.probe.unhealthyThreshold;
  const hop = await listen((incoming, outgoing) => {
    if (!isHealthy()) return answerWith(outgoing, 502, 'No backend of the pool is healthy.');
    const host = incoming.headers.host ?? backendHost;
    const bound = cookieOf(incoming, 'ApplicationGatewayAffinity') === value;
    void passOn(incoming, outgoing, {
      port: backendPort,
      agent,
      ...(options.timeoutSeconds !== undefined && { timeoutMs: options.timeoutSeconds * 1000 }),
      headers: {
        ...forwardedHeaders(incoming),
        host: hostPreserved ? host : backendHost,
        'x-original-host': host,
        'x-forwarded-port': '443',
      },
      addCookies: () => (affinity && !bound ? cookies : []),
    });
  });

  let isDark = false;
  return {
    ...hop,
    goDark: (dark) => {
      isDark = dark;
      hop.goDark(dark);
    },
    beginProbes: (clock, phase) => {
      if (!options.probe) return;
      const { path, intervalSeconds } = options.probe;
      clock.every(phase * intervalSeconds, intervalSeconds, async (second) => {
        // A gateway that was lost with its region is a new one when it answers again, and has no probe results yet.
        if (isDark) failures = 0;
        if (isDark) return;
        const before = isHealthy();
        const target = { port: backendPort, host: options.probe?.host ?? backendHost };
        const status = options.probe?.redirected ? redirect : await probe(target, path, agent);
        failures = matches(status, options.probe?.statusCodes ?? gatewayProbeDefaults.statusCodes) ? 0 : failures + 1;
        if (!before && isHealthy()) clock.note('Application Gateway’s probe finds the app again', second);
      });
    },
  };
}
