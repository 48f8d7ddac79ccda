import { createApp } from '../../app/app';
import { readEnvironment } from '../../app/environment';
import { listen, portOf } from '../../app/listen';
import { openStore } from '../../app/stores/open';

/** The same in every shop of a test, so that they take each other's cookies, as instances of one app do. */
export const secret = 'not a secret at all but long enough';

export interface Shop {
  readonly url: string;
  /** What it told whoever runs it. */
  readonly reports: readonly string[];
  close(): Promise<void>;
}

const open = new Set<Shop>();
// Also when a test failed before it closed its shop: an open one keeps jest from ending.
afterAll(async () => {
  await Promise.all([...open].map((shop) => shop.close()));
});

/** The shop in this process, listening on loopback. */
export async function openShop(
  variables: Readonly<Record<string, string>> = {},
  isDraining: () => boolean = () => false,
): Promise<Shop> {
  const environment = readEnvironment({ SESSION_SECRET: secret, ...variables });
  const reports: string[] = [];
  const report = (line: string) => void reports.push(line);
  const store = await openStore(environment, report);
  const server = await listen(createApp({ environment, store, isDraining, report }), { port: 0, host: '127.0.0.1' });
  const shop: Shop = {
    url: `http://127.0.0.1:${portOf(server)}`,
    reports,
    async close() {
      if (!open.delete(shop)) return;
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await store.close();
    },
  };
  open.add(shop);
  return shop;
}

export interface Cart {
  readonly items: readonly { readonly productId: string; readonly quantity: number }[];
  readonly totalQuantity: number;
  readonly total: number;
}

/** A shopper who keeps the session cookie; each call names the shop, so that one shopper can go from shop to shop. */
export function newShopper() {
  let cookie: string | undefined;
  const headers = () => (cookie === undefined ? {} : { cookie });
  const keep = (response: Response) => {
    cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie;
    return response;
  };
  return {
    cookie: () => cookie,
    get: async (shop: { url: string }, path: string) => keep(await fetch(shop.url + path, { headers: headers() })),
    post: async (shop: { url: string }, body: unknown) =>
      keep(
        await fetch(`${shop.url}/api/cart/items`, {
          method: 'POST',
          headers: { ...headers(), 'content-type': 'application/json' },
          body: typeof body === 'string' ? body : JSON.stringify(body),
        }),
      ),
    submit: async (shop: { url: string }, form: Record<string, string>) =>
      keep(
        await fetch(`${shop.url}/cart/items`, {
          method: 'POST',
          headers: headers(),
          body: new URLSearchParams(form),
          redirect: 'manual',
        }),
      ),
    async cart(shop: { url: string }): Promise<Cart> {
      const response = await this.get(shop, '/api/cart');
      if (response.status !== 200) throw new Error(`GET /api/cart answered ${response.status}.`);
      return (await response.json()) as Cart;
    },
  };
}

/** Quantities by product id, to compare carts by. */
export const quantities = (cart: Cart): Record<string, number> =>
  Object.fromEntries(cart.items.map(({ productId, quantity }) => [productId, quantity]));
