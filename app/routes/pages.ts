import express, { type Request, type RequestHandler, Router } from 'express';
import { dropAffinity } from '../affinity';
import { viewCart } from '../cart';
import { findProduct, products } from '../catalogue';
import { type FormTokens, tokenField } from '../formToken';
import { form, maxBodyBytes, readFormAddition, readFormQuantity, readProduct } from '../input';
import { cartPage } from '../pages/cart';
import { cataloguePage } from '../pages/catalogue';
import { checkoutPage } from '../pages/checkout';
import { icon } from '../pages/drawings';
import { productPage } from '../pages/product';
import { receiptPage } from '../pages/receipt';
import type { Store } from '../stores/store';
import type { ViewOf } from '../view';
import { noProduct } from './api';

/** The pages. They work without script: a form, a redirect (303: the browser asks with GET, so reloading repeats nothing), a page. */
export function pageRoutes(viewOf: ViewOf, store: Store, tokens: FormTokens): Router {
  const pages = Router();

  // Without the store: see the API's products.
  pages.get('/', (request, response) => {
    response.send(cataloguePage(viewOf(request, response)));
  });

  pages.get('/products/:id', (request, response) => {
    const product = findProduct(request.params.id);
    if (product === undefined) throw noProduct(request.params.id);
    response.send(productPage(viewOf(request, response), product));
  });

  pages.get('/favicon.svg', (_request, response) => {
    response.set('Cache-Control', 'public, max-age=86400').type('image/svg+xml').send(icon);
  });

  pages.get('/cart', async (request, response) => {
    const cart = viewCart(await store.shopper(request, response).cart());
    response.send(cartPage(viewOf(request, response), cart));
  });

  pages.get('/checkout', async (request, response) => {
    const cart = viewCart(await store.shopper(request, response).cart());
    if (cart.items.length === 0) response.redirect(303, '/cart');
    else response.send(checkoutPage(viewOf(request, response), cart));
  });

  pages.get('/receipt', async (request, response) => {
    const order = await store.shopper(request, response).lastOrder();
    if (order === undefined) response.redirect(303, '/cart');
    else response.send(receiptPage(viewOf(request, response), order));
  });

  /** Reads a form of this shop's own, and refuses what it says before the store is asked. */
  const ours =
    (read: (body: unknown) => unknown): RequestHandler =>
    (request, _response, next) => {
      tokens.check(request, form(request.body)[tokenField]);
      read(request.body);
      next();
    };

  const fields = express.urlencoded({ extended: false, limit: maxBodyBytes });

  pages.post('/cart/items', fields, ours(readFormAddition), async (request, response) => {
    const { product, quantity } = readFormAddition(request.body);
    await store.shopper(request, response).add(product.id, quantity);
    response.redirect(303, '/cart');
  });

  pages.post('/cart/items/:productId', fields, ours(readFormQuantity), async (request, response) => {
    const product = readProduct(request.params.productId);
    // A form of a page that was left open may name a line that was removed meanwhile. It stays removed.
    await store.shopper(request, response).change(product.id, readFormQuantity(request.body));
    response.redirect(303, '/cart');
  });

  pages.post('/checkout', fields, ours(form), async (request, response) => {
    await store.shopper(request, response).checkOut();
    response.redirect(303, '/receipt');
  });

  pages.post('/affinity/drop', fields, ours(form), (request, response) => {
    dropAffinity(request, response);
    response.redirect(303, pathBack(request));
  });

  return pages;
}

const ownPaths = new Set([
  '/',
  '/cart',
  '/checkout',
  '/receipt',
  '/signin',
  ...products.map(({ id }) => `/products/${id}`),
]);

/**
 * To a page of this shop and nowhere else: a redirect to any address in a form would let anybody use the shop's name
 * for it.
 */
const pathBack = (request: Request): string => {
  const { back } = form(request.body);
  return typeof back === 'string' && ownPaths.has(back) ? back : '/';
};
