import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { RedisStore } from 'connect-redis';
import express, { type ErrorRequestHandler } from 'express';
import session from 'express-session';
import helmet from 'helmet';
import { createClient } from 'redis';
import { maxLineQuantity } from '../../../app/cart';
import { maxBodyBytes, readAddition } from '../../../app/input';
import { cartOf, pages, sayOpen } from './pages';

/**
 * express-session and connect-redis with the care of a shop that has been reviewed: the session only where it is needed
 * and its time to live moved on only with a change, security headers, a request id, form tokens, checked input, limits,
 * and 503 when Redis is away. What it cannot do, because the session is one string, is keep parallel adds.
 */
async function start(): Promise<void> {
  const client = await createClient({ url: process.env.REDIS_URL ?? '', disableOfflineQueue: true })
    .on('error', () => {})
    .connect();
  const secret = process.env.SESSION_SECRET ?? '';
  const app = express();
  app.disable('x-powered-by').disable('etag');
  app.use(helmet(), (_request, response, next) => {
    response.set({ 'X-Request-Id': randomUUID(), 'Cache-Control': 'no-store' });
    next();
  });
  const withSession = session({
    name: 'sid',
    store: new RedisStore({ client, prefix: 's:', ttl: 24 * 60 * 60, disableTouch: true }),
    secret,
    resave: false,
    saveUninitialized: false,
    cookie: { httpOnly: true, sameSite: 'lax', secure: 'auto' },
  });
  // The double-submit cookie that OWASP describes: a random value, and its signature in the form.
  const token: (request: express.Request, response: express.Response) => string = (request, response) => {
    const held = /(?:^|; )form=([\w-]{24})/.exec(request.headers.cookie ?? '')?.[1];
    const random = held ?? randomBytes(18).toString('base64url');
    if (held === undefined) response.cookie('form', random, { httpOnly: true, sameSite: 'lax' });
    return createHmac('sha256', secret).update(random).digest('base64url');
  };
  app.get('/', (request, response) => void response.send(pages.catalogue(token(request, response))));
  app.get('/cart', withSession, (request, response) => {
    response.send(pages.cart(token(request, response), request.session.cart));
  });
  app.get('/api/cart', withSession, (request, response) => void response.json(cartOf(request.session.cart)));
  app.post('/api/cart/items', express.json({ limit: maxBodyBytes }), withSession, (request, response) => {
    const { product, quantity } = readAddition(request.body);
    const held = (request.session.cart?.[product.id] ?? 0) + quantity;
    if (held > maxLineQuantity) return void response.status(409).json({ detail: 'The line is full.' });
    const cart = { ...request.session.cart, [product.id]: held };
    request.session.cart = cart;
    response.json(cartOf(cart));
  });
  const refuse: ErrorRequestHandler = (error, _request, response, _next) => {
    const status = typeof error.status === 'number' ? error.status : 503;
    response.status(status).json({ detail: status === 503 ? 'Try again shortly.' : error.message });
  };
  app.use(refuse);
  const server = app.listen(0, '127.0.0.1', () => sayOpen(server.address()));
}

void start();
