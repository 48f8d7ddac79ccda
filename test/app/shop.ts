import { createApp } from '../../app/app';
import { readEnvironment } from '../../app/environment';
import { listen, portOf } from '../../app/listen';
import type { RequestRecord } from '../../app/requestLog';
import { openStore } from '../../app/stores/open';
import type { Store } from '../../app/stores/store';

/** The same in every shop of a test, so that they take each other's cookies, as instances of one app do. */
export const secret = 'not a secret at all but long enough';

export interface Shop {
  readonly url: string;
  /** The lines that it logged. */
  readonly reports: readonly string[];
  /** Requests that are over. */
  readonly records: readonly RequestRecord[];
  close(): Promise<void>;
}

const open = new Set<Shop>();
// Also when a test failed before it closed its shop: an open one keeps jest from ending.
afterAll(async () => {
  await Promise.all([...open].map((shop) => shop.close()));
});

/** The shop in this process, listening on loopback. `store`: default the one that the variables choose. */
export async function openShop(
  variables: Readonly<Record<string, string>> = {},
  { isDraining, store: given }: { readonly isDraining?: () => boolean; readonly store?: Store } = {},
): Promise<Shop> {
  const environment = readEnvironment({ SESSION_SECRET: secret, ...variables });
  const reports: string[] = [];
  const records: RequestRecord[] = [];
  const report = (line: string) => void reports.push(line);
  const store = given ?? (await openStore(environment, report));
  const app = createApp({
    environment,
    store,
    report,
    sinks: [(record) => void records.push(record)],
    ...(isDraining && { isDraining }),
  });
  const server = await listen(app, { port: 0, host: '127.0.0.1' });
  const shop: Shop = {
    url: `http://127.0.0.1:${portOf(server)}`,
    reports,
    records,
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

/** Quantities by product id, to compare carts by. */
export const quantities = (cart: Cart): Record<string, number> =>
  Object.fromEntries(cart.items.map(({ productId, quantity }) => [productId, quantity]));
