import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { variant } from '../stacks/constructs/stack';
import { root } from '../support/commands/command';
import { describeWithRedis, type RedisServer, startRedis } from '../support/redis';
import { until } from '../support/until';
import { brokenLinks, code, readDoc, tableIn } from './markdown';

const text = readDoc('your-app.md');
const example = (language: string) => new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(text)?.[1] ?? '';

test('names every app setting of the contract, and none that an app does not get', () => {
  const named = tableIn(text, 'app setting').flatMap(([cell = '']) =>
    [...cell.matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name),
  );
  const [app] = variant('zone-redundant').blocks('azurerm_linux_web_app');
  const platform = /^(NODE_ENV|WEBSITES?_.*)$/;
  const given = Object.keys(app?.app_settings as object).filter((name) => !platform.test(name));
  expect(named.toSorted()).toEqual(given.toSorted());
});

test('every link leads somewhere', () => expect(brokenLinks('your-app.md')).toEqual([]));

test('says which package mode does what', () => {
  expect(tableIn(text, 'how the code arrives').map(([cell]) => code(cell))).toEqual([
    "package: 'onedeploy'",
    "package: 'blob'",
    "package: 'cli'",
  ]);
});

describeWithRedis('the Express example', () => {
  let redis: RedisServer;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-example-'));
  const file = path.join(folder, 'server.cjs');
  const running: ChildProcess[] = [];
  beforeAll(async () => {
    redis = await startRedis();
    fs.writeFileSync(file, example('js'));
  });
  afterAll(() => {
    for (const child of running) child.kill('SIGKILL');
    fs.rmSync(folder, { recursive: true, force: true });
  });

  async function start(more: Readonly<Record<string, string>> = {}): Promise<{ url: string; child: ChildProcess }> {
    const port = await freePort();
    const child = spawn(process.execPath, [file], {
      env: {
        PATH: process.env.PATH,
        NODE_PATH: path.join(root, 'node_modules'),
        PORT: `${port}`,
        REDIS_URL: redis.url,
        SESSION_SECRET: 'a secret that is long enough',
        SESSION_PREFIX: 'app',
        HEALTH_CHECKS_REDIS: 'on',
        ...more,
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    running.push(child);
    const url = `http://127.0.0.1:${port}`;
    await health(url, 200);
    return { url, child };
  }
  const health = (url: string, status: number) =>
    until(
      `the example's health is ${status}`,
      async () => (await fetch(`${url}/healthz`).catch(() => undefined))?.status === status,
    );
  const visit = async (url: string, cookie?: string) => {
    const answer = await fetch(`${url}/visits`, { headers: cookie === undefined ? {} : { cookie } });
    const [set] = answer.headers.getSetCookie();
    return { visits: ((await answer.json()) as { visits: number }).visits, cookie: set?.split(';')[0] ?? cookie };
  };

  test('keeps a session over two processes, apart from the slot, ends when it is asked to, and answers 503 while Redis is away', async () => {
    const [first, second, slot] = await Promise.all([start(), start(), start({ SESSION_PREFIX: 'app-staging' })]);
    const begun = await visit(first.url);
    expect(begun.visits).toBe(1);
    expect((await visit(second.url, begun.cookie)).visits).toBe(2);
    expect((await visit(slot.url, begun.cookie)).visits).toBe(1);
    const ended = new Promise((resolve) => first.child.once('exit', resolve));
    first.child.kill('SIGTERM');
    expect(await ended).toBe(0);

    // Nothing is acknowledged that Redis does not keep.
    await redis.stop();
    await health(second.url, 503);
    expect((await fetch(`${second.url}/visits`, { headers: { cookie: begun.cookie ?? '' } })).status).toBe(503);
    redis = await startRedis({ port: redis.port });
    await health(second.url, 200);
    expect((await visit(second.url, begun.cookie)).visits).toBe(1);
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
