import { createHash, randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';
import { ownCookie, setOwnCookie } from '../cookies';
import { visitUntilOrder } from '../formToken';
import { signer } from '../keys';

const name = 'shop.sid';
const nextName = 'shop.next';

/** How long a browser knows which session came after the one that ended: longer than any answer is on its way. */
const nextSeconds = 600;

/** The session that a browser names. */
export interface NamedSession {
  readonly id: string;
  /** Whether the answer has to set its cookie again: a secret signed it that is on its way out, or `shop.next` led to it. */
  readonly isToBeWritten: boolean;
}

export interface SessionCookies {
  /** undefined: the browser names none, or none that was signed here. */
  read(request: Request): NamedSession | undefined;
  write(response: Response, id: string): void;
  /** Leads the browser from a session that has ended to another one. */
  writeNext(response: Response, ended: string, next: string): void;
}

/**
 * The cookie `shop.sid` holds the id of a session and a signature. An id alone opens nothing.
 *
 * Answers may arrive in another order than they were made. One that names the old session and arrives after the answer to
 * a checkout would hide the receipt: an add that was on its way, or a page that signed the old id again. So whatever ends a
 * session also sets `shop.next`, which holds the ended session and the one after it, and is looked at whenever `shop.sid`
 * names the ended one. Only the browser that ended the session has it: the old id leads nobody else anywhere.
 *
 * @param secrets the first signs, all verify
 */
export function sessionCookies(secrets: readonly string[]): SessionCookies {
  const ids = signer(secrets, 'session id');
  const steps = signer(secrets, 'next session');
  const nextOf = (request: Request, id: string): string | undefined => {
    const [, step = '', next, signature = ''] =
      /^([\w-]{24}\.([\w-]{24}))\.([\w-]{43})$/.exec(ownCookie(request, nextName) ?? '') ?? [];
    return step.startsWith(`${id}.`) && steps.signedBy(step, signature) !== undefined ? next : undefined;
  };
  return {
    read(request) {
      const [, id = '', signature = ''] = /^([\w-]{24})\.([\w-]{43})$/.exec(ownCookie(request, name) ?? '') ?? [];
      const by = ids.signedBy(id, signature);
      if (by === undefined) return undefined;
      const next = nextOf(request, id);
      return next === undefined ? { id, isToBeWritten: by === 'previous' } : { id: next, isToBeWritten: true };
    },
    write: (response, id) => setOwnCookie(response, name, `${id}.${ids.sign(id)}`),
    writeNext(response, ended, next) {
      const step = `${ended}.${next}`;
      setOwnCookie(response, nextName, `${step}.${steps.sign(step)}`, nextSeconds);
    },
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
  const visitor = visitUntilOrder(request);
  return visitor === undefined ? newSessionId() : derivedId(`first session of ${visitor}`);
}

/** The id of the session after one that is gone: the same for all writes under way, for the same reason. */
export const nextSessionId = (gone: string): string => derivedId(`session after ${gone}`);
