import { signInsInMemory } from '../../app/stores/signIns';
import { describeWithRedis, startRedis } from '../support/redis';
import { openShop, type Shop } from './shop';
import { newShopper } from './shopper';

type Shopper = ReturnType<typeof newShopper>;

/** Begins at one shop, and answers the state that leads back. */
async function begin(shopper: Shopper, shop: Shop, name = 'Ada'): Promise<string> {
  const sent = await shopper.submit(shop, '/signin', { name }, '/signin');
  expect(sent.status).toBe(303);
  const there = sent.headers.get('location') ?? '';
  const between = await (await shopper.get(shop, there)).text();
  return /name="state" value="([^"]+)"/.exec(between)?.[1] ?? '';
}
const comeBack = (shopper: Shopper, shop: Shop, state: string) =>
  shopper.submit(shop, '/signin/return', { state }, '/signin');

async function comesBackTo(shops: readonly Shop[], expected: 'the first only' | 'any'): Promise<void> {
  const [first, second] = shops as [Shop, Shop];
  const shopper = newShopper();
  const away = await comeBack(shopper, second, await begin(shopper, first));
  const text = await (await shopper.get(first, '/signin')).text();
  if (expected === 'any') {
    expect([away.status, away.headers.get('location')]).toEqual([303, '/signin']);
    expect(text).toContain('Hello, Ada');
    expect(await (await shopper.get(second, '/signin')).text()).toContain('Hello, Ada');
  } else {
    expect([away.status, (await away.text()).includes('This sign-in is not known here.')]).toEqual([409, true]);
    expect(text).not.toContain('Hello');
  }
  // Where it began it always ends, once.
  const again = newShopper();
  const state = await begin(again, first, 'Grace <b>');
  expect((await comeBack(again, first, state)).status).toBe(303);
  expect(await (await again.get(first, '/signin')).text()).toContain('Hello, Grace &lt;b&gt;');
  expect((await comeBack(again, first, state)).status).toBe(409);
  await again.submit(first, '/signout', {}, '/signin');
  expect(await (await again.get(first, '/signin')).text()).not.toContain('Hello');
  await Promise.all(shops.map((shop) => shop.close()));
}

const two = (variables: Readonly<Record<string, string>>) => Promise.all([openShop(variables), openShop(variables)]);

test('with SIGN_IN_STATE=memory a sign-in ends only at the instance where it began, whatever keeps the sessions', async () => {
  await comesBackTo(await two({ SESSION_STORE: 'cookie', SIGN_IN_STATE: 'memory' }), 'the first only');
});

test('sessions in memory: the half-way state is there, too, and ends only where it began', async () => {
  await comesBackTo(await two({}), 'the first only');
});

test('sessions in a sealed cookie: a sign-in ends at any instance', async () => {
  await comesBackTo(await two({ SESSION_STORE: 'cookie' }), 'any');
});

describeWithRedis('sessions in Redis', () => {
  test('a sign-in ends at any instance, and with SIGN_IN_STATE=memory only where it began', async () => {
    const redis = await startRedis();
    const variables = { SESSION_STORE: 'redis', REDIS_URL: redis.url };
    await comesBackTo(await two(variables), 'any');
    await comesBackTo(await two({ ...variables, SIGN_IN_STATE: 'memory' }), 'the first only');
    await redis.stop();
  });
});

test('a sealed sign-in is opened by the previous secret while a rotation lasts, and another state does not open it', async () => {
  const [before, after] = ['the old secret at 32 characters and more', 'the new secret at 32 characters and more'];
  const old = await openShop({ SESSION_STORE: 'cookie', SESSION_SECRET: before });
  const rotated = await openShop({
    SESSION_STORE: 'cookie',
    SESSION_SECRET: after,
    SESSION_SECRET_PREVIOUS: before,
  });
  const shopper = newShopper();
  const state = await begin(shopper, old);
  expect((await comeBack(shopper, rotated, 'A'.repeat(24))).status).toBe(409);
  expect((await comeBack(shopper, rotated, state)).status).toBe(303);
  await Promise.all([old.close(), rotated.close()]);
});

test('a sign-in needs the form’s token, a name that a page can show, and a state of this shop', async () => {
  const shop = await openShop();
  const shopper = newShopper();
  for (const [path, fields] of [
    ['/signin', { name: 'Ada' }],
    ['/signin/return', { state: 'A'.repeat(24) }],
    ['/signout', {}],
  ] as const)
    expect((await shopper.send(shop, 'POST', path, { body: new URLSearchParams(fields) })).status).toBe(403);
  for (const name of ['', '   ', 'x'.repeat(41), 'a\u0000b', 'a\nb'])
    expect([name, (await shopper.submit(shop, '/signin', { name }, '/signin')).status]).toEqual([name, 422]);
  for (const state of ['', 'x', `${'A'.repeat(24)}/`]) expect((await comeBack(shopper, shop, state)).status).toBe(422);
  expect((await shopper.get(shop, '/signin/between')).status).toBe(422);
  // Who is signed in is signed: a name alone is not believed.
  shopper.cookies.set('shop.who', `${Buffer.from('Eve').toString('base64url')}.${'A'.repeat(43)}`);
  expect(await (await shopper.get(shop, '/signin')).text()).not.toContain('Eve');
  await shop.close();
});

test('in memory a sign-in is forgotten after ten minutes, and the oldest when ten thousand are half-way', async () => {
  let minutes = 0;
  const signIns = signInsInMemory(() => minutes * 60_000);
  const any = undefined as never;
  await signIns.begin(any, any, 'late', 'Ada');
  await signIns.begin(any, any, 'in time', 'Ada');
  minutes = 9.9;
  expect(await signIns.end(any, any, 'in time')).toBe('Ada');
  minutes = 10;
  expect(await signIns.end(any, any, 'late')).toBeUndefined();
  for (let count = 0; count <= 10_000; count++) await signIns.begin(any, any, `state ${count}`, 'Ada');
  expect(await signIns.end(any, any, 'state 0')).toBeUndefined();
  expect(await signIns.end(any, any, 'state 1')).toBe('Ada');
});
