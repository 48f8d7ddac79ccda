import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Request, Response } from 'express';
import { ownCookie, setOwnCookie } from './cookies';
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

/**
 * Keeps other sites from sending this shop's forms in a shopper's name: each form carries a token made from a random cookie
 * and the session secret, which no other site can read or make. SameSite=Lax alone would let the forms of sibling hosts
 * through. Not kept in the session, because forms must also work for who has none yet, on whatever instance answers.
 *
 * @param secrets the first signs, all verify
 * @see https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html
 */
export function formTokens(secrets: readonly string[]): FormTokens {
  const sign = (value: string, secret: string) => createHmac('sha256', secret).update(`form:${value}`).digest();
  const [signing = ''] = secrets;
  return {
    issue(request, response) {
      let value = ownCookie(request, cookie);
      if (value === undefined || !/^[\w-]{24}$/.test(value)) {
        value = randomBytes(18).toString('base64url');
        setOwnCookie(response, cookie, value);
      }
      return sign(value, signing).toString('base64url');
    },
    check(request, token) {
      const value = ownCookie(request, cookie);
      const given = Buffer.from(typeof token === 'string' ? token : '', 'base64url');
      const isOurs =
        value !== undefined &&
        secrets.some((secret) => {
          const expected = sign(value, secret);
          return given.length === expected.length && timingSafeEqual(given, expected);
        });
      if (!isOurs)
        throw new Problem(
          403,
          'This form is out of date, or it did not come from this shop. Load its page again and retry.',
        );
    },
  };
}
