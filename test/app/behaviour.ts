import { type Cart, quantities, type Shop } from './shop';
import { newShopper, sessionCookies } from './shopper';

interface Order extends Omit<Cart, 'totalQuantity'> {
  readonly orderId: string;
}

const problem = (status: number, title: string, detail: string) => ({ type: 'about:blank', title, status, detail });
const emptyCart = problem(409, 'Conflict', 'The cart is empty, so there is nothing to order.');

/** What holds wherever sessions live: the same sentences for every store. `cookie`: the name of the session's. */
export function behavesAsAShop(open: () => Promise<Shop>, cookie: string): void {
  let shop: Shop;
  beforeAll(async () => {
    shop = await open();
  });
  afterAll(() => shop.close());

  test('a first add answers the cart and sets one session cookie that script cannot read', async () => {
    const response = await newShopper().post(shop, { productId: 'anchor', quantity: 2 });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      items: [{ productId: 'anchor', name: 'Anchor', unitPrice: 3450, quantity: 2 }],
      totalQuantity: 2,
      total: 6900,
    });
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(new RegExp(`^${cookie.replace('.', '\\.')}=[^;]+; Path=/; HttpOnly; SameSite=Lax$`)),
    ]);
  });

  test('later adds go to the same cart, which API and page both show', async () => {
    const shopper = newShopper();
    await shopper.post(shop, { productId: 'anchor', quantity: 2 });
    await shopper.post(shop, { productId: 'tripod', quantity: 1 });
    const answer = await (await shopper.post(shop, { productId: 'anchor', quantity: 1 })).json();
    expect(quantities(answer as Cart)).toEqual({ anchor: 3, tripod: 1 });
    expect(quantities(await shopper.cart(shop))).toEqual({ anchor: 3, tripod: 1 });
    const page = await (await shopper.get(shop, '/cart')).text();
    expect(page).toContain('<a href="/products/tripod">Tripod</a>');
    expect(page).toContain('€ 192.50');
  });

  test('the forms add, change and remove without script, each leading to the cart by a GET', async () => {
    const shopper = newShopper();
    for (const [path, fields, cart] of [
      ['/cart/items', { productId: 'sandbag', quantity: '4' }, { sandbag: 4 }],
      ['/cart/items', { productId: 'tripod', quantity: '1' }, { sandbag: 4, tripod: 1 }],
      ['/cart/items/sandbag', { quantity: '2' }, { sandbag: 2, tripod: 1 }],
      ['/cart/items/sandbag', { quantity: '0' }, { tripod: 1 }],
      // A page left open may name what is gone: it does not come back.
      ['/cart/items/sandbag', { quantity: '3' }, { tripod: 1 }],
    ] as const) {
      const response = await shopper.submit(shop, path, fields);
      expect([response.status, response.headers.get('location')]).toEqual([303, '/cart']);
      expect(quantities(await shopper.cart(shop))).toEqual(cart);
    }
  });

  test('PATCH sets a quantity from 0 to 999, DELETE removes and may be repeated', async () => {
    const shopper = newShopper();
    const patch = (quantity: unknown) => shopper.json(shop, 'PATCH', '/api/cart/items/anchor', { quantity });
    await shopper.post(shop, { productId: 'anchor', quantity: 2 });
    await shopper.post(shop, { productId: 'tripod', quantity: 1 });
    expect(quantities((await (await patch(999)).json()) as Cart)).toEqual({ anchor: 999, tripod: 1 });
    expect(quantities(await shopper.cart(shop))).toEqual({ anchor: 999, tripod: 1 });
    for (const quantity of [1000, -1, 1.5, '3', null]) expect((await patch(quantity)).status).toBe(422);
    expect(quantities((await (await patch(0)).json()) as Cart)).toEqual({ tripod: 1 });
    const missing = await patch(1);
    expect(await missing.json()).toEqual(
      problem(404, 'Not Found', 'There is no "anchor" in the cart. POST /api/cart/items adds it.'),
    );
    for (let time = 0; time < 2; time++) {
      const removed = await shopper.json(shop, 'DELETE', '/api/cart/items/tripod');
      expect([removed.status, await removed.json()]).toEqual([200, { items: [], totalQuantity: 0, total: 0 }]);
    }
  });

  test('a checkout answers the receipt and empties the cart; the receipt stays to be read', async () => {
    const shopper = newShopper();
    await shopper.post(shop, { productId: 'anchor', quantity: 2 });
    await shopper.post(shop, { productId: 'tripod', quantity: 1 });
    const before = shopper.cookies.get(cookie);
    const response = await shopper.json(shop, 'POST', '/api/checkout');
    const order = (await response.json()) as Order;
    expect(order).toEqual({
      orderId: expect.stringMatching(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/),
      items: [
        { productId: 'anchor', name: 'Anchor', unitPrice: 3450, quantity: 2 },
        { productId: 'tripod', name: 'Tripod', unitPrice: 8900, quantity: 1 },
      ],
      total: 15800,
    });
    expect(sessionCookies(response)).toHaveLength(1);
    expect(shopper.cookies.get(cookie)).not.toBe(before);
    expect(quantities(await shopper.cart(shop))).toEqual({});
    const receipt = await (await shopper.get(shop, '/receipt')).text();
    expect(receipt).toContain(order.orderId);
    expect(receipt).toContain('€ 158.00');

    // And goes on: the next order is another one.
    await shopper.post(shop, { productId: 'anchor', quantity: 1 });
    const next = (await (await shopper.json(shop, 'POST', '/api/checkout', {})).json()) as Order;
    expect(quantities(next as unknown as Cart)).toEqual({ anchor: 1 });
    expect(next.orderId).not.toBe(order.orderId);
  });

  test('the checkout page shows the order, and its form leads to the receipt', async () => {
    const shopper = newShopper();
    await shopper.post(shop, { productId: 'anchor', quantity: 2 });
    expect(await (await shopper.get(shop, '/checkout')).text()).toContain('€ 69.00');
    const placed = await shopper.submit(shop, '/checkout', {}, '/checkout');
    expect([placed.status, placed.headers.get('location')]).toEqual([303, '/receipt']);
    expect(await (await shopper.get(shop, '/receipt')).text()).toContain('€ 69.00');
  });

  test('an empty cart is not ordered: the API says so, the pages lead to the cart', async () => {
    const stranger = newShopper();
    const refused = await stranger.json(shop, 'POST', '/api/checkout');
    expect([refused.status, await refused.json(), sessionCookies(refused)]).toEqual([409, emptyCart, []]);
    for (const path of ['/checkout', '/receipt']) {
      const response = await stranger.get(shop, path);
      expect([path, response.status, response.headers.get('location')]).toEqual([path, 303, '/cart']);
    }
    expect((await stranger.submit(shop, '/checkout')).status).toBe(409);
  });

  test('two shoppers do not see each other', async () => {
    const [one, other] = [newShopper(), newShopper()];
    await one.post(shop, { productId: 'anchor', quantity: 1 });
    await other.post(shop, { productId: 'tripod', quantity: 1 });
    expect(quantities(await one.cart(shop))).toEqual({ anchor: 1 });
    expect(quantities(await other.cart(shop))).toEqual({ tripod: 1 });
  });

  test('looking at an empty cart makes no session', async () => {
    for (const path of ['/api/cart', '/cart']) {
      const response = await newShopper().get(shop, path);
      expect([response.status, sessionCookies(response)]).toEqual([200, []]);
    }
    expect(await newShopper().cart(shop)).toEqual({ items: [], totalQuantity: 0, total: 0 });
    expect((await newShopper().get(shop, '/api/cart')).headers.getSetCookie()).toEqual([]);
  });

  test('a line fills up to 999 and refuses the one beyond, keeping what it holds', async () => {
    const shopper = newShopper();
    await shopper.post(shop, { productId: 'anchor', quantity: 1 });
    await shopper.json(shop, 'PATCH', '/api/cart/items/anchor', { quantity: 990 });
    expect((await shopper.post(shop, { productId: 'anchor', quantity: 9 })).status).toBe(200);
    const refused = await shopper.post(shop, { productId: 'anchor', quantity: 1 });
    expect(await refused.json()).toEqual(
      problem(409, 'Conflict', 'A cart holds at most 999 of one product; adding 1 of anchor to 999 would pass that.'),
    );
    expect(quantities(await shopper.cart(shop))).toEqual({ anchor: 999 });
  });

  test('a refused first add makes no session', async () => {
    const refused = await newShopper().post(shop, { productId: 'anchor', quantity: 0 });
    expect([refused.status, refused.headers.getSetCookie()]).toEqual([422, []]);
  });

  test('a tampered cookie opens no cart: it counts as none, and adding starts a new one', async () => {
    const shopper = newShopper();
    await shopper.post(shop, { productId: 'anchor', quantity: 2 });
    const value = shopper.cookies.get(cookie) ?? '';
    const other = (character: string | undefined) => (character === 'A' ? 'B' : 'A');
    const middle = Math.floor(value.length / 2);
    for (const forged of [
      `${value.slice(0, middle)}${other(value[middle])}${value.slice(middle + 1)}`,
      value.slice(0, middle),
      `${value}${value}`,
      value.replaceAll(/[*.]/g, ''),
      's%3Aadmin.x',
      'Fe26.2*1*a*b*c*d*e*f~2',
      '%ff',
      'x'.repeat(4000),
      '',
    ]) {
      const thief = newShopper();
      thief.cookies.set(cookie, forged);
      expect([forged, quantities(await thief.cart(shop))]).toEqual([forged, {}]);
      await thief.post(shop, { productId: 'tripod', quantity: 1 });
      expect(quantities(await thief.cart(shop))).toEqual({ tripod: 1 });
    }
    expect(quantities(await shopper.cart(shop))).toEqual({ anchor: 2 });
  });
}

/**
 * `open` opens a shop and the session of a cart that holds only a product which is no longer sold, and returns the cookie
 * of that session as `name=value`.
 */
export function refusesWhatIsNotSold(open: () => Promise<{ readonly shop: Shop; readonly cookie: string }>): void {
  test('a cart of products that are no longer sold is refused with 409 over HTTP, and stays as it is', async () => {
    const { shop, cookie } = await open();
    const [name = '', value = ''] = cookie.split(/=(.*)/s);
    const shopper = newShopper();
    shopper.cookies.set(name, value);
    const detail = 'Nothing in this cart is sold any more, so there is nothing to order. Nothing was changed.';
    for (let time = 0; time < 2; time++) {
      const refused = await shopper.json(shop, 'POST', '/api/checkout');
      expect([refused.status, await refused.json(), refused.headers.getSetCookie()]).toEqual([
        409,
        problem(409, 'Conflict', detail),
        [],
      ]);
    }
    const page = await shopper.submit(shop, '/checkout');
    expect([page.status, await page.text()]).toEqual([409, expect.stringContaining(detail)]);
    // The cart is not over: with something that is sold in it, it can be ordered.
    await shopper.post(shop, { productId: 'anchor', quantity: 1 });
    const order = (await (await shopper.json(shop, 'POST', '/api/checkout')).json()) as Order;
    expect(quantities(order as unknown as Cart)).toEqual({ anchor: 1 });
    await shop.close();
  });
}

/** Secrets of three shops in the middle of a rotation: before, during, after. */
const [before, after] = ['the old secret at 32 characters and more', 'the new secret at 32 characters and more'];
export const rotation: readonly Readonly<Record<string, string>>[] = [
  { SESSION_SECRET: before },
  { SESSION_SECRET: after, SESSION_SECRET_PREVIOUS: before },
  { SESSION_SECRET: after },
];

/** `open` opens shops that share their store, each with the variables given. `onRead`: reading is enough of a use. */
export function signsAgainOnUse(
  open: (variables: Readonly<Record<string, string>>) => Promise<Shop>,
  onRead: boolean,
): void {
  test.each([
    ['a look at the cart', (shopper: ReturnType<typeof newShopper>, shop: Shop) => shopper.cart(shop)],
    [
      'an add',
      (shopper: ReturnType<typeof newShopper>, shop: Shop) => shopper.post(shop, { productId: 'tripod', quantity: 1 }),
    ],
    [
      'a change',
      (shopper: ReturnType<typeof newShopper>, shop: Shop) =>
        shopper.json(shop, 'PATCH', '/api/cart/items/anchor', { quantity: 1 }),
    ],
  ] as const)('a rotated secret: after %s the session no longer needs the previous one', async (what, use) => {
    const [old, rotated, done] = (await Promise.all(rotation.map(open))) as [Shop, Shop, Shop];
    const shopper = newShopper();
    await shopper.post(old, { productId: 'anchor', quantity: 1 });
    await use(shopper, rotated);
    const isKept = onRead || what !== 'a look at the cart';
    expect(quantities(await shopper.cart(done)).anchor).toBe(isKept ? 1 : undefined);
    await Promise.all([old, rotated, done].map((shop) => shop.close()));
  });
}

/** `open` opens shops that share their store, each with the variables given. */
export function rotatesItsSecret(open: (variables: Readonly<Record<string, string>>) => Promise<Shop>): void {
  test('a rotated secret: what the previous one signed stays good while it verifies, and no longer', async () => {
    const [old, rotated, done] = (await Promise.all(rotation.map(open))) as [Shop, Shop, Shop];
    const [early, away, late] = [newShopper(), newShopper(), newShopper()];
    for (const shopper of [early, away]) await shopper.post(old, { productId: 'anchor', quantity: 1 });
    await late.post(rotated, { productId: 'tripod', quantity: 1 });
    expect(quantities(await early.cart(rotated))).toEqual({ anchor: 1 });
    // One who was not there while both were known.
    expect(quantities(await away.cart(done))).toEqual({});
    expect(quantities(await late.cart(done))).toEqual({ tripod: 1 });
    await Promise.all([old, rotated, done].map((shop) => shop.close()));
  });
}

/** `open` opens shops that share their store; adds go to them in turn. */
export function keepsParallelFirstAdds(open: () => Promise<readonly Shop[]>): void {
  test('parallel first adds of a visitor who has seen the page open one session and all stay', async () => {
    const shops = await open();
    const shop = (index: number) => shops[index % shops.length] as Shop;
    const shopper = newShopper();
    const page = await (await shopper.get(shop(0), '/')).text();
    const token = /name="token" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const held = shopper.held();
    // Every one leaves with what the page gave, as clicks do that come faster than answers.
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        index % 3 === 0
          ? fetch(`${shop(index).url}/cart/items`, {
              method: 'POST',
              redirect: 'manual',
              headers: { cookie: held },
              body: new URLSearchParams({ token, productId: 'anchor', quantity: '1' }),
            })
          : fetch(`${shop(index).url}/api/cart/items`, {
              method: 'POST',
              headers: { cookie: held, 'content-type': 'application/json' },
              body: '{"productId":"anchor","quantity":1}',
            }),
      ),
    );
    expect(new Set(answers.flatMap(sessionCookies)).size).toBe(1);
    const sid = sessionCookies(answers[0] as Response)[0] ?? '';
    shopper.cookies.set('shop.sid', /=([^;]+)/.exec(sid)?.[1] ?? '');
    for (const each of shops) expect(quantities(await shopper.cart(each))).toEqual({ anchor: 30 });
    await Promise.all(shops.map((each) => each.close()));
  });

  /** A browser with a cart, and what it held before its first add and before its checkout. */
  const ordered = async (shop: Shop) => {
    const shopper = newShopper();
    await shopper.get(shop, '/');
    const visitor = new Map(shopper.cookies);
    await shopper.post(shop, { productId: 'anchor', quantity: 1 });
    const buyer = new Map(shopper.cookies);
    const { orderId } = (await (await shopper.json(shop, 'POST', '/api/checkout')).json()) as Order;
    const receipt = async () => (await shopper.get(shop, '/receipt')).text();
    return { shopper, visitor, buyer, orderId, receipt };
  };
  const holding = (cookies: ReadonlyMap<string, string>) => {
    const shopper = newShopper();
    for (const [name, value] of cookies) shopper.cookies.set(name, value);
    return shopper;
  };

  test('the answer to an add or a read that arrives after the answer to a checkout does not hide the receipt', async () => {
    const shops = await open();
    const [shop] = shops as [Shop];
    const { shopper, buyer, orderId, receipt } = await ordered(shop);
    // The browser keeps what arrives last.
    shopper.cookies.set('shop.sid', buyer.get('shop.sid') ?? '');
    expect(await receipt()).toContain(orderId);
    shopper.cookies.set('shop.sid', buyer.get('shop.sid') ?? '');
    expect((await shopper.post(shop, { productId: 'tripod', quantity: 1 })).status).toBe(200);
    expect(quantities(await shopper.cart(shop))).toEqual({ tripod: 1 });
    expect(await receipt()).toContain(orderId);
    // Who holds the old session alone gets nowhere, and neither does a step that somebody made up.
    const thief = holding(buyer);
    expect((await thief.get(shop, '/receipt')).status).toBe(303);
    thief.cookies.set('shop.next', `${shopper.cookies.get('shop.next')?.slice(0, 49)}.${'A'.repeat(43)}`);
    expect((await thief.get(shop, '/receipt')).status).toBe(303);
    await Promise.all(shops.map((each) => each.close()));
  });

  test('a browser that lost the answer to its checkout is refused once, and shops on', async () => {
    const shops = await open();
    const [shop] = shops as [Shop];
    const { shopper, buyer, orderId, receipt } = await ordered(shop);
    const unlucky = holding(buyer);
    const add = { productId: 'tripod', quantity: 1 };
    expect((await unlucky.post(shop, add)).status).toBe(409);
    const answers = await Promise.all([0, 1, 2].map(() => unlucky.post(shop, add)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(quantities(await unlucky.cart(shop))).toEqual({ tripod: 3 });
    const next = (await (await unlucky.json(shop, 'POST', '/api/checkout')).json()) as Order;
    expect(next.orderId).not.toBe(orderId);
    // A refusal that was on its way while the answer to the checkout arrived takes nothing from it.
    const late = holding(buyer);
    await late.post(shop, add);
    shopper.cookies.set('shop.next', late.cookies.get('shop.next') ?? '');
    expect(await receipt()).toContain(orderId);
    await Promise.all(shops.map((each) => each.close()));
  });

  test('a browser that lost its session’s cookie after an order opens another session and makes another order', async () => {
    const shops = await open();
    const [shop] = shops as [Shop];
    const { shopper, visitor, orderId } = await ordered(shop);
    const form = /name="token" value="([^"]+)"/.exec(await (await holding(visitor).get(shop, '/')).text())?.[1] ?? '';
    for (const name of ['shop.sid', 'shop.next']) shopper.cookies.delete(name);
    expect((await shopper.post(shop, { productId: 'anchor', quantity: 2 })).status).toBe(200);
    // The form of a page left open since before the order still counts.
    const fields = { token: form, productId: 'anchor', quantity: '1' };
    const sent = await shopper.send(shop, 'POST', '/cart/items', { body: new URLSearchParams(fields) });
    expect(sent.status).toBe(303);
    expect(quantities(await shopper.cart(shop))).toEqual({ anchor: 3 });
    const next = (await (await shopper.json(shop, 'POST', '/api/checkout')).json()) as Order;
    expect(next.orderId).not.toBe(orderId);
    // A copy of the browser from before both orders is refused once for each, and not for a day.
    const stale = holding(visitor);
    const statuses: number[] = [];
    while (statuses.length < 3) statuses.push((await stale.post(shop, { productId: 'anchor', quantity: 1 })).status);
    expect(statuses).toEqual([409, 409, 200]);
    await Promise.all(shops.map((each) => each.close()));
  });

  test('an add sent before a checkout and answered after it opens no session behind the receipt', async () => {
    const shops = await open();
    const [shop] = shops as [Shop];
    for (const has of ['a page', 'a cart'] as const) {
      const shopper = newShopper();
      await shopper.get(shop, '/');
      const early = newShopper();
      if (has === 'a page') for (const [name, value] of shopper.cookies) early.cookies.set(name, value);
      await shopper.post(shop, { productId: 'anchor', quantity: 1 });
      if (has === 'a cart') for (const [name, value] of shopper.cookies) early.cookies.set(name, value);
      await shopper.json(shop, 'POST', '/api/checkout');
      const late = await early.post(shop, { productId: 'tripod', quantity: 1 });
      expect([has, late.status, sessionCookies(late)]).toEqual([has, 409, []]);
    }
    await Promise.all(shops.map((each) => each.close()));
  });
}
