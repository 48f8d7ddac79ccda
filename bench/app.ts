import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { createClient } from 'redis';
import { bundleApp } from '../app/bundle';
import { startLocalRedis } from '../app/localRedis';
import { load } from './app-load';

/**
 * The shop with its sessions in Redis against a plain express-session and connect-redis app with the same pages: requests
 * per second and Redis commands per request, by turns against one Redis, so that a busy machine slows both alike.
 */
const secret = 'a secret for the bench, long enough';
const rounds = 5;
const seconds = 1.5;
const connections = 16;
/** So many that none fills a line of its cart (999) while adds are measured. */
const shoppers = 50;

interface Contender {
  readonly name: string;
  readonly child: ChildProcess;
  readonly port: number;
  /** One for each shopper. */
  readonly cookies: readonly string[];
}

const what = [
  { name: 'GET /cart', path: '/cart' },
  { name: 'GET /api/cart', path: '/api/cart' },
  { name: 'GET / (no session needed)', path: '/' },
  { name: 'POST /api/cart/items', path: '/api/cart/items', body: '{"productId":"tripod","quantity":1}' },
] as const;

const isAdd = (measured: (typeof what)[number]): measured is (typeof what)[3] => 'body' in measured;

function requestOf(measured: (typeof what)[number], cookie: string): string {
  const head = `${isAdd(measured) ? 'POST' : 'GET'} ${measured.path} HTTP/1.1\r\nHost: shop\r\nCookie: ${cookie}\r\n`;
  if (!isAdd(measured)) return `${head}\r\n`;
  return `${head}Content-Type: application/json\r\nContent-Length: ${measured.body.length}\r\n\r\n${measured.body}`;
}

async function open(name: string, file: string, redisUrl: string): Promise<Contender> {
  const child = spawn(process.execPath, [file], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      PORT: '0',
      SESSION_STORE: 'redis',
      REDIS_URL: redisUrl,
      SESSION_SECRET: secret,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise<number>((resolve, reject) => {
    let said = '';
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code}.`)));
    child.stdout?.on('data', (chunk) => {
      said += chunk;
      const found = /http:\/\/localhost:(\d+)/.exec(said)?.[1];
      if (found !== undefined) resolve(Number(found));
    });
  });
  const cookies: string[] = [];
  while (cookies.length < shoppers) cookies.push(await shopperAt(port));
  return { name, child, port, cookies };
}

/** The cookies of a shopper with two lines in the cart, who has seen a page. */
async function shopperAt(port: number): Promise<string> {
  const url = `http://127.0.0.1:${port}`;
  let cookie = '';
  const keep = (response: Response) => {
    cookie = [cookie, ...response.headers.getSetCookie().map((line) => line.split(';', 1)[0])]
      .filter(Boolean)
      .join('; ');
  };
  keep(await fetch(url));
  for (const productId of ['anchor', 'gyroscope'])
    keep(
      await fetch(`${url}/api/cart/items`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie },
        body: JSON.stringify({ productId, quantity: 1 }),
      }),
    );
  return cookie;
}

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** What clients sent since the statistics were reset, without what the bench itself asks. */
const commandsIn = (info: string): number =>
  [...info.matchAll(/^cmdstat_([^:]+):calls=(\d+)/gm)]
    .filter(([, name = '']) => !/^(config|info)/.test(name))
    .reduce((sum, [, , calls]) => sum + Number(calls), 0);

async function run(): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-bench-app-'));
  const redis = await startLocalRedis(process.env.PATH ?? '');
  const contenders: Contender[] = [];
  const admin = await createClient({ url: redis.url }).connect();
  try {
    await bundleApp(path.join(folder, 'shop.js'));
    await build({
      entryPoints: [path.join(__dirname, 'app-plain.ts')],
      outfile: path.join(folder, 'plain.js'),
      bundle: true,
      platform: 'node',
      target: 'node20',
      minify: true,
      logLevel: 'error',
    });
    contenders.push(await open('the shop', path.join(folder, 'shop.js'), redis.url));
    contenders.push(await open('plain app', path.join(folder, 'plain.js'), redis.url));
    console.log(
      `Sessions in Redis: median of ${rounds} rounds of ${seconds} s by turns, ${connections} connections; Node ${process.version}\n`,
    );
    console.log(`${' '.repeat(28)}   requests per second          commands per request`);
    console.log(`${' '.repeat(28)}   the shop  plain app  ratio     the shop     plain app`);
    for (const measured of what) {
      const rates = contenders.map((): number[] => []);
      const commands = contenders.map(() => ({ sent: 0, requests: 0 }));
      // The first round warms up.
      for (let round = 0; round <= rounds; round++)
        for (const [index, { port, cookies }] of contenders.entries()) {
          const requests = cookies.map((cookie) => requestOf(measured, cookie));
          await admin.configResetStat();
          const { answered, perSecond } = await load({ port, requests, connections, seconds });
          if (round === 0) continue;
          rates[index]?.push(perSecond);
          const count = commands[index] as (typeof commands)[number];
          count.sent += commandsIn(await admin.info('commandstats'));
          count.requests += answered;
        }
      const [ours = [], plain = []] = rates;
      console.log(
        measured.name.padEnd(28) +
          rates.map((list) => median(list).toFixed(0).padStart(11)).join('') +
          median(ours.map((rate, round) => rate / (plain[round] ?? Number.NaN)))
            .toFixed(2)
            .padStart(9) +
          commands.map(({ sent, requests }) => (sent / requests).toFixed(2).padStart(14)).join(''),
      );
    }
    console.log(
      '\nThe plain app loses adds that are under way at the same time; the shop loses none (docs/sessions.md).',
    );
  } finally {
    for (const { child } of contenders) child.kill();
    admin.destroy();
    redis.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

run().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
