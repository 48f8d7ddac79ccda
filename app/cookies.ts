import type { IncomingMessage } from 'node:http';
import type { Request, Response } from 'express';

/**
 * Over https a cookie's name starts with `__Host-`: browsers then take it only with Secure, Path=/ and no Domain, so
 * no sibling host and no plain-http page can plant one. Over http they would refuse it, so there it has its plain name.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6265#section-8.6 on what a cookie without it cannot keep out
 */
export const cookieName = (base: string, secure: boolean): string => (secure ? `__Host-${base}` : base);

/** Only these two stand around a cookie's name and value. @see https://www.rfc-editor.org/rfc/rfc6265#section-5.2 */
function trimmed(text: string): string {
  let [start, end] = [0, text.length];
  while (text[start] === ' ' || text[start] === '\t') start++;
  while (end > start && (text[end - 1] === ' ' || text[end - 1] === '\t')) end--;
  return text.slice(start, end);
}

/** Read once for each request: several parts of the shop ask for one. */
const cookiesByRequest = new WeakMap<object, ReadonlyMap<string, string>>();

/** Name and value of every cookie sent, the first of each name. Values are taken as they are, undecoded. */
export function cookiesOf(request: Pick<IncomingMessage, 'headers'>): ReadonlyMap<string, string> {
  const known = cookiesByRequest.get(request);
  if (known !== undefined) return known;
  const cookies = readCookies(request.headers.cookie ?? '');
  cookiesByRequest.set(request, cookies);
  return cookies;
}

function readCookies(header: string): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of header.split(';')) {
    const equals = pair.indexOf('=');
    const name = trimmed(pair.slice(0, equals));
    if (equals > 0 && name !== '' && !cookies.has(name)) cookies.set(name, trimmed(pair.slice(equals + 1)));
  }
  return cookies;
}

/** The value of one of this shop's cookies, under the name that fits the transport. */
export const ownCookie = (request: Request, base: string): string | undefined =>
  cookiesOf(request).get(cookieName(base, request.secure));

/**
 * A `Set-Cookie` header of this shop's: no script sees it, no other site's POST carries it, and it ends with the browser.
 *
 * @param value characters that a cookie may hold as they are, such as base64url
 */
export const cookieLine = (base: string, value: string, secure: boolean): string =>
  `${cookieName(base, secure)}=${value}; Path=/; HttpOnly${secure ? '; Secure' : ''}; SameSite=Lax`;

/** `seconds`: how long the browser keeps it; default: until the browser ends. */
export const setOwnCookie = (response: Response, base: string, value: string, seconds?: number): void => {
  const line = cookieLine(base, value, response.req.secure);
  response.append('Set-Cookie', seconds === undefined ? line : `${line}; Max-Age=${seconds}`);
};
