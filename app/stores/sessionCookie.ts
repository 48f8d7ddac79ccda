import { createHash, randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';
import { ownCookie, setOwnCookie } from '../cookies';
import { formCookieOf } from '../formToken';
import { signer } from '../keys';

const name = 'shop.sid';

/** The session that a browser names. */
export interface NamedSession {
  readonly id: string;
  /** Whether a secret signed it that is on its way out: then the answer signs it again. */
  readonly isSignedByPrevious: boolean;
}

export interface SessionCookies {
  /** undefined: the browser names none, or none that was signed here. */
  read(request: Request): NamedSession | undefined;
  write(response: Response, id: string): void;
}

/**
 * The cookie `shop.sid` holds the id of a session and a signature. An id alone opens nothing.
 *
 * @param secrets the first signs, all verify
 */
export function sessionCookies(secrets: readonly string[]): SessionCookies {
  const keys = signer(secrets, 'session id');
  return {
    read(request) {
      const [, id = '', signature = ''] = /^([\w-]{24})\.([\w-]{43})$/.exec(ownCookie(request, name) ?? '') ?? [];
      const by = keys.signedBy(id, signature);
      return by === undefined ? undefined : { id, isSignedByPrevious: by === 'previous' };
    },
    write: (response, id) => setOwnCookie(response, name, `${id}.${keys.sign(id)}`),
  };
}

/** 144 random bits. */
export const newSessionId = (): string => randomBytes(18).toString('base64url');

const derivedId = (from: string): string => createHash('sha256').update(from).digest('base64url').slice(0, 24);

/**
 * The id of the session that a visitor's first write opens. Two first adds under way at the same time must open the same
 * one, or the later answer's cookie hides what the earlier one added. So the id follows from the random cookie that came
 * with the page and its form. A client that has seen no page has no such cookie, and each first add opens another session.
 */
export function firstSessionId(request: Request): string {
  const visitor = formCookieOf(request);
  return visitor === undefined ? newSessionId() : derivedId(`first session of ${visitor}`);
}

/** The id of the session after one that is gone: the same for all writes under way, for the same reason. */
export const nextSessionId = (gone: string): string => derivedId(`session after ${gone}`);
