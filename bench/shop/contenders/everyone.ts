import { RedisStore } from 'connect-redis';
import express from 'express';
import session from 'express-session';
import { createClient } from 'redis';
import { type Cart, cartOf, pages, sayOpen } from './pages';

/**
 * The shop as the READMEs of express-session and connect-redis have it: the cart is in the session, every route has the
 * session, and nothing is done about failures, headers, forms or logs.
 */
declare module 'express-session' {
  interface SessionData {
    cart?: Cart;
  }
}

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
  app.get('/', (_request, response) => void response.send(pages.catalogue('none')));
  app.get('/cart', (request, response) => void response.send(pages.cart('none', request.session.cart)));
  app.get('/api/cart', (request, response) => void response.json(cartOf(request.session.cart)));
  app.post('/api/cart/items', express.json(), (request, response) => {
    const { productId, quantity } = request.body;
    const cart = { ...request.session.cart, [productId]: (request.session.cart?.[productId] ?? 0) + quantity };
    request.session.cart = cart;
    response.json(cartOf(cart));
  });
  const server = app.listen(0, '127.0.0.1', () => sayOpen(server.address()));
}

void start();
