import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import express from 'express';
import { products } from '../../app/catalogue';
import { changeAt, changesSince, stockAt } from '../../app/stock';
import { eventText, openStreams } from '../../app/streams';
import { until } from '../support/until';
import { bundledShop } from './bundled';
import { runNode } from './process';
import { openShop } from './shop';
import { listenTo } from './stockClient';

const dataOf = (tick: number) => {
  const { productId, quantity } = changeAt(tick);
  return { id: tick, event: 'change', data: { productId, quantity } };
};

test('every product has a stock, and the changes since a tick lead from the stock then to the stock now', () => {
  expect(Object.keys(stockAt(1000)).sort()).toEqual(products.map(({ id }) => id).sort());
  const changes = changesSince(1000, 1450) ?? [];
  expect(changes.map(({ tick }) => tick)).toEqual(Array.from({ length: 450 }, (_, index) => 1001 + index));
  const led = { ...stockAt(1000) };
  for (const { productId, quantity } of changes) led[productId] = quantity;
  expect(led).toEqual(stockAt(1450));
  expect(changesSince(1000, 1451)).toBeUndefined();
  expect(changesSince(1001, 1000)).toBeUndefined();
  expect(changesSince(1000, 1000)).toEqual([]);
});

test('a stream begins with all of the stock, and goes on with each change in its order', async () => {
  const shop = await openShop();
  const stream = await listenTo(shop.url);
  expect([stream.response.status, stream.response.headers.get('content-type')]).toEqual([
    200,
    'text/event-stream; charset=utf-8',
  ]);
  await until('two changes have come', () => stream.events.length >= 3);
  const [first, ...changes] = stream.events;
  expect(first).toEqual({ id: first?.id, event: 'snapshot', data: stockAt(Number(first?.id)) });
  expect(changes).toEqual(changes.map((_, index) => dataOf(Number(first?.id) + 1 + index)));
  await stream.hangUp();
  await shop.close();
});

test('a client that returns to another instance with Last-Event-ID gets what it missed, or everything if that is unknown', async () => {
  const [first, second] = await Promise.all([openShop(), openShop()]);
  const stream = await listenTo(first.url);
  await until('the stock has come', () => stream.events.length > 0);
  await stream.hangUp();
  const id = Number(stream.events[0]?.id);
  const back = await listenTo(second.url, id - 5);
  await until('what was missed has come', () => back.events.length >= 5);
  expect(back.events.slice(0, 5)).toEqual([-4, -3, -2, -1, 0].map((missed) => dataOf(id + missed)));
  for (const unknown of [id + 1_000_000, id - 1_000_000, 0.5]) {
    const other = await listenTo(second.url, unknown);
    await until('the stock has come', () => other.events.length > 0);
    expect(other.events[0]?.event).toBe('snapshot');
    await other.hangUp();
  }
  await back.hangUp();
  await Promise.all([first.close(), second.close()]);
});

test('SIGTERM ends every stream at once with a hint when to come back, and so does every client that connects while it drains', async () => {
  const shop = runNode([await bundledShop()], {
    PORT: '0',
    SHUTDOWN_GRACE_SECONDS: '60',
    SHUTDOWN_LINGER_SECONDS: '59',
  });
  const url = `http://127.0.0.1:${await shop.port()}`;
  const streams = await Promise.all(Array.from({ length: 20 }, () => listenTo(url)));
  await until('each has begun', () => streams.every(({ events }) => events.length > 0));
  shop.child.kill('SIGTERM');
  expect(await Promise.all(streams.map(({ ended }) => ended))).toEqual(streams.map(() => true));
  const hints = streams.map(({ retries }) => retries);
  expect(hints.every((each) => each.length === 2 && each.every((hint) => hint >= 500 && hint <= 3000))).toBe(true);
  // Not all at the same time.
  expect(new Set(hints.map((each) => each[1])).size).toBeGreaterThan(5);
  const late = await listenTo(url);
  expect([await late.ended, late.response.status, late.events, late.retries.length]).toEqual([true, 200, [], 1]);
  // It is still in its linger.
  expect((await fetch(`${url}/healthz`)).status).toBe(503);
  shop.child.kill('SIGKILL');
});

test('a process with open streams drains and ends well', async () => {
  const shop = runNode([await bundledShop()], { PORT: '0' });
  const stream = await listenTo(`http://127.0.0.1:${await shop.port()}`);
  shop.child.kill('SIGTERM');
  expect([await stream.ended, await shop.exited]).toEqual([true, 0]);
});

describe('the registry of streams', () => {
  const opened = async () => {
    const streams = openStreams();
    const app = express();
    app.get('/', (_request, response) => streams.open(response, eventText(1, 'hello', 'x')));
    const server = createServer(app).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const dial = () => {
      const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
      let received = '';
      socket.on('error', () => {});
      socket.on('data', (chunk) => {
        received += chunk;
      });
      socket.write('GET / HTTP/1.1\r\nHost: shop\r\n\r\n');
      const closed = new Promise((resolve) => socket.once('close', resolve));
      return { socket, closed, received: () => received };
    };
    const close = () => {
      server.closeAllConnections();
      server.close();
    };
    return { streams, dial, close };
  };

  test('cuts off a client that does not read, and goes on for the others', async () => {
    const { streams, dial, close } = await opened();
    const [greedy, reader] = [dial(), dial()];
    await until('both are open', () => streams.count === 2);
    greedy.socket.pause();
    const text = eventText(2, 'change', 'y'.repeat(100_000));
    let sent = 0;
    await until('one is cut', () => {
      streams.send(text);
      sent++;
      return streams.count === 1;
    });
    await until('the other has all', () => reader.received().split('event: change').length - 1 === sent);
    close();
  });

  test('holds a thousand, and sends the next away with a hint and status 200', async () => {
    const { streams, dial, close } = await opened();
    const clients = Array.from({ length: 1000 }, dial);
    await until('all are open', () => streams.count === 1000);
    const one = dial();
    await one.closed;
    expect(one.received()).toMatch(/^HTTP\/1\.1 200 [\s\S]*retry: \d+\n\n/);
    expect(one.received()).not.toContain('event:');
    clients[0]?.socket.destroy();
    await until('there is room again', () => streams.count === 999);
    close();
  });
});
