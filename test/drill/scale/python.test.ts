import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { judge, unitsOf } from '../../../drill/judging/ledger';
import { randomFrom } from '../../../drill/running/random';
import { auditOf } from '../../../drill/scale/audits';
import { collect, linePrefix } from '../../../drill/scale/collected';
import type { Browser, Content, Reply } from '../../../drill/shoppers/browser';
import { createCookieJar } from '../../../drill/shoppers/cookieJar';
import { createShopper, fillRounds } from '../../../drill/shoppers/shopper';
import { root } from '../../support/commands/command';

// The scripts that Locust runs, by Python alone: the same shoppers as the drill's, whatever a shop answers.

const python = spawnSync('python3', ['--version']).status === 0 ? 'python3' : null;
if (python === null) console.warn('SKIPPED, there is no python3 on the PATH: the shoppers of the load test');
const withPython = python === null ? describe.skip : describe;

const catalogue = ['tea', 'cup', 'pot', 'jar', 'mug', 'tin', 'bag', 'box'];
const page = `<form method="post" action="/cart/items"><input type="hidden" name="token" value="t-1">
<input type="hidden" name="productId" value="box"><input name="quantity" value="1"></form>`;

interface Shop {
  readonly id: number;
  readonly seed: number;
  readonly catalogue: readonly string[];
  /** Of the answers in turn, then 200. 0: no answer; 500 empties the cart; with 503 its first product is gone. */
  readonly statuses: readonly number[];
  readonly page: string;
  readonly acts: number;
  readonly mayAdd: boolean;
}

const shops: readonly Shop[] = Array.from({ length: 60 }, (_, index) => {
  const random = randomFrom(index, 'shop');
  return {
    ...{ id: index % 24, seed: index, catalogue, page, acts: 0, mayAdd: false },
    statuses: Array.from({ length: 30 }, () => (random.next() < index / 90 ? random.pick([0, 403, 500, 503]) : 200)),
  };
});

const jars = [
  {
    stored: [
      ['ARRAffinity=a1;Path=/;HttpOnly;Secure;Domain=shop.example', 'shop.example', '/'],
      ['ARRAffinitySameSite=a1;Path=/;HttpOnly;SameSite=None;Secure;Domain=shop.example', 'shop.example', '/'],
      ['loose=1;SameSite=None', 'shop.example', '/'],
      ['other=1;Domain=app.azurewebsites.net', 'shop.example', '/'],
      ['wide=1;Domain=azurewebsites.net', 'app.azurewebsites.net', '/'],
      ['deep=1', 'shop.example', '/cart/items'],
      ['gone=1;Max-Age=60', 'shop.example', '/'],
      ['gone=1;Max-Age=0', 'shop.example', '/'],
      ['old=1;Expires=Thu, 01 Jan 1970 00:00:00 GMT', 'shop.example', '/'],
      ['sub=1;Domain=.example.org', 'a.example.org', '/'],
      ['=nothing', 'shop.example', '/'],
      ['number=1;Domain=0.0.1', '127.0.0.1', '/'],
    ],
    asked: [
      ['shop.example', '/'],
      ['shop.example', '/cart/items'],
      ['SHOP.example', '/cartoon'],
      ['b.example.org', '/'],
      ['app.azurewebsites.net', '/'],
    ],
  },
] as const;

const streams = [
  [7, 'shopper', 3],
  [999_999_999, 'thinking', 0],
  [0, ''],
] as const;

interface Shopped {
  readonly sent: readonly (readonly [string, string, unknown])[];
  readonly evidence: unknown;
  readonly lost: boolean;
  readonly gone: number;
}

function byPython(): {
  readonly shopped: readonly Shopped[];
  readonly kept: readonly { readonly stored: readonly boolean[]; readonly headers: readonly string[] }[];
  readonly drawn: readonly (readonly unknown[])[];
} {
  const { stdout, stderr, status } = spawnSync(
    'python3',
    ['-B', join(root, 'test', 'support', 'drill', 'scriptedShop.py')],
    { input: JSON.stringify({ scripts: join(root, 'drill', 'scale'), shops, jars, streams }), encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** The drill's own shopper in the same shop. */
async function byDrill(shop: Shop) {
  const statuses = [...shop.statuses];
  const cart = new Map<string, number>();
  const sent: [string, string, unknown][] = [];
  const send = async (method: 'GET' | 'POST', path: string, content?: Content): Promise<Reply> => {
    const status = statuses.shift() ?? 200;
    const body = content && ('json' in content ? content.json : content.form);
    const isEmpty = body === undefined || Object.keys(body as object).length === 0;
    sent.push([method, path, isEmpty ? null : body]);
    const answer = { status, instance: null, process: `p${sent.length % 3}`, location: null };
    if (status === 500) cart.clear();
    if (status === 503) cart.delete([...cart.keys()][0] ?? '');
    if (status === 0) return { noAnswer: 'cut' };
    if (status !== 200) return { ...answer, body: null };
    if (path === '/') return { ...answer, body: shop.page };
    if (path === '/api/checkout') cart.clear();
    else if (method === 'POST') {
      const { productId } = body as { productId: string };
      cart.set(productId, (cart.get(productId) ?? 0) + 1);
    }
    const items = [...cart].map(([productId, quantity]) => ({ productId, quantity }));
    return { ...answer, body: path === '/api/checkout' ? {} : { items } };
  };
  const browser: Browser = { jar: createCookieJar(), reconnect: () => undefined, send };
  const random = randomFrom(shop.seed, 'shopper', shop.id);
  const shopper = createShopper({ ...{ id: shop.id, near: '', browser, random }, catalogue: shop.catalogue });
  await shopper.arrive();
  for (let round = 0; round < fillRounds; round++) await shopper.fill(round);
  if (shop.id % 4 === 0) await shopper.openForm();
  await shopper.sendForm();
  if (shop.id % 3 === 0) await shopper.add('after');
  const found = (await shopper.look()) ?? (await shopper.look());
  return { sent, shopper, found };
}

withPython('the shoppers of the load test', () => {
  let python: ReturnType<typeof byPython>;
  beforeAll(() => {
    python = byPython();
  });

  test('send what the drill’s shoppers send, and enter the same in their ledgers', async () => {
    for (const [index, shop] of shops.entries()) {
      const { sent, shopper, found } = await byDrill(shop);
      const { sent: sentToo, evidence } = python.shopped[index] as Shopped;
      expect(sentToo).toEqual(sent);
      const { adds, counts, ambiguous, acknowledged } = shopper.ledger;
      expect(evidence).toMatchObject({
        id: shop.id,
        adds: adds.map(({ productId, when, process }) => [productId, when, process]),
        ...{ counts, ambiguous, ordered: acknowledged - adds.length },
        found: found && Object.fromEntries(found.units),
        by: found?.process ?? null,
      });
    }
  });

  test('are judged at the engine as they are after the logs are collected', () => {
    const verdicts = python.shopped.map(({ evidence, lost, gone }, index) => {
      const plan = { kind: 'plan', format: 1, export: '0badcafe', variant: 'v', seed: 1, shoppers: 24 };
      const lines = [{ ...plan, address: 'https://shop.contoso.com' }, evidence];
      const text = lines.map((line) => `[x] host/INFO/steadystate: ${linePrefix}${JSON.stringify(line)}`).join('\n');
      const [shopper] = collect('log', [{ from: 'log', text }]).shoppers;
      const audit = shopper && auditOf(shopper);
      if (!audit) return { index, lost: false, gone: 0, at: { lost, gone } };
      const all = unitsOf(audit.shopper.ledger.adds);
      const before = unitsOf(audit.shopper.ledger.adds.filter(({ when }) => when !== 'after'));
      expect(audit.verdict).toEqual(judge({ before, all }, audit.found, null));
      return { index, lost: audit.verdict.lost, gone: audit.verdict.writesLost, at: { lost, gone } };
    });
    for (const { lost, gone, at } of verdicts) expect({ lost, gone }).toEqual(at);
    // Of both kinds there are some, so the comparison says something.
    expect(verdicts.filter(({ lost }) => lost).length).toBeGreaterThan(5);
    expect(verdicts.filter(({ gone }) => gone > 0).length).toBeGreaterThan(5);
  });

  test('keep cookies by the rules of the drill’s browser', () => {
    for (const [index, { stored, asked }] of jars.entries()) {
      const jar = createCookieJar();
      const taken = stored.map(([cookie, host, path]) => jar.store(cookie, host, path));
      const headers = asked.map(([host, path]) => jar.header(host, path));
      expect(python.kept[index]).toEqual({ stored: taken, headers });
    }
  });

  test('draw what the drill draws from the same seed', () => {
    expect(python.drawn).toEqual(
      streams.map((labels) => {
        const [seed, ...rest] = labels;
        const stream = randomFrom(seed, ...rest);
        return [stream.next(), stream.between(300, 900), stream.pick(['a', 'b', 'c']), stream.next()];
      }),
    );
  });
});
