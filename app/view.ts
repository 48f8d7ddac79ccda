import type { Request, Response } from 'express';
import { affinityCookiesOf } from './affinity';
import { ownCookie, setOwnCookie } from './cookies';
import type { Environment } from './environment';
import type { FormTokens } from './formToken';

/** What every page needs to know beside its own content: who answers, what the browser holds, the token for its forms. */
export interface View {
  readonly instance: string;
  readonly region: string | undefined;
  readonly zone: string | undefined;
  /** The end of the sentence "Sessions live …". */
  readonly sessions: string;
  /** The instance that answered this browser's last page; undefined: this one did, or it is not known. */
  readonly before: string | undefined;
  /** Names of the affinity cookies that the browser sent. */
  readonly affinity: readonly string[];
  readonly token: string;
  /** The page's own path: where a form that changes nothing on it leads back to. */
  readonly path: string;
}

export type ViewOf = (request: Request, response: Response) => View;

/** App Service's instance ids are 64 hexadecimal digits; the first eight tell instances apart. */
export const shortInstanceId = (id: string): string => (/^[0-9a-f]{16,}$/i.test(id) ? id.slice(0, 8) : id);

/** The instance that answered last. Not in the session, because pages without a session show it, too. */
const cookie = 'shop.last';

/** @param sessions see `View` */
export function viewsOf({ instanceId, region, zone }: Environment, sessions: string, tokens: FormTokens): ViewOf {
  const instance = shortInstanceId(instanceId);
  // An id may hold characters that a cookie may not.
  const written = encodeURIComponent(instance);
  return (request, response) => {
    const last = ownCookie(request, cookie);
    // A page is what a person sees; requests for data between two pages do not count.
    if (last !== written) setOwnCookie(response, cookie, written);
    return {
      instance,
      region,
      zone,
      sessions,
      before: last === undefined || last === written ? undefined : decoded(last),
      affinity: affinityCookiesOf(request),
      token: tokens.issue(request, response),
      path: request.path,
    };
  };
}

/** It comes from the browser, so it can be anything; layout escapes it. */
const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text).slice(0, 40) || undefined;
  } catch {
    return undefined;
  }
};
