/** The way between a process and its Redis, with every fault that it can have. */

import { connect, createServer, type Server, type Socket } from 'node:net';
import { type Link, openLink } from '../../../drill/redis/link';
import { until } from '../../support/until';

/** Answers what it gets. */
let target: Server;
let link: Link;
const clients: Socket[] = [];

beforeEach(async () => {
  target = createServer((socket) => socket.on('error', () => {}).pipe(socket));
  await new Promise<void>((resolve) => void target.listen(0, '127.0.0.1', resolve));
  const address = target.address();
  link = await openLink(typeof address === 'object' && address ? address.port : 0);
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await link.close();
  await new Promise((resolve) => void target.close(resolve));
});

/** A client that collects what comes back. */
function client() {
  const socket = connect(link.port, '127.0.0.1').setNoDelay(true);
  clients.push(socket);
  const seen = { text: '', isClosed: false };
  socket.setEncoding('utf8').on('data', (text) => {
    seen.text += text;
  });
  socket
    .on('error', () => {})
    .on('close', () => {
      seen.isClosed = true;
    });
  return { seen, send: (text: string) => void socket.write(text) };
}

async function sendOneByOne(to: ReturnType<typeof client>, parts: number): Promise<string> {
  let sent = '';
  for (let part = 0; part < parts; part++) {
    sent += `${part};`;
    to.send(`${part};`);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return sent;
}

test('without a fault everything passes', async () => {
  const one = client();
  const sent = await sendOneByOne(one, 20);
  await until('all is back', () => one.seen.text === sent);
});

test('what is late stays in order, also what follows a lost part, and when the fault ends', async () => {
  link.behave({ delayMs: 3, lostOneIn: 4, resentMs: 30 });
  const one = client();
  const before = performance.now();
  const first = await sendOneByOne(one, 30);
  link.behave({});
  const second = await sendOneByOne(one, 30);
  await until('all is back', () => one.seen.text.length >= first.length + second.length);
  expect(one.seen.text).toBe(first + second);
  expect(performance.now() - before).toBeGreaterThanOrEqual(30);
});

test('half open, a connection is silent and not ended; a new one is well', async () => {
  const old = client();
  const sent = await sendOneByOne(old, 1);
  await until('it is there', () => old.seen.text === sent);
  link.halfOpen();
  old.send('lost');
  const fresh = client();
  fresh.send('well');
  await until('the new one is answered', () => fresh.seen.text === 'well');
  expect(old.seen).toEqual({ text: sent, isClosed: false });
});

test('cut, connections end and new ones are refused, until it is mended', async () => {
  const old = client();
  const sent = await sendOneByOne(old, 1);
  await until('it is there', () => old.seen.text === sent);
  link.behave({ isCut: true });
  const refused = client();
  await until('both have ended', () => old.seen.isClosed && refused.seen.isClosed);
  link.behave({});
  const fresh = client();
  fresh.send('well');
  await until('the new one is answered', () => fresh.seen.text === 'well');
});
