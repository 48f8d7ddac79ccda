import { createServer } from 'node:http';
import type { Instance } from '../../../drill/fleet/instance';
import { storesReached } from '../../../drill/fleet/storeReached';
import { listenOnLoopback } from '../../../drill/loopback';

const signal = new AbortController().signal;

/** Asks a process that answers its health with these texts, the last one again and again. @returns how often it was asked */
async function askedOf(texts: readonly string[], isAlive = () => true): Promise<number> {
  let asked = 0;
  const server = createServer((_, answer) => void answer.end(texts[Math.min(asked++, texts.length - 1)]));
  const { port, close } = await listenOnLoopback(server, () => server.closeAllConnections());
  await storesReached([{ key: 'a', port, alive: isAlive } as Instance], signal);
  await close();
  return asked;
}

const says = (reachable: boolean): string =>
  JSON.stringify({ status: 'ready', sessions: { store: 'redis', reachable } });

test('a process that listens before it reaches its Redis is waited for', async () => {
  expect(await askedOf([says(false), says(false), says(true)])).toBe(3);
});

test('an app that says nothing of its store is ready when it answers', async () => {
  expect(await askedOf(['fine'])).toBe(1);
  expect(await askedOf(['{}'])).toBe(1);
});

test('a process that has ended is not waited for', async () => {
  let asks = 0;
  expect(await askedOf([says(false)], () => asks++ < 2)).toBe(2);
});
