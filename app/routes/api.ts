import express, { Router } from 'express';
import { viewCart } from '../cart';
import { findProduct, products } from '../catalogue';
import { maxBodyBytes, readAddition } from '../input';
import { Problem } from '../problem';
import type { Store } from '../stores/store';

/**
 * The JSON API. `/products` is stateless: it never sees the session middleware, so it goes on whatever becomes of the
 * store. `/cart` is where the session is needed.
 */
export function apiRoutes(store: Store): Router {
  const api = Router();

  api.get('/products', (_request, response) => {
    // Kept by whoever likes, asked again before use: Express answers 304 by the ETag.
    response.set('Cache-Control', 'no-cache').json(products);
  });

  api.get('/products/:id', (request, response) => {
    const product = findProduct(request.params.id);
    if (product === undefined)
      throw new Problem(404, `There is no product ${JSON.stringify(request.params.id.slice(0, 64))}.`);
    response.set('Cache-Control', 'no-cache').json(product);
  });

  api.get('/cart', store.session, async (request, response) => {
    response.json(viewCart(await store.cart(request, response).read()));
  });

  // The body is read and judged before the session: a refusal costs the store nothing.
  api.post(
    '/cart/items',
    express.json({ limit: maxBodyBytes }),
    checkBody,
    store.session,
    async (request, response) => {
      const { product, quantity } = readAddition(request.body);
      response.json(viewCart(await store.cart(request, response).add(product.id, quantity)));
    },
  );

  return api;
}

const checkBody: express.RequestHandler = (request, _response, next) => {
  readAddition(request.body);
  next();
};
