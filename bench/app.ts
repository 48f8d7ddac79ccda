import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { createClient } from 'redis';
import { bundleApp } from '../app/bundle';
import { startLocalRedis } from '../app/localRedis';
import { type Contender, open, shopperAt } from './shop/contender';
import { load } from './shop/load';
import { percentile, ratioTable, table } from './shop/tables';

/**
 * The shop with its sessions in Redis beside three programs with the same pages: express-session and connect-redis as
 * everyone has them, the same done well, and bare Node as the floor. By turns against one Redis, so that a busy machine
 * slows all alike.
 */
const rounds = 9;
/** Requests of a round, and those before the first: so many that the code which is measured is compiled. By count and not by time, so that a busy machine does not measure colder code. */
const requestsARound = 500;
const requestsToWarmUp = 3000;
const connections = 16;
/** So many that none fills a line of its cart (999) while adds are measured. */
const shoppers = 50;
const sessions = 10_000;

const body = '{"productId":"tripod","quantity":1}';
const kinds = [
  { name: 'GET /cart', line: 'GET /cart' },
  { name: 'GET /api/cart', line: 'GET /api/cart' },
  { name: 'GET / (needs no session)', line: 'GET /' },
  { name: 'POST /api/cart/items', line: 'POST /api/cart/items', body },
] as const;
type Kind = (typeof kinds)[number];

function requestOf(kind: Kind, cookie?: string): string {
  const head = `${kind.line} HTTP/1.1\r\nHost: shop\r\n${cookie === undefined ? '' : `Cookie: ${cookie}\r\n`}`;
  if (!('body' in kind)) return `${head}\r\n`;
  return `${head}Content-Type: application/json\r\nContent-Length: ${kind.body.length}\r\n\r\n${kind.body}`;
}

/** Commands that clients sent, and those that scripts ran, since the statistics were reset; not what the bench asks. */
const commandsIn = (info: string): number =>
  [...info.matchAll(/^cmdstat_([^:]+):calls=(\d+)/gm)]
    .filter(([, name = '']) => !/^(config|info)/.test(name))
    .reduce((sum, [, , calls]) => sum + Number(calls), 0);

const figureIn = (info: string, name: string): number =>
  Number(new RegExp(`^${name}:([\\d.]+)`, 'm').exec(info)?.[1] ?? Number.NaN);

interface Round {
  readonly perSecond: number;
  readonly p99: number;
  /** Microseconds of the server's process. */
  readonly cpu: number;
  /** Microseconds of Redis. */
  readonly redisCpu: number;
  readonly commands: number;
}

const newAdmin = (url: string) => createClient({ url }).connect();
type Admin = Awaited<ReturnType<typeof newAdmin>>;
const redisCpu = async (admin: Admin): Promise<number> => {
  const info = await admin.info('cpu');
  return (figureIn(info, 'used_cpu_user') + figureIn(info, 'used_cpu_sys')) * 1e6;
};

async function measured(
  admin: Admin,
  contender: Contender,
  requests: readonly string[],
  count: number,
): Promise<Round> {
  await admin.configResetStat();
  const before = [await contender.cpu(), await redisCpu(admin)] as const;
  const { answered, perSecond, milliseconds } = await load({
    port: contender.port,
    requests,
    connections,
    seconds: 600,
    count,
  });
  return {
    perSecond,
    p99: percentile(milliseconds, 0.99),
    cpu: ((await contender.cpu()) - before[0]) / answered,
    redisCpu: ((await redisCpu(admin)) - before[1]) / answered,
    commands: commandsIn(await admin.info('commandstats')) / answered,
  };
}

/** Megabytes of Redis for so many sessions with one line each. */
async function memoryOf(admin: Admin, { port }: Contender): Promise<number> {
  await admin.flushAll();
  const used = async () => figureIn(await admin.info('memory'), 'used_memory');
  const before = await used();
  await load({ port, requests: [requestOf(kinds[3])], connections, seconds: 600, count: sessions });
  return (((await used()) - before) / 1e6) * (sessions / (await admin.dbSize()));
}

async function run(): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-bench-app-'));
  const redis = await startLocalRedis(process.env.PATH ?? '');
  const contenders: Contender[] = [];
  const admin = await newAdmin(redis.url);
  try {
    await bundleApp(path.join(folder, 'shop.js'));
    await build({
      entryPoints: ['everyone', 'doneWell', 'bare'].map((name) => path.join(__dirname, `shop/contenders/${name}.ts`)),
      outdir: folder,
      bundle: true,
      platform: 'node',
      target: 'node20',
      minify: true,
      logLevel: 'error',
    });
    for (const [name, file] of [
      ['the shop', 'shop.js'],
      ['as everyone has it', 'everyone.js'],
      ['the same done well', 'doneWell.js'],
      ['bare Node', 'bare.js'],
    ] as const)
      contenders.push(await open(name, path.join(folder, file), redis.url));
    console.log(
      `Sessions in Redis: median of ${rounds} rounds of ${requestsARound} requests by turns, after ${requestsToWarmUp}; ${connections} connections, each with one request at a time; Node ${process.version}\n`,
    );
    for (const kind of kinds) {
      const requests: string[][] = [];
      for (const { port } of contenders) {
        const cookies: string[] = [];
        while (cookies.length < shoppers) cookies.push(await shopperAt(port));
        requests.push(cookies.map((cookie) => requestOf(kind, cookie)));
      }
      const all = contenders.map((): Round[] => []);
      for (let round = 0; round <= rounds; round++)
        for (const [index, contender] of contenders.entries()) {
          const count = round > 0 ? requestsARound : requestsToWarmUp;
          const result = await measured(admin, contender, requests[index] ?? [], count);
          if (round > 0) all[index]?.push(result);
        }
      const names = contenders.map(({ name }) => name);
      console.log(table(kind.name, names, all));
      console.log(ratioTable(names, all));
    }
    console.log(`Memory of Redis for ${sessions} sessions with one line in the cart`);
    for (const contender of contenders)
      console.log(`  ${contender.name.padEnd(22)}${(await memoryOf(admin, contender)).toFixed(1).padStart(8)} MB`);
    console.log(`
CPU is that of the server's process and of Redis, for one request. Commands count those that a script runs as well. What it
leaves out: the network between them, which here is one machine. Both with express-session lose adds that are under way at
the same time; the shop loses none (docs/sessions.md).`);
  } finally {
    await Promise.all(contenders.map((contender) => contender.stop()));
    admin.destroy();
    redis.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

run().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
