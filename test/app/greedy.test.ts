import { connect, type Socket } from 'node:net';
import { listen, portOf } from '../../app/listen';
import { until } from '../support/until';
import { bundledShop } from './bundled';
import { type Running, runNode } from './process';

let shop: Running;
let port: number;
beforeAll(async () => {
  shop = runNode([await bundledShop()], { PORT: '0' });
  port = await shop.port();
});
afterAll(() => shop.child.kill('SIGKILL'));

// Waits a minute and works for none of it, so the other tests run meanwhile.
let cut: ReturnType<typeof cutAfter>;
beforeAll(() => {
  cut = cutAfter();
  // The test at the end is where a failure belongs.
  cut.catch(() => {});
});

const sockets = new Set<Socket>();
afterAll(() => {
  for (const socket of sockets) socket.destroy();
});

/** `closed`: seconds from the connection to its end. */
async function dial(to = port): Promise<{ socket: Socket; received: () => string; closed: Promise<number> }> {
  const socket = connect(to, '127.0.0.1');
  sockets.add(socket);
  let received = '';
  socket.on('data', (chunk) => {
    received += chunk;
  });
  socket.on('error', () => {});
  await new Promise((done) => socket.once('connect', done));
  const start = performance.now();
  const closed = new Promise<number>((resolve) => {
    socket.once('close', () => resolve((performance.now() - start) / 1000));
  });
  return { socket, received: () => received, closed };
}

/** Seconds until a client without an answer, and until the last of those that do not read theirs, was cut. */
async function cutAfter(): Promise<{ stuck: number; last: number; meanwhile: string }> {
  // The shop has neither a large answer nor one that never comes, so only its way of listening is tested.
  const server = await listen(
    (request, response) => {
      if (request.url === '/large') response.end(Buffer.alloc(30_000_000));
      else if (request.url === '/small') response.end('small');
    },
    { port: 0, host: '127.0.0.1' },
  );
  const ask = async (path: string) => {
    const client = await dial(portOf(server));
    if (path === '/large') client.socket.pause();
    client.socket.write(`GET ${path} HTTP/1.1\r\nHost: shop\r\n\r\n`);
    return client;
  };
  const ended = new Promise<void>((resolve) => {
    const open = new Set<Socket>();
    server.on('connection', (socket) => {
      open.add(socket);
      socket.once('close', () => {
        open.delete(socket);
        if (open.size === 0) resolve();
      });
    });
  });
  const start = performance.now();
  for (let count = 0; count < 100; count++) await ask('/large');
  const stuck = await ask('/never');
  const meanwhile = await fetch(`http://127.0.0.1:${portOf(server)}/small`, { headers: { connection: 'close' } });
  const text = await meanwhile.text();
  // The server's side: a client that does not read does not see the end either.
  await ended;
  const last = (performance.now() - start) / 1000;
  server.close();
  return { stuck: await stuck.closed, last, meanwhile: text };
}

const probe = async () => (await fetch(`http://127.0.0.1:${port}/healthz`)).status;
const request = 'GET / HTTP/1.1\r\nHost: shop\r\n\r\n';

test('a client that sends thousands of requests ahead and reads no answer is cut off, and the others go on', async () => {
  const greedy = await Promise.all(
    Array.from({ length: 100 }, async () => {
      const { socket, closed } = await dial();
      socket.pause();
      const send = () => {
        if (!socket.destroyed) socket.write(request.repeat(2000), () => setTimeout(send, 5));
      };
      send();
      return closed;
    }),
  );
  const probes = Promise.all([probe(), probe(), probe()]);
  await Promise.all(greedy);
  expect(await probes).toEqual([200, 200, 200]);
});

test('a few requests sent ahead are answered in their order', async () => {
  const { socket, received } = await dial();
  socket.write('GET /livez HTTP/1.1\r\nHost: shop\r\n\r\nGET /healthz HTTP/1.1\r\nHost: shop\r\n\r\n');
  await until('both are answered', () => received().includes('"ready"'));
  expect(received().indexOf('alive')).toBeLessThan(received().indexOf('"ready"'));
  socket.destroy();
});

test('a body in many pieces, larger than what is parsed at a time, arrives whole', async () => {
  const body = JSON.stringify({ productId: 'anchor', quantity: 1, filler: 'x'.repeat(1900) });
  const { socket, received } = await dial();
  const cookie = `Cookie: filler=${'y'.repeat(5000)}\r\n`;
  const head = `POST /api/cart/items HTTP/1.1\r\nHost: shop\r\n${cookie}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
  socket.write(head + body);
  await until('it is answered', () => received().includes('"totalQuantity":1'));
  socket.destroy();
});

test('after a thousand requests a connection is handed back with its last answer', async () => {
  const { socket, received, closed } = await dial();
  const ask = () => socket.write('GET /livez HTTP/1.1\r\nHost: shop\r\n\r\n');
  socket.on('data', (chunk) => {
    if (String(chunk).includes('"alive"')) ask();
  });
  ask();
  await closed;
  expect(received().match(/"alive"/g)).toHaveLength(1000);
  expect(received().match(/\r\nConnection: close\r\n/g)).toHaveLength(1);
  expect(received().lastIndexOf('Connection: close')).toBeGreaterThan(received().lastIndexOf('HTTP/1.1 200'));
});

test('10,000 idle connections, a header and a body that trickle in: others are answered, and each is closed in time', async () => {
  const idle: Awaited<ReturnType<typeof dial>>[] = [];
  while (idle.length < 10_000) idle.push(...(await Promise.all(Array.from({ length: 500 }, dial))));
  const [header, body] = [await dial(), await dial()];
  header.socket.write('GET / HTTP/1.1\r\n');
  body.socket.write(
    'POST /api/cart/items HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n',
  );
  const trickle = setInterval(() => {
    header.socket.write('X');
    body.socket.write(' ');
  }, 1000);
  expect(await probe()).toBe(200);
  const last = idle.at(-1);
  const [ofIdle, ofHeader, ofBody] = await Promise.all([last?.closed, header.closed, body.closed]);
  clearInterval(trickle);
  // Upper bounds leave room for a busy machine; Node's own interval would make 30 s of each at the least.
  expect([ofIdle, ofHeader, ofBody].map((seconds) => Number(seconds) < 28)).toEqual([true, true, true]);
  expect(Math.min(Number(ofIdle), Number(ofHeader))).toBeGreaterThan(9);
  expect(ofBody).toBeGreaterThan(14);
  await Promise.all(idle.map(({ closed }) => closed));
  expect(await probe()).toBe(200);
});

test('a client that does not read a large answer, and one whose answer does not come, are cut after half a minute', async () => {
  const { stuck, last, meanwhile } = await cut;
  expect(meanwhile).toBe('small');
  expect(stuck).toBeGreaterThan(29);
  expect(last).toBeGreaterThan(29);
  expect(last).toBeLessThan(75);
});
