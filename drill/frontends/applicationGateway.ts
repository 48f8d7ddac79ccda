/**
 * Application Gateway in front of one region. Its backend pool holds one App Service host name, so its affinity cookie
 * has nothing to choose: it is set and obeyed, and changes nothing (*inert*). Azure's pages do not say so; it follows
 * from a pool with one member.
 *
 * As documented: cookies `ApplicationGatewayAffinity` and `ApplicationGatewayAffinityCORS`; the host name passed through
 * or replaced by the backend's own.
 * @see https://learn.microsoft.com/azure/application-gateway/configuration-http-settings
 *
 * Left out: probes, WAF, draining, zones of the gateway itself, 502 while a backend is unhealthy.
 */

import type { Agent } from 'node:http';
import { hashOf } from '../random';
import { cookieOf, forwardedHeaders } from './client';
import { type Hop, listen, passOn } from './hop';

export interface ApplicationGatewayOptions {
  /** `cookie_based_affinity`. */
  readonly affinity: boolean;
  /** Port of the region's App Service front end. */
  readonly backendPort: number;
  /** App Service's own host name for the app. */
  readonly backendHost: string;
  /** False: the host name is replaced by `backendHost`, which App Service then takes for the one that was asked for. */
  readonly hostPreserved: boolean;
  readonly agent: Agent;
}

export function startApplicationGateway(options: ApplicationGatewayOptions): Promise<Hop> {
  const { affinity, agent, backendHost, backendPort, hostPreserved } = options;
  const value = hashOf(backendHost).toString(16).padStart(32, '0');
  const cookies = [
    `ApplicationGatewayAffinityCORS=${value}; Path=/; SameSite=None; Secure`,
    `ApplicationGatewayAffinity=${value}; Path=/`,
  ];
  return listen((incoming, outgoing) => {
    const host = incoming.headers.host ?? backendHost;
    const bound = cookieOf(incoming, 'ApplicationGatewayAffinity') === value;
    void passOn(incoming, outgoing, {
      port: backendPort,
      agent,
      headers: {
        ...forwardedHeaders(incoming),
        host: hostPreserved ? host : backendHost,
        'x-original-host': host,
        'x-forwarded-port': '443',
      },
      addCookies: () => (affinity && !bound ? cookies : []),
    });
  });
}
