import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createClient } from 'redis';
import { type Cart, cartOf, pages, sayOpen } from './pages';

/**
 * The floor: what Node and the Redis client cost by themselves. No framework, no signature, no check, no header that HTTP
 * does not need. An add is a counter of a hash, read back in the same round trip.
 */
async function start(): Promise<void> {
  const client = await createClient({ url: process.env.REDIS_URL ?? '' }).connect();
  const sessionOf = ({ headers }: IncomingMessage) => /(?:^|; )sid=([\w-]+)/.exec(headers.cookie ?? '')?.[1];
  const numbers = (hash: Readonly<Record<string, string>>): Cart =>
    Object.fromEntries(Object.entries(hash).map(([id, quantity]) => [id, Number(quantity)]));
  const cart = async (request: IncomingMessage) => {
    const id = sessionOf(request);
    return numbers(id === undefined ? {} : await client.hGetAll(id));
  };
  const bodyOf = async (request: IncomingMessage) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    return JSON.parse(text);
  };
  const send = (response: ServerResponse, type: string, text: string) => {
    response.setHeader('Content-Type', type);
    response.setHeader('Content-Length', Buffer.byteLength(text));
    response.end(text);
  };
  const json = (response: ServerResponse, value: unknown) => send(response, 'application/json', JSON.stringify(value));
  const html = (response: ServerResponse, text: string) => send(response, 'text/html; charset=utf-8', text);
  const add = async (request: IncomingMessage, response: ServerResponse) => {
    const { productId, quantity } = await bodyOf(request);
    let id = sessionOf(request);
    if (id === undefined) {
      id = randomUUID();
      response.setHeader('Set-Cookie', `sid=${id}; Path=/; HttpOnly`);
    }
    const [, hash] = await Promise.all([client.hIncrBy(id, productId, quantity), client.hGetAll(id)]);
    json(response, cartOf(numbers(hash)));
  };
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    if (request.url === '/') html(response, pages.catalogue('none'));
    else if (request.url === '/cart') html(response, pages.cart('none', await cart(request)));
    else if (request.method === 'GET') json(response, cartOf(await cart(request)));
    else await add(request, response);
  };
  const server = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1', () =>
    sayOpen(server.address()),
  );
}

void start();
