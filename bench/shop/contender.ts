import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/** A server under measurement: the shop or one of the programs that it is compared with. */
export interface Contender {
  readonly name: string;
  readonly port: number;
  /** CPU time of its process so far, in microseconds. */
  cpu(): Promise<number>;
  stop(): Promise<void>;
}

const secret = 'a secret for the bench, long enough';

/** @throws Error when it ends before it listens */
export async function open(name: string, file: string, redisUrl: string): Promise<Contender> {
  const child: ChildProcess = spawn(process.execPath, ['-r', path.join(__dirname, 'usage.cjs'), file], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      PORT: '0',
      SESSION_STORE: 'redis',
      REDIS_URL: redisUrl,
      SESSION_SECRET: secret,
    },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  const port = await new Promise<number>((resolve, reject) => {
    let said = '';
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code}.`)));
    child.stdout?.on('data', (chunk) => {
      said += chunk;
      const found = /http:\/\/localhost:(\d+)/.exec(said)?.[1];
      if (found !== undefined) resolve(Number(found));
    });
  });
  return {
    name,
    port,
    async cpu() {
      const answer = once(child, 'message');
      child.send('cpu');
      const [microseconds] = await answer;
      return microseconds;
    },
    async stop() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** The cookies of a shopper with two lines in the cart, who has seen a page. */
export async function shopperAt(port: number): Promise<string> {
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
