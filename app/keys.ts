import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** What a key is for. A key for each, so that a signature made for one purpose is never taken for another. */
type Purpose = 'form token' | 'session id' | 'next session' | 'signed in';

export interface Signer {
  /** A signature by the first secret, 43 characters of base64url. */
  sign(text: string): string;
  /**
   * Which secret made the signature, compared in constant time.
   *
   * @returns `current`: the first secret, `previous`: another one, undefined: none of them
   */
  signedBy(text: string, signature: string): 'current' | 'previous' | undefined;
}

/**
 * Signs with keys that HKDF derives from the secrets, one for each purpose.
 *
 * @param secrets the first signs, all verify
 * @see https://www.rfc-editor.org/rfc/rfc5869
 */
export function signer(secrets: readonly string[], purpose: Purpose): Signer {
  const keys = secrets.map((secret) => Buffer.from(hkdfSync('sha256', secret, '', `steadystate ${purpose}`, 32)));
  const [signing = Buffer.alloc(0)] = keys;
  const mac = (text: string, key: Buffer) => createHmac('sha256', key).update(text).digest();
  return {
    sign: (text) => mac(text, signing).toString('base64url'),
    signedBy(text, signature) {
      // Only 43 characters decode to 32 bytes; without this, characters outside base64url would be skipped.
      if (!/^[\w-]{43}$/.test(signature)) return undefined;
      const given = Buffer.from(signature, 'base64url');
      const key = keys.findIndex((each) => timingSafeEqual(mac(text, each), given));
      if (key < 0) return undefined;
      return key === 0 ? 'current' : 'previous';
    },
  };
}
