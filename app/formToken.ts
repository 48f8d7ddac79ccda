import { randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';
import { ownCookie, setOwnCookie } from './cookies';
import { signer } from './keys';
import { Problem } from './problem';

const cookie = 'shop.form';

/** The name of the hidden field that carries the token. */
export const tokenField = 'token';

export interface FormTokens {
  /** The token for the forms of one page. Sets the cookie that it belongs to, unless the browser holds it already. */
  issue(request: Request, response: Response): string;
  /** @throws Problem 403 unless `token` belongs to the cookie that came with it */
  check(request: Request, token: unknown): void;
}

/** The random value that this browser got with its first page; undefined: it has seen no page yet. */
export function formCookieOf(request: Request): string | undefined {
  const value = ownCookie(request, cookie);
  return value !== undefined && /^[\w-]{24}$/.test(value) ? value : undefined;
}

/**
 * Keeps other sites from sending this shop's forms in a shopper's name: each form carries a token made from a random cookie
 * and the session secret, which no other site can read or make. SameSite=Lax alone would let the forms of sibling hosts
 * through. Not kept in the session, because forms must also work for a visitor who has none yet, on any instance.
 *
 * @param secrets the first signs, all verify
 * @see https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html
 */
export function formTokens(secrets: readonly string[]): FormTokens {
  const keys = signer(secrets, 'form token');
  return {
    issue(request, response) {
      let value = formCookieOf(request);
      if (value === undefined) {
        value = randomBytes(18).toString('base64url');
        setOwnCookie(response, cookie, value);
      }
      return keys.sign(value);
    },
    check(request, token) {
      const value = formCookieOf(request);
      if (value === undefined || typeof token !== 'string' || keys.signedBy(value, token) === undefined)
        throw new Problem(
          403,
          'This form is out of date, or it did not come from this shop. Load its page again and retry.',
        );
    },
  };
}
