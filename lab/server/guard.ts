/**
 * Who may ask a server of the lab: the page that it gave out itself. It listens on loopback, and any page that a browser
 * has open could still ask it, so an address has a secret, and name and origin are compared.
 */

import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/**
 * Why a request is refused; null: it is not.
 * @param host as in `127.0.0.1:8080`; another name would let a page of another site reach it by DNS rebinding
 */
export function refusal(incoming: Pick<IncomingMessage, 'headers' | 'method'>, host: string): string | null {
  const { host: asked, origin, 'sec-fetch-site': site } = incoming.headers;
  if (asked !== host) return `This answers at ${host} alone.`;
  if (origin !== undefined && origin !== `http://${host}`) return 'A page of another origin may not ask this.';
  if (incoming.method !== 'GET' && origin === undefined) return 'Only the page itself may ask this.';
  // A link somewhere else must not even open it: what follows would come from this origin.
  return site === 'cross-site' ? 'A page of another site may not ask this.' : null;
}

/** Whether the given secret is the right one, in the same time for every wrong one. */
export function isSecret(given: string, secret: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(secret)];
  return one.length === other.length && timingSafeEqual(one, other);
}
