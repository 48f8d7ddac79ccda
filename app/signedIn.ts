import type { Request, Response } from 'express';
import { ownCookie, setOwnCookie } from './cookies';
import { signer } from './keys';

const cookie = 'shop.who';

export interface SignedIn {
  /** The name of who is signed in; undefined: nobody. */
  read(request: Request): string | undefined;
  write(response: Response, name: string): void;
  clear(response: Response): void;
}

/**
 * Who is signed in, in a signed cookie: any instance can verify it, so only the sign-in itself needs a state at the
 * server. The cart is not touched: it belongs to the browser and not to the person.
 *
 * @param secrets the first signs, all verify
 */
export function signedIn(secrets: readonly string[]): SignedIn {
  const keys = signer(secrets, 'signed in');
  return {
    read(request) {
      const [, text = '', signature = ''] = /^([\w-]+)\.([\w-]{43})$/.exec(ownCookie(request, cookie) ?? '') ?? [];
      return keys.signedBy(text, signature) === undefined ? undefined : Buffer.from(text, 'base64url').toString();
    },
    write(response, name) {
      const text = Buffer.from(name).toString('base64url');
      setOwnCookie(response, cookie, `${text}.${keys.sign(text)}`);
    },
    clear: (response) => setOwnCookie(response, cookie, '', 0),
  };
}
