/** Watching an address: a cut of the drill's own network says nothing of the shop, and limits are refused before anything is asked. */

import { drillUrl, type UrlOptions } from '../../../commands/drillUrl';
import type { Browser, Reply } from '../../../drill/shoppers/browser';
import { createCookieJar } from '../../../drill/shoppers/cookieJar';
import { lookOnAtOnce, openCrowd } from '../../../drill/shoppers/crowd';
import { isOwnNetwork, patient } from '../../../drill/url/ownNetwork';

const answered: Reply = { status: 200, body: { items: [] }, instance: null, process: null, location: null };
const replying = (...replies: readonly Reply[]): Browser & { sent: number } => {
  const browser = {
    ...{ jar: createCookieJar(), reconnect: () => {}, sent: 0 },
    send: async () => replies[browser.sent++] ?? answered,
  };
  return browser;
};

test.each<[string, boolean]>([
  ['connect ENETUNREACH 203.0.113.9:443', true],
  ['getaddrinfo EAI_AGAIN shop.example.com', true],
  ['connect EHOSTUNREACH 203.0.113.9:443', true],
  ['connect ECONNREFUSED 203.0.113.9:443', false],
  ['getaddrinfo ENOTFOUND shop.example.com', false],
  ['socket hang up', false],
  ['no answer in 15000 ms', false],
])('“%s” is a cut of the own network: %s', (noAnswer, isOwn) => {
  expect(isOwnNetwork({ noAnswer })).toBe(isOwn);
});

test('a request that finds no way out is sent again, once the way is back, and counts for nothing before', async () => {
  const browser = replying({ noAnswer: 'connect ENETUNREACH' }, { noAnswer: 'connect ENETUNREACH' }, answered);
  const [cuts, replies]: [boolean[], Reply[]] = [[], []];
  const watching = {
    ...{ onCut: (isCut: boolean) => void cuts.push(isCut), onReply: (reply: Reply) => void replies.push(reply) },
    ...{ signal: new AbortController().signal, retryMs: 1 },
  };
  expect(await patient(browser, watching).send('GET', '/')).toBe(answered);
  expect({ cuts, replies, sent: browser.sent }).toEqual({ cuts: [true, false], replies: [answered], sent: 3 });
});

test('what has got out is never sent twice', async () => {
  const browser = replying({ noAnswer: 'socket hang up' });
  const watching = { onCut: () => {}, onReply: () => {}, signal: new AbortController().signal, retryMs: 1 };
  await patient(browser, watching).send('POST', '/api/cart/items');
  expect(browser.sent).toBe(1);
});

test('shoppers who watch add on, all at once; others only look', async () => {
  for (const [adds, methods] of [
    [true, ['GET', 'POST']],
    [false, ['GET']],
  ] as const) {
    const seen = new Set<string>();
    let [open, most, count] = [0, 0, 0];
    const send: Browser['send'] = async (method, path) => {
      most = Math.max(most, ++open);
      if (path !== '/api/products') seen.add(method);
      await new Promise((resolve) => setImmediate(resolve));
      open--;
      return path === '/api/products' ? { ...answered, body: [{ id: 'tea' }, { id: 'cup' }] } : answered;
    };
    const browser = (): Browser => ({ jar: createCookieJar(), reconnect: () => {}, send });
    const shoppers = await openCrowd({ seed: 1, count: 4, neighbourhoods: ['here'], browser });
    await lookOnAtOnce(shoppers, () => count++ < 80, adds);
    expect([...seen].sort()).toEqual(methods);
    expect(most).toBe(4);
  }
});

const options: UrlOptions = { seed: 1, rate: 10, seconds: 60 };
test.each<[Partial<UrlOptions>, string]>([
  [{ watch: '30' }, '`--watch` must be a duration from 1m to 24h, as 30m, got: "30".'],
  [{ watch: '59s' }, '`--watch` must be'],
  [{ watch: '25h' }, '`--watch` must be'],
  [{ watch: '1m', shoppers: 200 }, '`--watch` must be at least'],
  [{ shoppers: 201 }, '`--shoppers` must be 1 to 200 with --url'],
])('%j is refused', (change, message) => {
  expect(() => drillUrl([], 'http://127.0.0.1:9', { ...options, ...change }, undefined)).toThrow(message);
});

test('a duration is watched in any unit', () => {
  for (const watch of ['90s', '30m', '2h'])
    expect(drillUrl([], 'http://127.0.0.1:9', { ...options, watch }, undefined)).toBeInstanceOf(Function);
});
