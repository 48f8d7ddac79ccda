import { type CartView, viewCart } from '../../../app/cart';
import { cartPage } from '../../../app/pages/cart';
import { cataloguePage } from '../../../app/pages/catalogue';
import type { View } from '../../../app/view';

/** The cart in a session of express-session. */
export type Cart = Readonly<Record<string, number>>;

/** What the shop's pages show around their content. */
export const view = (token: string): View => ({
  instance: 'plain',
  region: undefined,
  zone: undefined,
  sessions: 'in Redis',
  before: undefined,
  affinity: [],
  token,
  path: '/',
});

export const cartOf = (cart: Cart = {}): CartView => viewCart(new Map(Object.entries(cart)));

/** The shop's own pages, so that every contender makes the same ones. */
export const pages = {
  catalogue: (token: string) => cataloguePage(view(token)),
  cart: (token: string, cart?: Cart) => cartPage(view(token), cartOf(cart)),
};

/** As the bench waits for it. */
export const sayOpen = (address: unknown): void => {
  const { port } = address as { readonly port: number };
  console.log(`http://localhost:${port}`);
};
