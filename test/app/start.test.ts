import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { bundleApp } from '../../app/bundle';
import { describeWithRedis, startRedis } from '../support/redis';
import { until } from '../support/until';
import { bundledShop } from './bundled';
import { runNode } from './process';
import { type Cart, quantities, secret } from './shop';
import { newShopper } from './shopper';

const root = resolve(__dirname, '../..');
let folder: string;
let bundle: string;
beforeAll(async () => {
  // Outside the repository, so that no node_modules is beside it.
  folder = mkdtempSync(join(tmpdir(), 'steadystate-app-'));
  bundle = join(folder, 'alone', 'shop.js');
  mkdirSync(join(folder, 'alone'));
  copyFileSync(await bundledShop(), bundle);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const runBundle = (words: readonly string[] = [], variables: Record<string, string> = {}) =>
  runNode([bundle, ...words], { PORT: '0', ...variables }, join(folder, 'alone'));

const at = (port: number) => ({ url: `http://127.0.0.1:${port}` });

describe('the bundle', () => {
  test('runs alone, says where to look and where sessions live, and keeps a cart', async () => {
    const shop = runBundle();
    const here = at(await shop.port());
    const shopper = newShopper();
    await shopper.post(here, { productId: 'anchor', quantity: 2 });
    expect(quantities(await shopper.cart(here))).toEqual({ anchor: 2 });
    shop.child.kill('SIGTERM');
    expect(await shop.exited).toBe(0);
    expect(shop.stdout()).toMatch(
      /^The shop is open at http:\/\/localhost:\d+\nSessions live in this process's memory\.\n$/,
    );
    expect(shop.stderr()).toBe(
      'SESSION_SECRET is not set: a random one was made, so sessions end with this process.\n' +
        'SIGTERM: draining for at most 4 s.\nDrained.\n',
    );
  });

  test('is the same bytes from another folder, and names neither', async () => {
    const elsewhere = join(folder, 'a folder with spaces');
    cpSync(join(root, 'app'), join(elsewhere, 'app'), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(elsewhere, 'node_modules'), 'dir');
    const other = join(elsewhere, 'out', 'other name.js');
    await bundleApp(other, join(elsewhere, 'app'));
    const [first, second] = [readFileSync(bundle, 'utf8'), readFileSync(other, 'utf8')];
    expect(first.length).toBeGreaterThan(100_000);
    expect(second === first).toBe(true);
    for (const path of [root, folder, tmpdir()]) expect(first.includes(`${path}/`)).toBe(false);
  });
});

describeWithRedis('two processes of the bundle with one Redis', () => {
  test('share a cart, lose no parallel add, and it outlives both', async () => {
    const redis = await startRedis();
    const variables = { REDIS_URL: redis.url, SESSION_SECRET: secret };
    const shops = [runBundle(['redis'], variables), runBundle([], { ...variables, SESSION_STORE: 'redis' })];
    const places = await Promise.all(shops.map(async (shop) => at(await shop.port())));
    const shopper = newShopper();
    await shopper.post(places[0] as { url: string }, { productId: 'anchor', quantity: 1 });
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        shopper.post(places[index % 2] as { url: string }, { productId: 'anchor', quantity: 1 }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(40).fill(200));
    for (const { child } of shops) child.kill('SIGKILL');
    await Promise.all(shops.map(({ exited }) => exited));
    const next = runBundle(['redis'], variables);
    expect(quantities(await shopper.cart(at(await next.port())))).toEqual({ anchor: 41 });
    next.child.kill('SIGTERM');
    expect(await next.exited).toBe(0);
    await redis.stop();
  });
});

describeWithRedis('a Redis that the shop started', () => {
  test.each(['SIGINT', 'SIGHUP'] as const)('%s ends it with the shop, and its folder goes', async (signal) => {
    const temporary = mkdtempSync(join(folder, 'tmp-'));
    const shop = runBundle(['redis'], { TMPDIR: temporary });
    await shop.port();
    const port = await until('it says where Redis is', () => /redis:\/\/127\.0\.0\.1:(\d+)/.exec(shop.stdout())?.[1]);
    expect(readdirSync(temporary)).toHaveLength(1);
    shop.child.kill(signal);
    expect(await shop.exited).toBe(0);
    await until('Redis is gone', () => refusesConnections(Number(port)));
    expect(readdirSync(temporary)).toEqual([]);
  });
});

test('a signal while the shop still starts its Redis leaves neither that nor its folder', async () => {
  const temporary = mkdtempSync(join(folder, 'tmp-'));
  const programs = mkdtempSync(join(folder, 'bin-'));
  const pidFile = join(programs, 'pid');
  // One that never is ready.
  const script = `#!/bin/sh\necho $$ > '${pidFile}'\nexec /bin/sleep 600\n`;
  writeFileSync(join(programs, 'redis-server'), script, { mode: 0o755 });
  const shop = runBundle(['redis'], { TMPDIR: temporary, PATH: programs });
  const pid = await until(
    'it was started',
    () => (existsSync(pidFile) && Number(readFileSync(pidFile, 'utf8'))) || undefined,
  );
  shop.child.kill('SIGINT');
  expect(await shop.exited).toBe(0);
  await until('it has ended', () => !isRunning(pid));
  expect(readdirSync(temporary)).toEqual([]);
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('two processes with the sealed cookie: of parallel adds, each acknowledged, the last writer wins', async () => {
  const variables = { SESSION_SECRET: secret };
  const shops = [runBundle(['cookie'], variables), runBundle([], { ...variables, SESSION_STORE: 'cookie' })];
  const places = await Promise.all(shops.map(async (shop) => at(await shop.port())));
  const shopper = newShopper();
  await shopper.post(places[0] as { url: string }, { productId: 'anchor', quantity: 1 });
  // All leave with the same cookie, as requests do that a browser sends before the first answer is back.
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, index) =>
      shopper.post(places[index % 2] as { url: string }, { productId: 'anchor', quantity: 1 }),
    ),
  );
  const acknowledged = await Promise.all(answers.map(async (answer) => quantities((await answer.json()) as Cart)));
  expect(acknowledged).toEqual(Array(40).fill({ anchor: 2 }));
  for (const place of places) expect(quantities(await shopper.cart(place))).toEqual({ anchor: 2 });
  // One after the other, none is lost, and it matters not which process answers.
  for (const place of [...places, ...places]) await shopper.post(place, { productId: 'anchor', quantity: 1 });
  expect(quantities(await shopper.cart(places[0] as { url: string }))).toEqual({ anchor: 6 });
  for (const { child } of shops) child.kill('SIGKILL');
});

/** A connection written to by hand: requests can be left half sent. */
async function dial(port: number): Promise<{ socket: Socket; received(): string; ended: Promise<void> }> {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk;
  });
  socket.on('error', () => {}); // A cut connection is what some tests wait for.
  const ended = new Promise<void>((done) => {
    socket.once('close', () => done());
  });
  await new Promise((done) => socket.once('connect', done));
  return { socket, received: () => text, ended };
}

const refusesConnections = (port: number) =>
  new Promise<boolean>((answer) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      answer(false);
    });
    socket.once('error', () => answer(true));
  });

const body = '{"productId":"anchor","quantity":1}';
const head = `POST /api/cart/items HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;

describe.each(['SIGTERM', 'SIGINT'] as const)('%s', (signal) => {
  test('lets requests in flight finish, then takes no new ones, fails health, and ends with 0', async () => {
    const shop = runBundle([], { SHUTDOWN_LINGER_SECONDS: '0.2' });
    const port = await shop.port();
    const [idle, adding, probing] = await Promise.all([dial(port), dial(port), dial(port)]);
    idle.socket.write('GET /livez HTTP/1.1\r\nHost: shop\r\n\r\n');
    await until('the idle connection has its answer', () => idle.received().includes('alive'));
    adding.socket.write(head + body.slice(0, 10));
    probing.socket.write('GET /healthz HTTP/1.1\r\n');
    // Once a later connection has been answered, the earlier bytes have been read too.
    await fetch(`${at(port).url}/livez`);

    shop.child.kill(signal);
    await until('new connections are refused', () => refusesConnections(port));
    await idle.ended;
    shop.child.kill(signal); // npm passes Ctrl-C on, so that it arrives twice.
    probing.socket.write('Host: shop\r\n\r\n');
    await probing.ended;
    expect(probing.received()).toMatch(/^HTTP\/1\.1 503 [\s\S]*\r\nConnection: close\r\n[\s\S]*"status":"draining"/);
    expect(shop.child.exitCode).toBeNull();

    adding.socket.write(body.slice(10));
    await adding.ended;
    expect(adding.received()).toMatch(/^HTTP\/1\.1 200 [\s\S]*"totalQuantity":1/);
    expect(await shop.exited).toBe(0);
    expect(shop.stderr()).toContain(`${signal}: draining for at most 4 s.\nDrained.\n`);
  });
});

test('a request that never ends is cut when the time is up, not before, and the exit code says so', async () => {
  const shop = runBundle([], { SHUTDOWN_GRACE_SECONDS: '0.4' });
  const port = await shop.port();
  const stuck = await dial(port);
  stuck.socket.write(head);
  await fetch(`${at(port).url}/livez`);
  const start = performance.now();
  shop.child.kill('SIGTERM');
  await stuck.ended;
  expect(await shop.exited).toBe(1);
  expect(performance.now() - start).toBeGreaterThan(390);
  expect(shop.stderr()).toContain(
    'SIGTERM: draining for at most 0.4 s.\nTime is up: the requests still open were cut.\n',
  );
});

/** What each variable must be is tested where the environment is read; here, that it ends the process. */
describe('a start that cannot be', () => {
  test.each<[string, string[], Record<string, string>, string]>([
    [
      'an unknown store as a word',
      ['postgres'],
      {},
      '`SESSION_STORE` must be memory, redis or cookie, got: "postgres". Run `npm start` with memory, redis or cookie, or leave it unset for memory.\n',
    ],
    [
      'two words',
      ['redis', 'memory'],
      {},
      '`store` must be one word, memory, redis or cookie, got: "redis memory". Run `npm start redis`.\n',
    ],
    [
      'an unknown option',
      ['--fast'],
      {},
      'The only option is `--help`, got: "--fast". Run `npm start redis` to choose a store.\n',
    ],
    [
      'an address of another machine',
      [],
      { LISTEN_HOST: '203.0.113.1' },
      '`LISTEN_HOST` must be an address of this machine, got: "203.0.113.1". Set it to 127.0.0.1, or leave it unset.\n',
    ],
  ])('%s: one clear error, exit code 2', async (_name, words, variables, message) => {
    const shop = runBundle(words, variables);
    expect(await shop.exited).toBe(2);
    expect([shop.stderr(), shop.stdout()]).toEqual([message, '']);
  });

  test('a port in use: one clear error, exit code 2', async () => {
    const other = createServer();
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
    const { port } = other.address() as AddressInfo;
    const shop = runBundle([], { PORT: String(port) });
    expect(await shop.exited).toBe(2);
    expect([shop.stderr(), shop.stdout()]).toEqual([
      `\`PORT\` must be a free port, got: ${port}, which another process uses. Set PORT to another one, or to 0 for any.\n`,
      '',
    ]);
    other.close();
  });
});

test.each(['--help', 'help'])('`npm start` takes %s from sources too, and ends with 0', async (word) => {
  const shop = runNode(['-r', './commands/typescript.cjs', 'app/start.ts', word], {}, root);
  expect(await shop.exited).toBe(0);
  expect([shop.stdout().split('\n')[0], shop.stderr()]).toEqual(['Usage: npm start [store]', '']);
});

test('importing the app listens to nothing', async () => {
  const script = "require('./app/app'); console.log('imported')";
  const imported = runNode(['-r', './commands/typescript.cjs', '-e', script], { PORT: '0' }, root);
  // A listening server would keep the process.
  expect([await imported.exited, imported.stdout()]).toEqual([0, 'imported\n']);
});
