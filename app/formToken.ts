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

/**
 * `shop.form` holds a random value that this browser got with its first page, and behind a dot the number of carts that it
 * has ordered. The form's token belongs to the random value alone, so that pages left open keep theirs.
 */
interface Visitor {
  readonly random: string;
  readonly orders: number;
}

/** undefined: this browser has seen no page yet. */
function visitorOf(request: Request): Visitor | undefined {
  const [, random, orders = '0'] = /^([\w-]{24})(?:\.(\d{1,6}))?$/.exec(ownCookie(request, cookie) ?? '') ?? [];
  return random === undefined ? undefined : { random, orders: Number(orders) };
}

/** What names this browser until its next order; undefined: it has seen no page yet. */
export function visitUntilOrder(request: Request): string | undefined {
  const visitor = visitorOf(request);
  return visitor && `${visitor.random}.${visitor.orders}`;
}

/** Moves `visitUntilOrder` on, so that the first session that follows from it is never opened a second time. */
export function countOrder(request: Request, response: Response): void {
  const visitor = visitorOf(request);
  if (visitor !== undefined) setOwnCookie(response, cookie, `${visitor.random}.${visitor.orders + 1}`);
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
      const known = visitorOf(request)?.random;
      if (known !== undefined) return keys.sign(known);
      const random = randomBytes(18).toString('base64url');
      setOwnCookie(response, cookie, random);
      return keys.sign(random);
    },
    check(request, token) {
      const value = visitorOf(request)?.random;
      if (value === undefined || typeof token !== 'string' || keys.signedBy(value, token) === undefined)
        throw new Problem(
          403,
          'This form is out of date, or it did not come from this shop. Load its page again and retry.',
        );
    },
  };
}
