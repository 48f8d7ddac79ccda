import fc from 'fast-check';
import { describeWithRedis, type RedisServer, startRedis } from '../support/redis';
import { bundledShop } from './bundled';
import { type Cart, explained, type Observed } from './cartModel';
import { runNode } from './process';
import { type Cart as CartView, quantities, secret } from './shop';
import { newShopper, type Place } from './shopper';

// Each run is a few dozen requests to two processes.
jest.setTimeout(180_000);

const add = (quantity: number, accepted: boolean, seen?: Cart) => ({
  add: 'anchor',
  quantity,
  accepted,
  ...(seen && { seen }),
});
const at = (sentAt: number, answeredAt: number, what: Observed['what']): Observed => ({ sentAt, answeredAt, what });

describe('the model of a cart', () => {
  test.each<[string, Observed[]]>([
    [
      'two adds at once, each of which sees what it made of the cart',
      [at(0, 9, add(1, true, { anchor: 3 })), at(0, 9, add(2, true, { anchor: 2 }))],
    ],
    [
      'a refusal beside an add that fills the line',
      [at(0, 9, add(999, true)), at(0, 9, add(1, false)), at(10, 11, { read: { anchor: 999 } })],
    ],
    [
      'an add that is refused because the order came first',
      [at(0, 1, add(1, true)), at(2, 9, { order: { anchor: 1 } }), at(2, 9, add(1, false))],
    ],
    [
      'a second checkout that is refused',
      [at(0, 1, add(1, true)), at(2, 9, { order: { anchor: 1 } }), at(2, 9, { order: undefined })],
    ],
  ])('explains %s', (_name, history) => {
    expect(explained(history)).toBe(true);
  });

  test.each<[string, Observed[]]>([
    [
      'an add that was acknowledged and is gone',
      [at(0, 1, add(1, true)), at(0, 1, add(1, true)), at(2, 3, { read: { anchor: 1 } })],
    ],
    [
      'a reader who sees more than the limit',
      [at(0, 1, add(999, true)), at(2, 9, add(1, false)), at(2, 9, { read: { anchor: 1000 } })],
    ],
    [
      'a valid add that is refused beside one that is too much',
      [at(0, 1, add(990, true)), at(2, 9, add(99, false)), at(2, 9, add(9, false))],
    ],
    [
      'an add that was acknowledged before the order and is not in it',
      [at(0, 1, add(1, true)), at(2, 3, add(1, true)), at(4, 9, { order: { anchor: 1 } })],
    ],
    [
      'an add that was acknowledged and is behind the order',
      [at(0, 1, add(1, true)), at(2, 3, { order: { anchor: 1 } }), at(4, 5, add(1, true))],
    ],
    [
      'a cart that is ordered twice',
      [at(0, 1, add(1, true)), at(2, 9, { order: { anchor: 1 } }), at(2, 9, { order: { anchor: 1 } })],
    ],
    [
      'an order of more than a line holds',
      [at(0, 1, add(999, true)), at(2, 9, add(99, false)), at(2, 9, { order: { anchor: 1098 } })],
    ],
  ])('does not explain %s', (_name, history) => {
    expect(explained(history)).toBe(false);
  });
});

/** What one client sends, one after the other. */
const request = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ add: fc.constantFrom('anchor', 'tripod'), quantity: fc.constantFrom(1, 40, 99) }),
  },
  { weight: 2, arbitrary: fc.constant('read' as const) },
  { weight: 1, arbitrary: fc.constant('check out' as const) },
);
type Request = typeof request extends fc.Arbitrary<infer T> ? T : never;

const clients = fc.array(fc.array(request, { minLength: 1, maxLength: 5 }), { minLength: 2, maxLength: 4 });
/** What the line holds before, so that the limit is met within a few adds. */
const before = fc.constantFrom(1, 880, 990);

async function send(place: Place, cookie: string, what: Request): Promise<Observed> {
  const headers = { cookie, 'content-type': 'application/json' };
  const sentAt = performance.now();
  const ask = async (path: string, body?: string) => {
    const response = await fetch(
      place.url + path,
      body === undefined ? { headers } : { method: 'POST', headers, body },
    );
    const json = (await response.json()) as CartView;
    const answeredAt = performance.now();
    if (response.status !== 200 && response.status !== 409) throw new Error(`${path} answered ${response.status}`);
    return {
      accepted: response.status === 200,
      seen: response.status === 200 ? quantities(json) : undefined,
      answeredAt,
    };
  };
  if (what === 'read') {
    const { seen = {}, answeredAt } = await ask('/api/cart');
    return { sentAt, answeredAt, what: { read: seen } };
  }
  if (what === 'check out') {
    const { seen, answeredAt } = await ask('/api/checkout', '{}');
    return { sentAt, answeredAt, what: { order: seen } };
  }
  const body = JSON.stringify({ productId: what.add, quantity: what.quantity });
  const { answeredAt, ...answer } = await ask('/api/cart/items', body);
  const { accepted, seen } = answer;
  return { sentAt, answeredAt, what: { ...what, accepted, ...(seen && { seen }) } };
}

/** All clients at once, each at one of the places, with the cookies of one browser. */
async function played(places: readonly Place[], held: number, plans: readonly (readonly Request[])[]) {
  const shopper = newShopper();
  const [first] = places as [Place];
  await shopper.post(first, { productId: 'anchor', quantity: 1 });
  const history: Observed[] = [at(0, 1, add(1, true))];
  if (held > 1) {
    await shopper.json(first, 'PATCH', '/api/cart/items/anchor', { quantity: held });
    history[0] = at(0, 1, add(held, true));
  }
  const cookie = shopper.held();
  await Promise.all(
    plans.map(async (plan, index) => {
      for (const what of plan) history.push(await send(places[index % places.length] as Place, cookie, what));
    }),
  );
  return history;
}

const everyHistoryIsExplained = (places: readonly Place[]) =>
  fc.assert(
    fc.asyncProperty(before, clients, async (held, plans) => {
      const history = await played(places, held, plans);
      if (!explained(history)) throw new Error(`No cart answers so: ${JSON.stringify(history)}`);
    }),
    { numRuns: 150, interruptAfterTimeLimit: 120_000, endOnFailure: true },
  );

const placeOf = async (shop: ReturnType<typeof runNode>): Promise<Place> => ({
  url: `http://127.0.0.1:${await shop.port()}`,
});

test('one process, sessions in memory: what any clients see at the same time is what one cart would answer', async () => {
  const shop = runNode([await bundledShop()], { PORT: '0', SESSION_SECRET: secret });
  await everyHistoryIsExplained([await placeOf(shop)]);
  shop.child.kill('SIGKILL');
});

describeWithRedis('two processes with one Redis', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedis();
  });

  test('what any clients see at the same time is what one cart would answer', async () => {
    const variables = { PORT: '0', SESSION_STORE: 'redis', REDIS_URL: redis.url, SESSION_SECRET: secret };
    const file = await bundledShop();
    const shops = [runNode([file], variables), runNode([file], variables)];
    await everyHistoryIsExplained(await Promise.all(shops.map(placeOf)));
    for (const { child } of shops) child.kill('SIGKILL');
  });
});
