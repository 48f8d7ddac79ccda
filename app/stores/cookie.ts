import { randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';
import { sealData, unsealData } from 'iron-session';
import { type CartLines, cartFull, limitPassed, lineFull, withLine } from '../cart';
import { cookieLine, ownCookie } from '../cookies';
import { type Order, orderIdOf, orderOf } from '../order';
import { Problem } from '../problem';
import { signInsInCookie } from './cookieSignIns';
import type { Shopper, Store } from './store';

const name = 'shop.sealed';

/** Since the last change. Reading does not move it on: an answer that only reads must not write over a parallel add. */
const sealSeconds = 7 * 24 * 60 * 60;

/**
 * The least that a browser must keep of a cookie, name and attributes included; it drops a larger one without an error.
 * @see https://www.rfc-editor.org/rfc/rfc6265#section-6.1
 */
const browserBytes = 4096;

/** What is sealed. Short names: every byte travels with every request. */
interface Sealed {
  /** Names this cart and no other, so that every checkout of it is the same order. Undefined: nothing was added yet. */
  readonly id?: string;
  readonly cart: Readonly<Record<string, number>>;
  readonly order?: Order;
}

interface CookieStoreOptions {
  /** The first seals, all open. Each at least 32 characters. */
  readonly secrets: readonly string[];
  /** Most bytes of a whole `Set-Cookie` line. Default 4096. */
  readonly maxBytes?: number;
}

/**
 * The session travels with the browser, sealed (encrypted and signed) by iron-session: no server keeps anything, so the
 * loss of an instance, zone or region does not lose it. The drawbacks, which the tests show:
 * - of two parallel changes the last writer wins, because each answers with a whole cookie;
 * - an old cookie, kept and sent again, opens what it held until its seal expires: nothing at the server can revoke it.
 *   It can be ordered again, and is then the same order id again: what keeps orders must refuse an id that it has;
 * - about 4 KB, beyond which a change is refused.
 */
export function cookieStore({ secrets, maxBytes = browserBytes }: CookieStoreOptions): Store {
  const [password = ''] = secrets;

  const seal = async (request: Request, response: Response, content: Sealed): Promise<void> => {
    const line = cookieLine(name, await sealData(content, { password, ttl: sealSeconds }), request.secure);
    if (line.length > maxBytes)
      throw new Problem(
        409,
        `This cart needs a cookie of ${line.length} bytes, and browsers keep at most ${maxBytes}. ` +
          'Nothing was changed. Order what is in it, or remove something first.',
      );
    response.append('Set-Cookie', line);
  };

  return {
    name: 'cookie',
    keeps: 'in a sealed cookie in your browser',
    isReachable: () => true,
    signIns: signInsInCookie(secrets),
    close: async () => {},
    shopper(request, response): Shopper {
      const opened = open(ownCookie(request, name), secrets);
      const linesOf = ({ cart }: Sealed): CartLines => new Map(Object.entries(cart));
      const change = async (content: Sealed, productId: string, quantity: number) => {
        const lines = withLine(linesOf(content), productId, quantity);
        const { id = newCartId() } = content;
        await seal(request, response, { ...content, id, cart: Object.fromEntries(lines) });
        return lines;
      };
      return {
        cart: async () => linesOf(await opened),
        async add(productId, quantity) {
          const content = await opened;
          const lines = linesOf(content);
          const held = lines.get(productId) ?? 0;
          const refused = limitPassed(lines, productId, quantity);
          if (refused !== undefined) throw refused === 'lineFull' ? lineFull(productId, held, quantity) : cartFull();
          return change(content, productId, held + quantity);
        },
        async change(productId, quantity) {
          const content = await opened;
          const lines = linesOf(content);
          if (!lines.has(productId)) return { lines, wasInCart: false };
          return { lines: await change(content, productId, quantity), wasInCart: true };
        },
        async checkOut() {
          const content = await opened;
          const order = orderOf(linesOf(content), orderIdOf(content.id ?? ''));
          await seal(request, response, { cart: {}, order });
          return order;
        },
        lastOrder: async () => (await opened).order,
      };
    },
  };
}

/** 96 random bits. */
const newCartId = () => randomBytes(12).toString('base64url');

/**
 * Whatever is not a seal of ours counts as no cookie: it was cut short, forged, too old, or sealed by a secret now gone.
 *
 * Each secret by itself, not as iron-session's numbered passwords: a seal holds the number, and a secret's number changes
 * when the one before it goes, which would end every session at the end of a rotation.
 */
async function open(seal: string | undefined, secrets: readonly string[]): Promise<Sealed> {
  // The library would take a good seal with anything behind it.
  if (seal === undefined || !/^[^~]+~2$/.test(seal)) return { cart: {} };
  for (const password of secrets) {
    try {
      const content = await unsealData<Partial<Sealed>>(seal, { password, ttl: sealSeconds });
      if (content.cart !== undefined) return { ...content, cart: content.cart };
    } catch {
      // Malformed in a way that the library does not expect; the next secret will not make it better or worse.
    }
  }
  return { cart: {} };
}
