import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import { products } from '../../app/catalogue';
import { orderIdOf, orderOf } from '../../app/order';
import { openShop, type Shop } from './shop';
import { newShopper } from './shopper';

interface Order {
  readonly orderId: string;
  readonly items: readonly { readonly quantity: number }[];
}

const checkOutWith = async (shop: Shop, cookie: string) => {
  const response = await fetch(`${shop.url}/api/checkout`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
  });
  return { status: response.status, order: (await response.json()) as Order };
};

test('an order’s id follows from its cart, and two carts have two', () => {
  expect(orderIdOf('a cart')).toBe(orderIdOf('a cart'));
  expect(orderIdOf('a cart')).not.toBe(orderIdOf('another cart'));
  expect(orderIdOf('a cart')).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
});

test('a cart of products that are no longer sold is refused, and so is an empty one', () => {
  expect(() => orderOf(new Map([['discontinued', 2]]), 'X')).toThrow(
    'Nothing in this cart is sold any more, so there is nothing to order. Nothing was changed.',
  );
  expect(() => orderOf(new Map(), 'X')).toThrow('The cart is empty, so there is nothing to order.');
  const sold = new Map([
    ['discontinued', 2],
    [products[0]?.id ?? '', 1],
  ]);
  expect(orderOf(sold, 'X').items).toHaveLength(1);
});

test('memory: of eight parallel checkouts one orders', async () => {
  const shop = await openShop();
  const shopper = newShopper();
  await shopper.post(shop, { productId: 'anchor', quantity: 2 });
  const held = shopper.held();
  const answers = await Promise.all(Array.from({ length: 8 }, () => checkOutWith(shop, held)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(409)]);
  await shop.close();
});

/** The folder of PostgreSQL's programs; undefined: there is none. Debian keeps them off the PATH. */
function postgresFolder(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).map((version) => join(debian, version, 'bin')) : [];
  return [...(process.env.PATH ?? '').split(delimiter), ...versions].find((folder) =>
    ['initdb', 'postgres', 'psql'].every((name) => existsSync(join(folder, name))),
  );
}

const programs = postgresFolder();
if (programs === undefined && !process.env.CI)
  console.warn('SKIPPED, there is no PostgreSQL on this machine: orders in PostgreSQL');
const describeWithPostgres = programs === undefined && !process.env.CI ? describe.skip : describe;

describeWithPostgres('orders in PostgreSQL', () => {
  const folder = mkdtempSync(join(tmpdir(), 'steadystate-pg-'));
  const program = (name: string) => join(programs ?? '', name);
  // PostgreSQL refuses to run as root, as in a container; `nobody` is there on every Linux.
  const asRoot = userInfo().uid === 0;
  const who = asRoot ? { uid: 65534, gid: 65534 } : {};
  const connect = ['-h', folder, '-U', 'shop', '-d', 'postgres', '-X', '-A', '-t', '-q', '-v', 'ON_ERROR_STOP=1'];
  let server: ReturnType<typeof spawn> | undefined;

  const sql = (text: string, variables: Readonly<Record<string, string>> = {}) =>
    new Promise<string>((resolve, reject) => {
      const set = Object.entries(variables).flatMap(([name, value]) => ['-v', `${name}=${value}`]);
      const psql = spawn(program('psql'), [...connect, ...set], { stdio: ['pipe', 'pipe', 'pipe'] });
      let [out, err] = ['', ''];
      psql.stdout.on('data', (chunk) => {
        out += chunk;
      });
      psql.stderr.on('data', (chunk) => {
        err += chunk;
      });
      psql.once('error', reject);
      psql.once('close', (code) => (code === 0 ? resolve(out.trim()) : reject(new Error(err))));
      psql.stdin.end(text);
    });
  /** The shop's whole use of it: true, the order is new. */
  const keep = async (order: Order): Promise<boolean> =>
    (await sql("insert into orders values (:'id', :'content') on conflict (id) do nothing returning id;", {
      id: order.orderId,
      content: JSON.stringify(order),
    })) === order.orderId;

  beforeAll(async () => {
    if (asRoot) chownSync(folder, 65534, 65534);
    expect(statSync(folder).isDirectory()).toBe(true);
    const data = join(folder, 'data');
    execFileSync(program('initdb'), ['-D', data, '-U', 'shop', '-A', 'trust', '--no-sync'], {
      ...who,
      stdio: 'ignore',
    });
    const started = spawn(
      program('postgres'),
      ['-D', data, '-k', folder, '-c', 'listen_addresses=', '-c', 'fsync=off'],
      { ...who, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    server = started;
    await new Promise<void>((resolve, reject) => {
      let log = '';
      started.stderr.on('data', (chunk) => {
        log += chunk;
        if (log.includes('ready to accept connections')) resolve();
      });
      started.once('exit', () => reject(new Error(log)));
    });
    await sql('create table orders (id text primary key, content jsonb not null);');
  });
  afterAll(async () => {
    if (server !== undefined && server.exitCode === null) {
      const ended = new Promise((resolve) => server?.once('exit', resolve));
      server.kill('SIGINT');
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  });

  test('sealed cookie: eight parallel checkouts and an old cookie are one order, which the key holds', async () => {
    const shop = await openShop({ SESSION_STORE: 'cookie' });
    const shopper = newShopper();
    await shopper.post(shop, { productId: 'anchor', quantity: 1 });
    const old = shopper.held();
    await shopper.post(shop, { productId: 'anchor', quantity: 1 });
    const held = shopper.held();
    const answers = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const { status, order } = await checkOutWith(shop, held);
        return { status, order, isNew: await keep(order) };
      }),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect(new Set(answers.map(({ order }) => order.orderId)).size).toBe(1);
    expect(answers.filter(({ isNew }) => isNew)).toHaveLength(1);

    // The cookie from before the second add holds less, and is the same cart.
    const again = await checkOutWith(shop, old);
    expect(again.order.orderId).toBe(answers[0]?.order.orderId);
    expect(await keep(again.order)).toBe(false);
    expect(await sql("select count(*), max(content->'items'->0->>'quantity') from orders;")).toBe('1|2');

    // The next cart of the same shopper is another order.
    await shopper.json(shop, 'POST', '/api/checkout');
    await shopper.post(shop, { productId: 'tripod', quantity: 1 });
    const next = await checkOutWith(shop, shopper.held());
    expect(await keep(next.order)).toBe(true);
    await shop.close();
  });
});
