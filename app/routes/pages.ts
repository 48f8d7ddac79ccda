import express, { Router } from 'express';
import { viewCart } from '../cart';
import { maxBodyBytes, readForm } from '../input';
import { cartPage } from '../pages/cart';
import { cataloguePage } from '../pages/catalogue';
import type { Place } from '../pages/layout';
import type { Store } from '../stores/store';

/** The pages. They work without script: a form, a redirect, a page. */
export function pageRoutes(place: Place, store: Store): Router {
  const pages = Router();

  // Without the session middleware: see the API's products.
  pages.get('/', (_request, response) => {
    response.send(cataloguePage(place));
  });

  pages.get('/cart', store.session, async (request, response) => {
    response.send(cartPage(place, viewCart(await store.cart(request, response).read())));
  });

  const form = express.urlencoded({ extended: false, limit: maxBodyBytes });
  pages.post('/cart/items', form, checkForm, store.session, async (request, response) => {
    const { product, quantity } = readForm(request.body);
    await store.cart(request, response).add(product.id, quantity);
    // 303: the browser asks for the cart with GET, so that reloading it adds nothing.
    response.redirect(303, '/cart');
  });

  return pages;
}

const checkForm: express.RequestHandler = (request, _response, next) => {
  readForm(request.body);
  next();
};
