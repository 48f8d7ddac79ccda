/**
 * Who a request comes from. On loopback every client has the same address, so a shopper states its pretended address in
 * `X-Drill-Client`. The first layer uses it as the address of the connection and removes the header.
 */

import type { OutgoingHttpHeaders } from 'node:http';
import type { Incoming } from './handOver';
import { endToEnd } from './hop';

export const clientHeader = 'x-drill-client';

/** The `ip:port` that this layer sees at the other end of its connection. */
function peerOf(incoming: Incoming): string {
  const played = incoming.headers[clientHeader];
  if (typeof played === 'string') return played;
  return `${incoming.socket.remoteAddress ?? '127.0.0.1'}:${incoming.socket.remotePort ?? 0}`;
}

/** The `ip:port` of the client itself, as the layers before this one reported it. */
export function clientOf(incoming: Incoming): string {
  const forwarded = incoming.headers['x-forwarded-for'];
  const first = typeof forwarded === 'string' ? forwarded.split(',')[0]?.trim() : undefined;
  return first || peerOf(incoming);
}

/**
 * The request's headers as every layer passes them on. App Service's front end and Application Gateway append
 * `ip:port`, with the port, to `X-Forwarded-For`.
 * @see https://learn.microsoft.com/azure/application-gateway/how-application-gateway-works#modifications-to-the-request
 */
export function forwardedHeaders(incoming: Incoming): OutgoingHttpHeaders {
  const { [clientHeader]: _played, ...headers } = endToEnd(incoming.headers);
  const before = incoming.headers['x-forwarded-for'];
  return {
    ...headers,
    'x-forwarded-for': before ? `${String(before)}, ${peerOf(incoming)}` : peerOf(incoming),
    'x-forwarded-proto': 'https',
  };
}

/** The value of the first cookie of that name, or null. */
export function cookieOf(incoming: Incoming, name: string): string | null {
  for (const pair of (incoming.headers.cookie ?? '').split(';')) {
    const equals = pair.indexOf('=');
    if (equals > 0 && pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim();
  }
  return null;
}
