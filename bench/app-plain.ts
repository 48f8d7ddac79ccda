import { RedisStore } from 'connect-redis';
import express from 'express';
import session from 'express-session';
import { createClient } from 'redis';
import { viewCart } from '../app/cart';
import { cartPage } from '../app/pages/cart';
import { cataloguePage } from '../app/pages/catalogue';
import type { View } from '../app/view';

/**
 * The shop as the README of express-session and connect-redis would have it, with the same pages: the cart is in the
 * session, which every route reads, and nothing is done about failures, headers, forms or logs.
 */
declare module 'express-session' {
  interface SessionData {
    cart?: Record<string, number>;
  }
}

const view: View = {
  instance: 'plain',
  region: undefined,
  zone: undefined,
  sessions: 'in Redis',
  before: undefined,
  affinity: [],
  token: 'none',
  path: '/',
};

async function start(): Promise<void> {
  const client = await createClient({ url: process.env.REDIS_URL ?? '' }).connect();
  const app = express();
  app.use(
    session({
      store: new RedisStore({ client }),
      secret: process.env.SESSION_SECRET ?? '',
      resave: false,
      saveUninitialized: false,
    }),
  );
  const lines = (cart: Record<string, number> = {}) => viewCart(new Map(Object.entries(cart)));
  app.get('/', (_request, response) => void response.send(cataloguePage(view)));
  app.get('/cart', (request, response) => void response.send(cartPage(view, lines(request.session.cart))));
  app.get('/api/cart', (request, response) => void response.json(lines(request.session.cart)));
  app.post('/api/cart/items', express.json(), (request, response) => {
    const { productId, quantity } = request.body;
    const cart = { ...request.session.cart };
    cart[productId] = (cart[productId] ?? 0) + quantity;
    request.session.cart = cart;
    response.json(lines(cart));
  });
  const server = app.listen(0, '127.0.0.1', () => {
    const address = server.address();
    console.log(`http://localhost:${typeof address === 'object' ? address?.port : ''}`);
  });
}

void start();
