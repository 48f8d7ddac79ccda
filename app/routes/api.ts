import express, { type RequestHandler, type Response, Router } from 'express';
import { viewCart } from '../cart';
import { findProduct, products } from '../catalogue';
import { maxBodyBytes, readAddition, readQuantity } from '../input';
import { Problem } from '../problem';
import type { Store } from '../stores/store';

/**
 * The JSON API. Products are stateless: they never use the store, so they work without it. Cart and checkout are where
 * the session is needed.
 *
 * A client that has loaded no page of the shop waits for the answer to its first add before it sends another: that
 * answer carries the session, and adds sent beside it would each open a session of their own. A browser has the page's
 * cookie.
 *
 * It carries no form token, because no other site can send what it takes: every POST and PATCH must say that it is
 * JSON, and PATCH and DELETE are no methods of a form, so a browser asks first (a CORS preflight), which nothing here
 * grants. That holds for sibling hosts too, to which SameSite=Lax would let the cookie go; other sites do not even get
 * that.
 *
 * @see https://developer.mozilla.org/docs/Web/HTTP/Guides/CORS#simple_requests
 */
export function apiRoutes(store: Store): Router {
  const api = Router();

  api.get('/api/products', (_request, response) => {
    keptAMinute(response).json(products);
  });

  api.get('/api/products/:id', (request, response) => {
    const product = findProduct(request.params.id);
    if (product === undefined) throw noProduct(request.params.id);
    keptAMinute(response).json(product);
  });

  api.get('/api/cart', async (request, response) => {
    response.json(viewCart(await store.shopper(request, response).cart()));
  });

  // A body is read and judged before the store is asked: a refusal costs it nothing.
  api.post('/api/cart/items', json, judge(readAddition), async (request, response) => {
    const { product, quantity } = readAddition(request.body);
    response.json(viewCart(await store.shopper(request, response).add(product.id, quantity)));
  });

  api.patch('/api/cart/items/:productId', json, judge(readQuantity), async (request, response) => {
    const productId = String(request.params.productId);
    const { lines, wasInCart } = await store.shopper(request, response).change(productId, readQuantity(request.body));
    if (!wasInCart)
      throw new Problem(
        404,
        `There is no ${JSON.stringify(productId.slice(0, 64))} in the cart. POST /api/cart/items adds it.`,
      );
    response.json(viewCart(lines));
  });

  // What is not in the cart is as good as removed: a retry of this must not fail.
  api.delete('/api/cart/items/:productId', async (request, response) => {
    const { lines } = await store.shopper(request, response).change(String(request.params.productId), 0);
    response.json(viewCart(lines));
  });

  api.post('/api/checkout', sayJson, async (request, response) => {
    response.json(await store.shopper(request, response).checkOut());
  });

  return api;
}

/**
 * The same for everybody, so browsers and Front Door's cached route may answer without asking; `no-cache` would send each
 * request on. A minute bounds what a changed catalogue costs; after it, the ETag makes an unchanged one a 304.
 * @see https://learn.microsoft.com/azure/frontdoor/front-door-caching
 */
const keptAMinute = (response: Response) => response.set('Cache-Control', 'public, max-age=60');

export const noProduct = (id: string) => new Problem(404, `There is no product ${JSON.stringify(id.slice(0, 64))}.`);

const json = express.json({ limit: maxBodyBytes });

/** Refuses before the store is asked. */
const judge =
  (read: (body: unknown) => unknown): RequestHandler =>
  (request, _response, next) => {
    read(request.body);
    next();
  };

/** For a POST that needs no body. By the header itself: `request.is` says nothing about an empty body. */
const sayJson: RequestHandler = (request, _response, next) => {
  if (!/^application\/json\s*(;|$)/i.test(request.get('content-type') ?? ''))
    throw new Problem(415, 'Send Content-Type: application/json; the body may be empty.');
  next();
};
