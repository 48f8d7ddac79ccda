import type { Cart } from './shop';

/** Anything that has an address: a shopper can go from shop to shop, as behind a load balancer. */
export interface Place {
  readonly url: string;
}

/** What a browser holds and does, without a browser: cookies by name, forms with the token of a page. */
export function newShopper(always: Readonly<Record<string, string>> = {}) {
  const cookies = new Map<string, string>();
  const keep = (response: Response) => {
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split('; ');
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      if (attributes.includes('Max-Age=0')) cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  };
  const shopper = {
    cookies,
    /** The `Cookie` header, as it would be sent now. */
    held: () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    /** The name of the session's cookie, whichever store it belongs to; undefined: there is none. */
    session: () => [...cookies.keys()].find((name) => /^(__Host-)?shop\.(sid|sealed)$/.test(name)),
    async send(place: Place, method: string, path: string, init: RequestInit = {}): Promise<Response> {
      const headers = { ...(cookies.size > 0 && { cookie: shopper.held() }), ...always, ...init.headers };
      return keep(await fetch(place.url + path, { redirect: 'manual', ...init, method, headers }));
    },
    get: (place: Place, path: string) => shopper.send(place, 'GET', path),
    json: (place: Place, method: string, path: string, body?: unknown) =>
      shopper.send(place, method, path, {
        headers: { 'content-type': 'application/json' },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    /** Adds through the API. */
    post: (place: Place, body: unknown) => shopper.json(place, 'POST', '/api/cart/items', body),
    /** Sends a form of the page at `from`, with the token that it holds. */
    async submit(place: Place, path: string, fields: Record<string, string> = {}, from = '/'): Promise<Response> {
      const page = await (await shopper.get(place, from)).text();
      const token = /name="token" value="([^"]+)"/.exec(page)?.[1] ?? '';
      return shopper.send(place, 'POST', path, { body: new URLSearchParams({ token, ...fields }) });
    },
    async cart(place: Place): Promise<Cart> {
      const response = await shopper.get(place, '/api/cart');
      if (response.status !== 200) throw new Error(`GET /api/cart answered ${response.status}.`);
      return (await response.json()) as Cart;
    },
  };
  return shopper;
}

/** The cookies of a response that hold a session, without the two that every page may set. */
export const sessionCookies = (response: Response): string[] =>
  response.headers.getSetCookie().filter((line) => /^(__Host-)?shop\.(sid|sealed)=/.test(line));
